/**
 * A Debian of a test's own: a fresh system in a folder. Its programs run in namespaces of mounts and processes that end with it,
 * so that nothing stays mounted and nothing stays running, however the test ends.
 */

import { type ChildProcessWithoutNullStreams, execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Why there can be none on this machine; undefined where there can. */
export const NO_DEBIAN_ROOT: string | undefined = missing();

function missing(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  if (!existsSync('/usr/sbin/debootstrap')) return 'apt-get install debootstrap';
  return ownMirror() === undefined ? 'apt knows no mirror of this release' : undefined;
}

/** Release of this machine and where its apt fetches it. */
function ownMirror(): { readonly suite: string; readonly site: string } | undefined {
  const suite = /^VERSION_CODENAME=(\S+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  const format = '$(CODENAME) $(COMPONENT) $(SITE)';
  const lines = execFileSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  const site = lines
    .split('\n')
    .map((line) => line.split(' '))
    .find(([codename, component]) => codename === suite && component === 'main')?.[2];
  return suite === undefined || site === undefined ? undefined : { suite, site };
}

/** What runs, logs, caches, lists of dpkg and apt, and the copies that `passwd` keeps of its files. */
const NOT_COMPARED =
  /^\/(?:proc|sys|dev|tmp|run|var\/(?:log|cache|lib\/dpkg|lib\/apt)|etc\/g?(?:passwd|shadow|group)-)(?:\/|$)/;

/** What a program said and how it ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

/** How a program of the system runs. */
export interface RunOptions {
  /** Account that it runs as. Default: root. */
  readonly as?: string;
  /** Its standard input. Default: none. */
  readonly input?: string;
}

/** The system. It ends, and its folder goes, when it is disposed of. */
export class DebianRoot implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'whorl-debian-root-'));
  #holder: ChildProcessWithoutNullStreams | undefined;
  /** The first process of the namespaces, as this machine numbers it. */
  #first = '';

  /** This machine's release, with these packages besides what every Debian has. */
  static async make(packages: readonly string[]): Promise<DebianRoot> {
    const root = new DebianRoot();
    try {
      // It is the / of accounts without rights.
      chmodSync(root.folder, 0o755);
      await root.#bootstrap(packages);
      await root.#begin();
      return root;
    } catch (thrown) {
      await root[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  /** A path of the system, as this machine names it. */
  path(path: string): string {
    return join(this.folder, path);
  }

  /** Runs a program to its end. */
  async run(command: readonly string[], { as = 'root', input = '' }: RunOptions = {}): Promise<Ended> {
    const child = this.start(command, as);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
      });
    }
    // It may end without having read it.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output: lines.join('\n') };
  }

  /** Runs a program that has to succeed; resolves to its output. */
  async must(...command: readonly string[]): Promise<string> {
    const { code, output } = await this.run(command);
    if (code !== 0) throw new TypeError(`${command.join(' ')} ended with ${code}:\n${output}`);
    return output;
  }

  /** Starts a program. */
  start(command: readonly string[], as = 'root'): ChildProcessWithoutNullStreams {
    const environment = [
      'env',
      '-i',
      `PATH=/usr/sbin:/usr/bin:/sbin:/bin`,
      'LC_ALL=C.UTF-8',
      'DEBIAN_FRONTEND=noninteractive',
    ];
    const account = as === 'root' ? [] : ['runuser', '-u', as, '--'];
    const inside = [
      '--target',
      this.#first,
      '--mount',
      '--pid',
      'chroot',
      this.folder,
      ...environment,
      ...account,
      ...command,
    ];
    return spawn('nsenter', inside);
  }

  /** What is at each path: mode, owner and content. */
  snapshot(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const visit = (folder: string): void => {
      for (const entry of readdirSync(this.path(folder), { withFileTypes: true })) {
        const path = `${folder}/${entry.name}`;
        if (NOT_COMPARED.test(path)) continue;
        found.set(path, this.#stateOf(path));
        if (entry.isDirectory()) visit(path);
      }
    };
    visit('');
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#holder && this.#holder.exitCode === null && this.#holder.signalCode === null) {
      const gone = once(this.#holder, 'exit');
      this.#holder.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #stateOf(path: string): string {
    const stat = lstatSync(this.path(path));
    const owner = `${stat.mode.toString(8)} ${stat.uid}:${stat.gid}`;
    if (stat.isSymbolicLink()) return `${owner} ${readlinkSync(this.path(path))}`;
    if (!stat.isFile()) return owner;
    return `${owner} ${createHash('sha256')
      .update(readFileSync(this.path(path)))
      .digest('hex')}`;
  }

  async #bootstrap(packages: readonly string[]): Promise<void> {
    const { suite, site } = ownMirror() ?? { suite: '', site: '' };
    const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'whorl-test-debs');
    mkdirSync(cache, { recursive: true });
    const options = ['--variant=minbase', `--cache-dir=${cache}`, `--include=${packages.join(',')}`];
    const command = ['--mount', '--propagation', 'private', 'debootstrap', ...options, suite, this.folder, site];
    await promisify(execFile)('unshare', command, { maxBuffer: 1 << 26 });
  }

  /** A process that holds the namespaces: it ends when this one does, and takes all that runs in them along. */
  async #begin(): Promise<void> {
    const script = `mount -t proc proc "$0/proc" && mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts" && echo ready && cat; exit`;
    const options = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child=SIGKILL'];
    const holder = spawn('unshare', [...options, 'sh', '-c', script, this.folder]);
    this.#holder = holder;
    const [first] = await Promise.race([
      once(createInterface({ input: holder.stdout }), 'line'),
      once(holder, 'exit').then(() => ['']),
    ]);
    if (first !== 'ready') throw new TypeError('the namespaces of the system could not be made');
    this.#first = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim();
  }
}
