/** The next port that nobody listens on. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import { BiometricError } from '../../core/biometric-error.ts';

/** Ports that are tried. */
const TRIES = 20;

/** The first free port of the loopback address, from `wanted` on. Rejects with WHORL_E_CONFIGURATION when many are taken. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES; port++) if (await isFree(port)) return port;
  const text = `--http: the ports ${wanted} to ${wanted + TRIES - 1} are taken; give another one, or 0 for any that is free`;
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen({ port, host: '127.0.0.1' }), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
