/** What systemd hears from the service it started: real messages of systemd-notify, at a socket of systemd's kind. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from './start.ts';

const hasSystemd = ['perl', 'systemd-notify'].every((program) => spawnSync(program, ['--version']).error === undefined);

/** Prints what it is told. It takes no file descriptor, so that `systemd-notify` knows each message as received. */
const LISTENER =
  'socket S, AF_UNIX, SOCK_DGRAM, 0; bind S, sockaddr_un $ARGV[0]; $| = 1; print "$m\\n" while defined recv S, $m, 4096, 0';

/** Resolves when the text has come. */
async function heard(text: string, from: () => string): Promise<void> {
  while (!from().includes(text)) await delay(20);
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
}

test.skipIf(!hasSystemd)(
  'ready, alive, silent while the event loop hangs, and stopping (needs perl, systemd-notify)',
  async () => {
    using folder = temporaryFolder();
    const socket = join(folder.path, 'notify');
    const systemd = spawn('perl', ['-MSocket', '-e', LISTENER, socket]);
    let told = '';
    systemd.stdout.on('data', (bytes) => {
      told += bytes;
    });
    while (!existsSync(socket)) await delay(10);
    const config = join(folder.path, 'whorl.config.json');
    writeFileSync(
      config,
      JSON.stringify({ state: { directory: folder.path }, engineThreads: 1, log: { level: 'error' } }),
    );
    const env = { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '300000' };
    const service = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--config', config], { env });
    await heard('READY=1\nSTATUS=serving at ', () => told);
    await heard('WATCHDOG=1', () => told);
    service.kill('SIGSTOP');
    // What was on its way arrives.
    await delay(300);
    told = '';
    await delay(500);
    expect(told).toBe('');
    service.kill('SIGCONT');
    await heard('WATCHDOG=1', () => told);
    await ended(service);
    await heard('STOPPING=1', () => told);
    expect(service.exitCode).toBe(0);
    await ended(systemd);
  },
  60_000,
);
