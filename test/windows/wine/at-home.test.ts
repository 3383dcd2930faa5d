/** The service at home on Windows: its state, its pipe, and the account that it and its clients have. */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_WINE, untilWritten, Wine } from './wine.ts';

const wine = test.skipIf(NO_WINE);
/** An account that Windows has made; SIDs of Unix users begin otherwise. */
const ACCOUNT = /S-1-5-21-\d+-\d+-\d+-\d+/;
let windows: Wine;

beforeAll(() => {
  if (!NO_WINE) windows = Wine.prepare();
});
afterAll(() => windows?.[Symbol.asyncDispose]());

async function configure(configuration: object): Promise<void> {
  writeFileSync(join(windows.folder, 'whorl.config.json'), JSON.stringify(configuration));
}

wine('the account of a process is that of its token, with its name', async () => {
  await configure({ readers: [{ kind: 'virtual' }] });
  expect((await windows.whorl('pair', 'https://example.org').ended).status).toBe(0);
  const listed = await windows.whorl('pair', '--list', '--json').ended;
  expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ sid: expect.stringMatching(ACCOUNT) })]);
  expect((await windows.whorl('pair', '--list').ended).stdout).toMatch(/\\.* \(this account\)/);
});

wine('a client of the pipe is the account that Windows says, and is let in by name', async () => {
  // Everyone, by the names and the SID that Windows has for it.
  await configure({
    readers: [{ kind: 'virtual' }],
    access: { users: ['NT AUTHORITY\\SYSTEM', 'S-1-5-18', '@BUILTIN\\Users'] },
    log: { level: 'debug' },
  });
  expect(await windows.whorl('config', 'check').ended).toMatchObject({ status: 0 });
  const service = windows.whorl('serve', '--json');
  await untilWritten(service, /"address":"\\\\\\\\\.\\\\pipe\\\\whorl-/);
  const [status, units] = await Promise.all(
    [windows.whorl('status', '--json'), windows.whorl('units')].map((each) => each.ended),
  );
  expect([status?.status, units?.status]).toEqual([0, 0]);
  const [line] = await untilWritten(service, /.*a client connected.*/);
  expect(line).toMatch(ACCOUNT);
  expect(existsSync(join(windows.folder, 'state/keys'))).toBe(true);
});

wine('a name that no account has is refused before anything is made', async () => {
  await configure({ access: { users: ['NOWHERE\\nobody'] } });
  const { status, stderr } = await windows.whorl('config', 'check').ended;
  expect(status).not.toBe(0);
  expect(stderr).toContain('access.users: there is no user NOWHERE\\nobody');
});
