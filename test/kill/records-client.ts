/**
 * Creates people, gives them fingers and deletes them, endlessly, and reports each request and acknowledgement. Usage: node
 * test/kill/records-client.ts <address>. Lines: `asks <guid>`, `created <guid>`, `enrolled <guid>`, `deletes <guid>`,
 * `deleted <guid>`, `line <number> <guid>`, `lost`, `joined`, `fault <code>`.
 */

import { randomUUID } from 'node:crypto';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import { synthesizeMinutiae, synthesizeTemplate } from '../../src/exports/fingerprint/index.ts';
import { connect, guidIdentity, PRIVATE_DATABASE_ID } from '../../src/exports/whorl/index.ts';

/** People that are there at the same time. */
const PEOPLE = 4;
const REJOIN_MS = 60_000;

const [address = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const created: string[] = [];
const prints = Array.from({ length: PEOPLE }, (_, i) => synthesizeTemplate(synthesizeMinutiae(i), 1));
let turn = 0;

for (;;) {
  try {
    await work();
  } catch (thrown) {
    const code = isBiometricError(thrown) ? thrown.code : String(thrown);
    say(code === 'WHORL_E_CONNECTION_LOST' ? 'lost' : `fault ${code}`);
  }
}

async function work(): Promise<void> {
  await using service = await connect({ address, waitMs: REJOIN_MS });
  say('joined');
  for (; ; turn++) {
    const [oldest] = created;
    if (created.length >= PEOPLE && oldest !== undefined) {
      created.shift();
      say(`deletes ${oldest}`);
      await service.people.delete(guidIdentity(oldest));
      say(`deleted ${oldest}`);
      continue;
    }
    const guid = randomUUID().toUpperCase();
    say(`asks ${guid}`);
    await service.people.create({ name: `Person ${guid}`, identity: guidIdentity(guid) });
    created.push(guid);
    say(`created ${guid}`);
    const rows = [{ person: guid, finger: 'right-index', print: prints[turn % PEOPLE] ?? new Uint8Array() }] as const;
    for await (const { kind } of service.administration.importTemplates(rows, { databaseId: PRIVATE_DATABASE_ID })) {
      if (kind === 'stored') say(`enrolled ${guid}`);
    }
    const identity = guidIdentity(guid);
    const { number } = await service.journal.correct({ identity, atMs: Date.now(), reason: 'by hand' });
    say(`line ${number} ${guid}`);
  }
}
