// The application with a virtual reader, and what people would do: register, log in, and be a stranger.
import type { AddressInfo } from 'node:net';
import { connect, PRIVATE_DATABASE_ID } from 'whorl';
import { loginApp } from './app.ts';

await using service = await connect({ embedded: { state: 'memory' } });
await using session = await service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID });
const server = loginApp(session).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as AddressInfo;

async function post(path: string, body: object, person: number, touches = 1): Promise<Response> {
  const answer = fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  for (let impression = touches; impression > 0; ) {
    const touched = await service.virtualReader().touch({ person, finger: 'right-index', impression });
    if (touched === 'captured') impression--;
  }
  return await answer;
}

console.log((await post('/register', { name: 'Ada' }, 1, 3)).status, 'Ada is registered');
const login = await post('/login', {}, 1);
console.log(login.status, await login.text());
const headers = { cookie: login.headers.get('set-cookie')?.split(';')[0] ?? '' };
console.log(await (await fetch(`http://127.0.0.1:${port}/me`, { headers })).text());
const stranger = await post('/login', {}, 2);
console.log(stranger.status, await stranger.text());
server.close();
server.closeAllConnections();
