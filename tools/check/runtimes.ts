/** The installed packages on the runtimes beside Node.js: each has to print what Node prints. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../packages/package-table.ts';

const MODULES = join(ROOT, 'tools/runtimes/node_modules');

/** Programs of the packages that bring them, without their install scripts. */
const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  Bun: [join(MODULES, `@oven/bun-${process.platform}-${process.arch}/bin/bun`)],
  Deno: [join(MODULES, `@deno/${process.platform}-${process.arch}-glibc/deno`), 'run', '--allow-all', '--quiet'],
};

/** What a walk through every entry, and a service of its own, do otherwise than on Node. Says which it could not try. */
export async function runtimeProblems(app: string): Promise<string[]> {
  copyFileSync(join(ROOT, 'tools/check/runtime-walk.mjs'), join(app, 'walk.mjs'));
  const problems: string[] = [];
  const expected = await withService([process.execPath], app, (address) => walk([process.execPath], app, address));
  for (const [name, program] of Object.entries(RUNTIMES)) {
    if (!existsSync(program[0] ?? '')) {
      console.log(`${name}: not tried; npm ci --prefix tools/runtimes --ignore-scripts brings it`);
      continue;
    }
    const asClient = await withService([process.execPath], app, (address) => walk(program, app, address));
    const asService = await withService(program, app, (address) => walk([process.execPath], app, address));
    if (asClient !== expected) problems.push(`${name} runs the packages otherwise than Node:\n${asClient}`);
    if (asService !== expected) problems.push(`${name} runs the service otherwise than Node:\n${asService}`);
    console.log(`${name}: ${asClient === expected && asService === expected ? 'as Node' : 'otherwise than Node'}`);
  }
  return problems;
}

/** Everything that the walk prints, then how it ended. */
function walk(program: readonly string[], app: string, address: string): string {
  const [command = '', ...args] = [...program, 'walk.mjs', address];
  const { stdout, stderr, status } = spawnSync(command, args, { cwd: app, encoding: 'utf8', timeout: 60_000 });
  return `${stdout}${stderr}exit ${status}`;
}

/** Runs `whorl serve` while the socket is used. */
async function withService(program: readonly string[], app: string, use: (address: string) => string): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'whorl-runtime-'));
  const [command = '', ...args] = [...program, 'node_modules/@whorl/daemon/dist/cli/main.js', 'serve', '--json'];
  const service = spawn(command, args, {
    cwd: app,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, WHORL_HOME: state },
  });
  const exited = once(service, 'exit');
  try {
    const listening = await Promise.race([once(service.stdout, 'data'), exited.then(() => undefined)]);
    return listening === undefined ? 'the service does not start' : use(join(state, 'whorl.sock'));
  } finally {
    service.kill('SIGTERM');
    await exited;
    rmSync(state, { recursive: true, force: true });
  }
}
