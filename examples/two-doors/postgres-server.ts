/** A PostgreSQL server for an example, from Debian's package; in earnest an administrator runs one. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const DEBIAN = '/usr/lib/postgresql';
// In an application: npx whorl.
const WHORL = join(import.meta.dirname, '../../packages/daemon/dist/cli/main.js');

export class PostgresServer implements AsyncDisposable {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  }

  /** A new server in this folder, running, with the tables of Whorl. */
  static async start(folder: string): Promise<PostgresServer> {
    const server = new PostgresServer(folder, await freePort());
    mkdirSync(folder, { recursive: true });
    if (ACCOUNT !== undefined) {
      chmodSync(dirname(folder), 0o755);
      chownSync(folder, ACCOUNT.uid, ACCOUNT.gid);
    }
    execFileSync(
      program('initdb'),
      ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-N'],
      options(folder),
    );
    await server.plugIn();
    execFileSync(process.execPath, [WHORL, 'database', 'init', '--url', server.url], { stdio: 'ignore' });
    return server;
  }

  /** Starts it, and waits until it takes connections. */
  async plugIn(): Promise<void> {
    const given = ['-D', join(this.#folder, 'data'), '-p', String(this.#port), '-k', this.#folder];
    const started = spawn(program('postgres'), given, {
      ...options(this.#folder),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = started;
    for await (const line of createInterface({ input: started.stderr })) {
      if (line.includes('ready to accept connections')) break;
    }
    started.stderr.resume();
  }

  /** Ends it at once, as a pulled plug does. */
  async unplug(): Promise<void> {
    const ended = new Promise((resolve) => this.#process?.once('exit', resolve));
    this.#process?.kill('SIGQUIT');
    await ended;
    this.#process = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process !== undefined) await this.unplug();
  }
}

/** PostgreSQL refuses to run as root: then it runs as its own account. */
const ACCOUNT =
  process.getuid?.() === 0
    ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) }
    : undefined;

function options(cwd: string) {
  return { ...ACCOUNT, cwd, stdio: 'ignore' as const, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
}

function program(name: string): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin', name)).find(existsSync);
  if (found === undefined) throw new TypeError('PostgreSQL is not installed: apt-get install postgresql');
  return found;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
