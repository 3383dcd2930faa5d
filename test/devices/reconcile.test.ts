/** `whorl reconcile`, at a service with a reader that matches inside and holds prints of others. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';

const MODULE = fileURLToPath(new URL('self-touching-device.ts', import.meta.url));

let folder: ReturnType<typeof temporaryFolder>;
let daemon: Daemon;
beforeAll(async () => {
  folder = temporaryFolder();
  const reader = {
    kind: 'module',
    name: 'door',
    module: MODULE,
    options: { planted: [7, 8, 9] },
    isolate: false,
  } as const;
  daemon = await startHere(folder.path, { readers: [reader] });
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function reconcile(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, WHORL_HOME: folder.path, NO_COLOR: '1' };
  const command = ['src/cli/main.ts', 'reconcile', '--address', daemon.address, ...args];
  const ran = promisify(execFile)(process.execPath, command, { env });
  return await ran.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => stdout + stderr,
  );
}

test('it says what does not fit, changes nothing by itself, and with --apply what it said', async () => {
  const adoption = ['--adopt', 'slot-2', '--identity', 'S-1-22-1-1000', '--finger', 'left-thumb'];
  const said = await reconcile(...adoption, '--remove-unknown');
  expect(said).toContain('reader door (unit 1): 3 of 10 prints, 3 that no record knows, 0 that are gone');
  expect(said).toContain('would: take slot-1 off the reader');
  expect(said).toContain('add --apply');
  const done = JSON.parse(await reconcile(...adoption, '--remove-unknown', '--apply', '--json'));
  expect(done).toMatchObject({ applied: true, changes: [{ kind: 'adopt' }, { kind: 'remove' }, { kind: 'remove' }] });
  expect(done.readers).toMatchObject([
    { prints: [{ print: 'slot-2', record: { subFactor: 6, finger: 'left-thumb' } }], missing: [] },
  ]);
  expect(await reconcile('--remove', 'slot-7')).toContain('--remove: slot-7: no reader has this print');
});
