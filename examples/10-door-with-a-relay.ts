/**
 * A door that the service watches, and the box that opens it: a web server with a relay behind it. It opens for messages that
 * are signed, new and not too old, and for no other. Run it: `node examples/10-door-with-a-relay.ts`
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'whorl';

const seen = new Set<string>();
let secret = '';
const opened = Promise.withResolvers<void>();

const relay = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers;
  // Standard Webhooks: HMAC-SHA256 of "id.timestamp.body" with the secret that follows "whsec_".
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`);
  const given = Buffer.from(String(signature));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    console.log('relay: refused, not signed');
    return void response.writeHead(401).end();
  }
  const message = JSON.parse(body);
  const isNew = !seen.has(String(id)) && Date.parse(message.expires) > Date.now();
  seen.add(String(id));
  response.writeHead(204).end();
  if (!isNew) return;
  console.log(`relay: open for ${message.person.name}, of ${message.person.groups.join(', ')}`);
  opened.resolve();
});
await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}/open`;

{
  await using service = await connect({ embedded: { state: 'memory', readers: [{ kind: 'virtual', name: 'front' }] } });
  secret = await service.doors.secret();
  const { identity, name } = await service.people.create({ name: 'Ada Lovelace', groups: ['Staff'] });

  // Enroll her: the service keeps the enrollment, and a synthetic finger touches the reader.
  const { token } = await service.enrollments.begin({ identity, subFactor: 2, reader: 'front' });
  let impression = 0;
  for await (const { stage, lastTouch } of service.enrollments.follow(token)) {
    if (stage === 'complete') break;
    if (stage !== 'touch' || (lastTouch?.number ?? 0) !== impression) continue;
    impression += 1;
    await service.virtualReader('front').touch({ person: 1, finger: 'right-index', impression });
  }
  await service.enrollments.save(token);
  console.log(`${name} is enrolled`);

  await fetch(url, { method: 'POST', body: '{}' });
  await service.doors.set({ name: 'Main', reader: 'front', groups: ['Staff'], actions: [{ kind: 'webhook', url }] });
  while ((await service.virtualReader('front').touch({ person: 1, finger: 'right-index', impression: 20 })) === 'lost');
  await opened.promise;
}
relay.close();
