/**
 * The journal in a spreadsheet, as it is written: another system that is sent each line, and keeps a row of it. Lines come in
 * order and at least once, so rows are kept by their number. Run it: `node examples/11-journal-in-a-spreadsheet.ts`
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type JournalLine } from 'whorl';

const rows = new Map<number, string>();
const complete = Promise.withResolvers<void>();

const sheet = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  // A receiver that others can reach checks the signature first, as the example of the relay does.
  const { line } = JSON.parse(body) as { line: JournalLine };
  rows.set(line.number, [line.number, line.kind, line.person?.name ?? ''].join(','));
  response.writeHead(204).end();
  if (rows.size === 3) complete.resolve();
});
await new Promise<void>((resolve) => sheet.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(sheet.address() as AddressInfo).port}/rows`;

{
  await using service = await connect({ embedded: { state: 'memory', webhooks: [{ name: 'sheet', url }] } });
  const { identity } = await service.people.create({ name: 'Ada Lovelace' });
  await service.people.change(identity, { name: 'Ada King' });
  await service.people.create({ name: 'Grace Hopper' });
  await complete.promise;
}
sheet.close();
console.log(['number,kind,person', ...rows.values()].join('\n'));
