/** A PostgreSQL server of a test's own: in a temporary folder, on a port of its own, gone with the test. */

import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';

/** Where the programs of the newest server are; undefined where none is installed. */
const PROGRAMS: string | undefined = existsSync(DEBIAN)
  ? readdirSync(DEBIAN)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(DEBIAN, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'initdb')))
  : undefined;

/** A server refuses to run as root: then it runs as the account `postgres`. */
const ACCOUNT: { readonly uid: number; readonly gid: number } | undefined =
  process.getuid?.() === 0 ? accountOf('postgres') : undefined;

/** Why there is no server on this machine; undefined where there is one. */
export const NO_POSTGRES: string | undefined =
  PROGRAMS === undefined
    ? `there is no PostgreSQL in ${DEBIAN}: apt-get install postgresql`
    : process.getuid?.() === 0 && ACCOUNT === undefined
      ? 'root runs no PostgreSQL, and there is no account postgres'
      : undefined;

/** How a server is made. */
export interface PrivatePostgresOptions {
  /** Settings of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of `pg_hba.conf` for connections over the network. Default: everybody is trusted. */
  readonly hba?: readonly string[];
  /** Whether what is committed outlives the machine: for measurements. Default: false. */
  readonly durable?: boolean;
  /** Whether it speaks TLS, with a certificate for localhost of an authority of its own. Default: false. */
  readonly tls?: boolean;
}

