/** What Windows has of the event log, of sleep and of sessions, as far as Wine has it: it prints events, and never sleeps. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_WINE, Wine } from './wine.ts';

const wine = test.skipIf(NO_WINE);
let windows: Wine;

beforeAll(() => {
  if (!NO_WINE) windows = Wine.prepare();
});
afterAll(() => windows?.[Symbol.asyncDispose]());

/** Runs a program that finds the modules of the drivers by `windows`. */
async function run(program: string, environment: Readonly<Record<string, string>> = {}) {
  const file = join(windows.folder, 'program.mjs');
  const load = `const windows = (name) => import('./node_modules/whorl/dist/drivers/windows/' + name + '.js');`;
  writeFileSync(file, `${load}\n${program}`);
  return await windows.start([windows.path(file)], environment).ended;
}

wine('a source is registered with the texts of Windows, writes events, and is removed', async () => {
  const { status, stdout, stderr } = await run(
    `
    import { execFileSync } from 'node:child_process';
    import { openSync, readFileSync } from 'node:fs';
    const { EventLog, registerEventSource, removeEventSource } = await windows('event-log');
    const query = () => {
      const out = openSync('registry.txt', 'w');
      try { execFileSync('reg.exe', ['query', 'HKLM\\\\SYSTEM\\\\CurrentControlSet\\\\Services\\\\EventLog\\\\Application\\\\Whorl'], { stdio: ['ignore', out, out] }); }
      catch { return 'none'; }
      return readFileSync('registry.txt', 'utf8');
    };
    registerEventSource('Whorl');
    console.log(query());
    const log = new EventLog('Whorl');
    log.write('error', 'a fault of the reader Tür 1');
    log[Symbol.dispose]();
    log[Symbol.dispose]();
    log.write('error', 'too late');
    removeEventSource('Whorl');
    removeEventSource('Whorl');
    console.log(query());
    `,
    { WINEDEBUG: 'err+eventlog' },
  );
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/EventMessageFile +REG_EXPAND_SZ +%SystemRoot%\\System32\\EventCreate\.exe/),
  ]);
  expect(stdout).toMatch(/TypesSupported +REG_DWORD +0x7.*none\s*$/s);
  expect(stderr).toContain('L"a fault of the reader T\\00fcr 1"');
  expect(stderr).not.toContain('too late');
});

wine('sleep is watched until it is not any more, and the session of this process is asked after', async () => {
  const { status, stdout, stderr } = await run(`
    const { watchPower } = await windows('power-changes');
    const { isSessionInFront } = await windows('console-sessions');
    const first = watchPower(() => {});
    const second = watchPower(() => {});
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    second[Symbol.dispose]();
    console.log(typeof isSessionInFront(1), isSessionInFront(0), isSessionInFront(4711));
  `);
  expect([status, stdout.trim(), stderr]).toEqual([0, 'boolean true false', '']);
});
