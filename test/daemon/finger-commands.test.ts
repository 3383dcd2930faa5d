/** The commands that ask for a finger, run as a user runs them. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { type DaemonProcess, startProcess, temporaryFolder } from './start.ts';

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: ReturnType<typeof temporaryFolder>;
let daemon: DaemonProcess;
beforeAll(async () => {
  folder = temporaryFolder();
  daemon = await startProcess(folder.path);
});
afterAll(async () => {
  await daemon.end('SIGTERM');
  folder[Symbol.dispose]();
});

function start(...args: readonly string[]): ChildProcess {
  const env = { ...process.env, WHORL_HOME: folder.path, WHORL_SOCKET: daemon.address, NO_COLOR: '1' };
  return spawn(process.execPath, ['src/cli/main.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ChildProcess): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

const whorl = (...args: readonly string[]) => ended(start(...args));

/** Touches until a capture takes the finger. */
async function touch(...args: readonly string[]): Promise<void> {
  while ((await whorl('touch', ...args)).code === 3);
}

describe('fingers', () => {
  test('enroll is for the own account, and asks a terminal only', async () => {
    const other = await whorl('enroll', '--finger', 'right-index', '--identity', 'S-1-22-1-4711');
    expect([other.code, other.stderr]).toEqual([
      1,
      expect.stringMatching(/^E_ACCESSDENIED: you are \S+ \(this account\), and cannot/),
    ]);
    const nobody = await whorl('enroll');
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('--finger: give one of right-thumb')]);
  });

  test('a finger is enrolled with feedback, listed, identified, verified, and deleted', async () => {
    const enrolling = whorl('enroll', '--finger', 'right-index');
    for (let impression = 0; impression < 3; impression++) {
      await touch('right-index', '--person', '7', '--impression', String(impression));
    }
    const enrolled = await enrolling;
    expect([enrolled.code, enrolled.stdout]).toEqual([
      0,
      expect.stringMatching(/^right-index of \S+ \(this account\) is enrolled\n$/),
    ]);
    expect(enrolled.stderr).toMatch(/33 %, quality \d+ of 100, \d+ mm² of the finger seen; touch again[\s\S]*100 %/);
    expect(JSON.parse((await whorl('list', '--json')).stdout)).toMatchObject({ fingers: ['right-index'] });

    const identifying = whorl('identify', '--json');
    await touch('right-index', '--person', '7', '--impression', '9');
    const found = await identifying;
    expect([found.code, JSON.parse(found.stdout)]).toMatchObject([
      0,
      { kind: 'identified', subFactor: 2, finger: 'right-index' },
    ]);

    const unknown = whorl('identify');
    await touch('right-index', '--person', '8');
    expect(await unknown).toMatchObject({ code: 3, stdout: 'not enrolled\n' });

    const bad = whorl('identify');
    await touch('--bad', '9');
    expect(await bad).toMatchObject({ code: 3, stdout: expect.stringMatching(/\.\n$/) });

    const verifying = whorl('verify', '--finger', 'right-index');
    await touch('right-index', '--person', '7', '--impression', '5');
    expect(await verifying).toMatchObject({ code: 0, stdout: expect.stringContaining('a finger of') });

    expect((await whorl('delete')).code).toBe(2);
    expect((await whorl('delete', '--finger', 'right-index')).code).toBe(0);
    expect((await whorl('delete', '--finger', 'right-index')).code).toBe(3);
  }, 120_000);

  test('a sample goes into an image, which the engine reads and compares', async () => {
    const image = join(folder.path, 'finger.png');
    const capturing = whorl('capture', image, '--json');
    await touch('left-thumb', '--person', '3');
    expect(await capturing).toMatchObject({ code: 0 });
    expect(readFileSync(image).subarray(1, 4).toString()).toBe('PNG');
    const extracted = await whorl('extract', image, '--json');
    expect(JSON.parse(extracted.stdout)).toMatchObject({ outcome: 'features' });
    const compared = await whorl('compare', image, image, '--json');
    expect(JSON.parse(compared.stdout)).toMatchObject({ match: true });
    const locating = whorl('locate');
    await touch('--image', image);
    expect(await locating).toMatchObject({ code: 0, stdout: 'reader virtual (unit 1)\n' });
  }, 60_000);

  test('nobody comes: exit code 4; Ctrl+C: 130, and nothing waits any more', async () => {
    expect(await whorl('identify', '--seconds', '0.2')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('nobody touched the reader within 0.2 s'),
    });
    const waiting = start('identify');
    const end = ended(waiting);
    await once(waiting.stderr!, 'data');
    waiting.kill('SIGINT');
    expect((await end).code).toBe(130);
    expect((await whorl('touch', 'right-index')).code).toBe(3);
  }, 60_000);

  test('events tell of a cable that is pulled', async () => {
    const following = start('events', '--json');
    const end = ended(following);
    await once(following.stderr!, 'data');
    // The monitor is running once it has reported its first event.
    let seen = '';
    following.stdout?.on('data', (text) => {
      seen += text;
    });
    while (!seen.includes('unit-removal')) {
      await whorl('touch', 'unplug');
      await whorl('touch', 'plug');
    }
    following.kill('SIGINT');
    await end;
    expect(seen.split('\n')[0]).toMatch(/^\{"event":"unit-(removal|arrival)","unitId":\d+\}$/);
  }, 60_000);

  test('events are sentences for people', async () => {
    const following = start('events', '--touches');
    const end = ended(following);
    let seen = '';
    following.stdout?.on('data', (text) => {
      seen += text;
    });
    while (!seen.includes('touched')) await whorl('touch', 'right-index', '--person', '77');
    following.kill('SIGINT');
    expect((await end).code).toBe(130);
    expect(seen).toMatch(/Z reader virtual \(unit \d+\) was touched: a finger that is not enrolled\n/);
  }, 60_000);

  test('events tell what others ask', async () => {
    const following = start('events', '--requests', '--json');
    const end = ended(following);
    let seen = '';
    following.stdout?.on('data', (text) => {
      seen += text;
    });
    while (!seen.includes('"event":"enum-enrollments"')) await whorl('list');
    following.kill('SIGINT');
    await end;
    const asked = seen.split('\n').find((text) => text.includes('enum-enrollments'));
    expect(JSON.parse(asked ?? '')).toMatchObject({
      code: expect.any(String),
      ms: expect.any(Number),
      unitId: expect.any(Number),
    });
  }, 60_000);
});