/** The server. It stops, and its folder goes, when it is disposed of. */
export class PrivatePostgres implements AsyncDisposable {
  readonly folder: string;
  readonly port: number;
  /** The certificate of the authority; with `tls` only. */
  readonly ca: string;
  #server: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
    this.ca = join(folder, 'tls', 'ca.crt');
  }

  /** A new server, running, with an empty database `whorl`. */
  static async start(options: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
    const made = new PrivatePostgres(newFolder(), await freePort());
    try {
      await run('initdb', ['-D', made.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N']);
      if (options.tls === true) makeCertificates(join(made.folder, 'tls'));
      made.#configure(options);
      await made.begin();
      await made.sql('create database whorl', 'postgres');
      return made;
    } catch (thrown) {
      await made[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  /** Address of the database; `user` is the superuser by default. */
  url(user = 'postgres', parameters = ''): string {
    return `postgres://${user}@127.0.0.1:${this.port}/whorl${parameters}`;
  }

  /** Address of the superuser over the socket, whom everybody is trusted to be. */
  get socketUrl(): string {
    return `postgres://postgres@/whorl?host=${this.folder}&port=${this.port}`;
  }

  /** Starts it, and waits until it takes connections. */
  async begin(): Promise<void> {
    const server = spawn(
      join(PROGRAMS as string, 'postgres'),
      ['-D', this.#data, '-p', String(this.port), '-k', this.folder],
      {
        ...ACCOUNT,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
        cwd: this.folder,
      },
    );
    this.#server = server;
    const lines: string[] = [];
    const ready = Promise.withResolvers<void>();
    createInterface({ input: server.stderr }).on('line', (line) => {
      lines.push(line);
      if (/ready to accept (?:read-only )?connections/.test(line)) ready.resolve();
    });
    server.once('exit', () => ready.reject(new TypeError(`PostgreSQL did not start:\n${lines.join('\n')}`)));
    await ready.promise;
  }

  /** Stops it as an administrator does: connections end. */
  async stop(): Promise<void> {
    await this.#end('SIGINT');
  }

  /** Ends all its processes at once, as a power cut does. */
  async kill(): Promise<void> {
    const children = this.#processes();
    await this.#end('SIGKILL');
    for (const pid of children) send(pid, 'SIGKILL');
    while (children.some((pid) => existsSync(`/proc/${pid}`))) await new Promise((resolve) => setImmediate(resolve));
  }

  /** It stands still, with its connections open, until {@link goOn}. */
  hang(): void {
    for (const pid of this.#processes()) send(pid, 'SIGSTOP');
  }

  goOn(): void {
    for (const pid of this.#processes()) send(pid, 'SIGCONT');
  }

  /** Whether new transactions may write. */
  async readOnly(isReadOnly: boolean): Promise<void> {
    await this.sql(`alter system set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`, 'postgres', true);
    await this.sql('select pg_reload_conf()');
  }

  /** Ends every connection but this one; returns how many there were. */
  async cut(): Promise<number> {
    const rows = await this.sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
    );
    return rows.length;
  }

  /** A server that follows this one, running. */
  async standby(): Promise<PrivatePostgres> {
    const made = new PrivatePostgres(newFolder(), await freePort());
    const from = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres'];
    await run('pg_basebackup', ['-D', made.#data, '-R', '-X', 'stream', '-c', 'fast', ...from]);
    await made.begin();
    return made;
  }

  /** A standby becomes a server of its own. */
  async promote(): Promise<void> {
    await this.sql('select pg_promote(true, 60)', 'postgres');
  }

  /** Waits until a standby has what this one has. */
  async caughtUp(standby: PrivatePostgres): Promise<void> {
    const [row] = await this.sql('select pg_current_wal_flush_lsn()::text as lsn');
    for (;;) {
      const [there] = await standby.sql(`select pg_last_wal_replay_lsn() >= '${String(row?.lsn)}'::pg_lsn as done`);
      if (there?.done === true) return;
    }
  }

  /** A copy of its files; it stops for it. */
  async copyFiles(): Promise<string> {
    await this.stop();
    const copy = join(this.folder, `copy-${Date.now()}`);
    execFileSync('cp', ['-a', this.#data, copy]);
    await this.begin();
    return copy;
  }

  /** Puts files of an earlier day in the place of its own. */
  async putBack(copy: string): Promise<void> {
    await this.stop();
    rmSync(this.#data, { recursive: true });
    execFileSync('cp', ['-a', copy, this.#data]);
    own(this.#data);
    await this.begin();
  }

  /** A dump of the database, as text. */
  async dump(): Promise<string> {
    return await run('pg_dump', ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres', 'whorl']);
  }

  /** Puts a dump into the empty database. */
  async restoreDump(dump: string): Promise<void> {
    const file = join(this.folder, 'dump.sql');
    writeFileSync(file, dump);
    const to = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres', '-d', 'whorl'];
    await run('psql', ['-q', '-v', 'ON_ERROR_STOP=1', ...to, '-f', file]);
  }

  /** A statement of the superuser. */
  async sql(text: string, database = 'whorl', writes = false): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ host: this.folder, port: this.port, user: 'postgres', database });
    client.on('error', () => undefined);
    await client.connect();
    try {
      if (writes) await client.query('set default_transaction_read_only = off');
      const { rows } = await client.query(text);
      return rows;
    } finally {
      await client.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.goOn();
    if (this.#server !== undefined) await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #configure({
    settings = {},
    hba = ['host all all 127.0.0.1/32 trust'],
    durable = false,
    tls = false,
  }: PrivatePostgresOptions): void {
    const all: Readonly<Record<string, string>> = {
      listen_addresses: "'127.0.0.1'",
      unix_socket_directories: `'${this.folder}'`,
      max_connections: '60',
      log_min_messages: 'log',
      wal_level: 'replica',
      hot_standby: 'on',
      ...(!durable && { fsync: 'off', full_page_writes: 'off' }),
      ...(tls && {
        ssl: 'on',
        ssl_cert_file: `'${join(this.folder, 'tls', 'server.crt')}'`,
        ssl_key_file: `'${join(this.folder, 'tls', 'server.key')}'`,
        ssl_ca_file: `'${this.ca}'`,
      }),
      ...settings,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`);
    writeFileSync(join(this.#data, 'postgresql.auto.conf'), lines.join(''), { mode: 0o600 });
    const local = ['local all all trust', 'host replication all 127.0.0.1/32 trust'];
    writeFileSync(join(this.#data, 'pg_hba.conf'), `${[...local, ...hba].join('\n')}\n`, { mode: 0o600 });
    own(this.folder);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  /** The server and those it has started. */
  #processes(): readonly number[] {
    const pid = this.#server?.pid;
    if (pid === undefined) return [];
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
    return [pid, ...children.map(Number)];
  }
}

function accountOf(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pg-'));
  chmodSync(folder, 0o755);
  own(folder);
  return folder;
}

/** Gives what is in a folder to the account of the server. */
function own(path: string): void {
  if (ACCOUNT === undefined) return;
  chownSync(path, ACCOUNT.uid, ACCOUNT.gid);
  execFileSync('chown', ['-R', `${ACCOUNT.uid}:${ACCOUNT.gid}`, path]);
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const options = { ...ACCOUNT, cwd: tmpdir(), env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' }, maxBuffer: 2 ** 30 };
  return (await promisify(execFile)(join(PROGRAMS as string, program), [...args], options)).stdout;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

/** An authority, and a certificate of it for localhost. */
function makeCertificates(folder: string): void {
  mkdirSync(folder);
  const at = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...key, '-subj', '/CN=private', '-keyout', at('ca.key'), '-out', at('ca.crt'));
  openssl('req', ...key.slice(0, 3), '-subj', '/CN=localhost', '-keyout', at('server.key'), '-out', at('server.csr'));
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signing = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2'];
  openssl('x509', '-req', '-in', at('server.csr'), ...signing, '-extfile', at('names'), '-out', at('server.crt'));
  chmodSync(at('server.key'), 0o600);
}
