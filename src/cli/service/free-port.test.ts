/** The port of the console that the tour takes. */

import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';

test('a port that is taken is passed over', async () => {
  await using server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  const next = await freePort(port);
  expect(next).toBeGreaterThan(port);
  expect(await freePort(next)).toBe(next);
});