describe('setting up', () => {
  test('init writes what config check accepts, and nothing over it; pools come and go', async () => {
    const config = join(folder.path, 'new.config.json');
    expect((await whorl('init', '--yes', '--config', config)).code).toBe(0);
    expect((await whorl('init', '--yes', '--config', config)).code).toBe(2);
    expect((await whorl('init', '--config', join(folder.path, 'other.json'))).stderr).toContain('--yes');
    const { databaseId } = JSON.parse((await whorl('pool', 'create', '--json', '--config', config)).stdout);
    const databases = async () =>
      JSON.parse(readFileSync(config, 'utf8')).databases.map(({ id }: { id: string }) => id);
    expect(await databases()).toContain(databaseId);
    expect((await whorl('config', 'check', config)).code).toBe(0);
    expect((await whorl('pool', 'remove', databaseId, '--config', config)).code).toBe(0);
    expect(await databases()).not.toContain(databaseId);
    expect((await whorl('pool', 'remove', databaseId, '--config', config)).code).toBe(2);
  }, 60_000);

  test('completion knows every command', async () => {
    const bash = (await whorl('completion', 'bash')).stdout;
    const script = join(folder.path, 'completion.bash');
    const command = `whorl() { '${process.execPath}' src/cli/main.ts "$@"; }`;
    const typed = [
      ['keys', 'r'],
      ['enroll', '--seconds', '3', '--finger', 'left-t'],
      ['touch', 'unp'],
      ['identify', '--reader', 'v'],
      ['extract', '--to', 'iso-19794-2-2011'],
    ];
    const lines = typed.map(
      (words) => `COMP_WORDS=(whorl ${words.join(' ')}); COMP_CWORD=${words.length}; _whorl; echo "\${COMPREPLY[@]}"`,
    );
    writeFileSync(script, [bash, command, ...lines, ''].join('\n'));
    const env = { ...process.env, WHORL_SOCKET: daemon.address };
    const completing = spawn('bash', [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    expect((await ended(completing)).stdout).toBe('rotate\nleft-thumb\nunplug\nvirtual\niso-19794-2-2011\n');
    for (const { name } of COMMANDS) expect(bash).toContain(name.split(' ')[0]);
    expect((await whorl('completion', 'fish')).stdout).toContain('complete -c whorl');
    expect((await whorl('completion', 'csh')).code).toBe(2);
  }, 60_000);

  test.each(COMMANDS.map(({ name, examples }) => [name, examples] as const))(
    '%s has help with an example',
    async (name, examples) => {
      const { code, stdout } = await whorl(...name.split(' '), '--help');
      expect(code).toBe(0);
      for (const example of examples) expect(stdout).toContain(example);
    },
  );
});
