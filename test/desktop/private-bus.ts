/** A system bus of a test's own: Debian's dbus-daemon with a configuration of its own, and a polkit that agrees, if asked for. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { defineInterface } from 'dbus-native';
import { openSystemBus } from '../../src/drivers/fprintd/system-bus.ts';

/** Programs and files that tests of the desktop need, by their Debian package. */
const NEEDED: Readonly<Record<string, string>> = {
  '/usr/bin/dbus-daemon': 'dbus-daemon',
  '/usr/libexec/fprintd': 'fprintd',
  '/usr/bin/fprintd-verify': 'fprintd',
  '/usr/share/pam-configs/fprintd': 'libpam-fprintd',
  '/usr/bin/pamtester': 'pamtester',
};

/** Why these tests cannot run on this machine; undefined where they can. */
export const NO_DESKTOP: string | undefined = missing();

function missing(): string | undefined {
  const packages = new Set(Object.entries(NEEDED).flatMap(([file, name]) => (existsSync(file) ? [] : [name])));
  return packages.size === 0 ? undefined : `apt-get install ${[...packages].join(' ')}`;
}

/** Who may own names and send what: everybody everything, as tests run under any account. */
const configuration = (
  folder: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=${join(folder, 'bus')}</listen>
  <servicedir>${join(folder, 'services')}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow send_type="signal"/>
    <allow receive_sender="*"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
`;

/** The bus. It stops, and its folder goes, when it is disposed of. */
export class PrivateBus implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'whorl-bus-'));
  readonly #stack = new AsyncDisposableStack();
  #daemon: ChildProcess | undefined;

  /** A bus that takes connections; with `polkit` one that has a polkit, which answers every question with that. */
  static async start({ polkit }: { readonly polkit?: boolean } = {}): Promise<PrivateBus> {
    const bus = new PrivateBus();
    try {
      await bus.#begin();
      if (polkit !== undefined) bus.#stack.use(await answerAsPolkit(bus.address, () => polkit));
      return bus;
    } catch (thrown) {
      await bus[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  /** Its address, as DBUS_SYSTEM_BUS_ADDRESS takes it. */
  get address(): string {
    return `unix:path=${join(this.folder, 'bus')}`;
  }

  /** Environment of programs that are to use it. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: this.address };
  }

  /** Lets the bus start a program, given by its command line, for a name that nobody owns. */
  async activates(name: string, command: string): Promise<void> {
    const file = join(this.folder, 'services', `${name}.service`);
    writeFileSync(file, `[D-BUS Service]\nName=${name}\nExec=${command}\n`);
    await using bus = await openSystemBus(this.address);
    await bus.invokeDbus({ member: 'ReloadConfig' });
  }

  /** Lets other accounts reach it. */
  open(): void {
    chmodSync(this.folder, 0o755);
  }

  /** Ends it, as a crash does; nobody is told. */
  async kill(): Promise<void> {
    if (this.#daemon?.exitCode !== null || this.#daemon.signalCode !== null) return;
    const gone = once(this.#daemon, 'exit');
    this.#daemon.kill('SIGKILL');
    await gone;
  }

  /** Starts it again at the same address. */
  async startAgain(): Promise<void> {
    rmSync(join(this.folder, 'bus'), { force: true });
    await this.#begin();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    mkdirSync(join(this.folder, 'services'), { recursive: true });
    const file = join(this.folder, 'bus.conf');
    writeFileSync(file, configuration(this.folder));
    const options = ['--nofork', '--nopidfile', '--print-address', `--config-file=${file}`];
    const daemon = spawn('/usr/bin/dbus-daemon', options, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#daemon = daemon;
    // It prints its address once it listens.
    const [first] = await Promise.race([
      once(createInterface({ input: daemon.stdout }), 'line'),
      once(daemon, 'exit').then(() => ['']),
    ]);
    if (!String(first).startsWith('unix:')) throw new Error('dbus-daemon ended at its start');
  }
}

/** Stands where polkit is, and answers whether somebody may do an action. It leaves the bus when it is disposed of. */
export async function answerAsPolkit(
  address: string,
  answer: (action: string) => boolean | Promise<boolean>,
): Promise<AsyncDisposable> {
  const bus = await openSystemBus(address);
  await bus.export(
    '/org/freedesktop/PolicyKit1/Authority',
    defineInterface({
      name: 'org.freedesktop.PolicyKit1.Authority',
      methods: {
        CheckAuthorization: {
          in: { subject: '(sa{sv})', action_id: 's', details: 'a{ss}', flags: 'u', cancellation_id: 's' },
          out: { result: '(bba{ss})' },
          handler: async ({ action_id }: { action_id: string }) => [await answer(action_id), false, {}],
        },
      },
      signals: { Changed: {} },
      properties: {
        BackendName: { type: 's', access: 'read', value: 'stub' },
        BackendVersion: { type: 's', access: 'read', value: '1' },
        BackendFeatures: { type: 'u', access: 'read', value: 0 },
      },
    }),
  );
  await bus.ownName('org.freedesktop.PolicyKit1');
  return bus;
}
