/** A service in fprintd's place on a bus of its own, a virtual reader, and the programs that talk to fprintd. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { DBusError, DBusInterface, MessageBus } from 'dbus-native';
import type { DaemonConfiguration } from '../../src/daemon/configuration/daemon-configuration.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { createLogger } from '../../src/daemon/watching/log.ts';
import { FPRINT_INTERFACES, FPRINT_NAME, FPRINT_PATHS } from '../../src/drivers/fprintd/fprint-interface.ts';
import { openSystemBus } from '../../src/drivers/fprintd/system-bus.ts';
import type { SyntheticFinger, WhorlService } from '../../src/exports/whorl/index.ts';
import { connect } from '../../src/exports/whorl/index.ts';
import { PrivateBus } from './private-bus.ts';

/** The first device of a service. */
export const FIRST_DEVICE = `${FPRINT_PATHS.devices}/0`;

/** A program that was started, and what it has printed. */
export class Program {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly ended: Promise<number>;
  #changed = Promise.withResolvers<void>();

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        this.#note();
      });
    }
    this.ended = once(child, 'close').then(([code]) => {
      this.#note();
      return code ?? -1;
    });
  }

  /** Resolves once it has printed a line that has this in it. */
  async printed(text: string, times = 1): Promise<void> {
    const count = () => this.lines.filter((line) => line.includes(text)).length;
    while (count() < times) {
      if (this.child.exitCode !== null && this.child.stdout?.readableEnded)
        throw new Error(`it ended without '${text}':\n${this.lines.join('\n')}`);
      await this.#changed.promise;
    }
  }

  get output(): string {
    return this.lines.join('\n');
  }

  #note(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

/** Name of the error that a call ends with; undefined when it is answered. */
export async function refusal(call: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (thrown) {
    return (thrown as DBusError).dbusName?.split('.').at(-1) ?? String(thrown);
  }
}

/** Everything that a test of the desktop needs. */
export class DesktopWorld implements AsyncDisposable {
  readonly bus: PrivateBus;
  readonly #stack = new AsyncDisposableStack();
  #daemon!: Daemon;
  #service!: WhorlService;

  private constructor(bus: PrivateBus) {
    this.bus = bus;
  }

  /** Begins with one virtual reader that keeps early touches, unless the configuration says otherwise. */
  static async start(
    configuration: DaemonConfiguration = {},
    { polkit }: { readonly polkit?: boolean } = {},
  ): Promise<DesktopWorld> {
    const bus = await PrivateBus.start(polkit === undefined ? {} : { polkit });
    const world = new DesktopWorld(bus);
    world.#stack.use(bus);
    try {
      await world.#begin(configuration);
      return world;
    } catch (thrown) {
      await world[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  get daemon(): Daemon {
    return this.#daemon;
  }

  get service(): WhorlService {
    return this.#service;
  }

  /** Puts a finger on the reader as often as it takes until it is seen. */
  async touch(finger: SyntheticFinger, reader?: string): Promise<void> {
    await this.#service.virtualReader(reader).touch(finger);
  }

  /** Starts a program that uses the bus. */
  run(program: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Program {
    const env = { ...this.bus.environment, LC_ALL: 'C', ...more };
    const made = new Program(spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] }));
    this.#stack.defer(() => {
      made.child.kill('SIGKILL');
    });
    return made;
  }

  /** Another client of the bus. */
  async client(): Promise<MessageBus> {
    return this.#stack.use(await openSystemBus(this.bus.address));
  }

  /** A device, as a client sees it. */
  async device(bus: MessageBus, path = FIRST_DEVICE): Promise<DBusInterface> {
    return (await bus.proxy(FPRINT_NAME, path)).$as(FPRINT_INTERFACES.device);
  }

  /** Resolves once a reader waits for a finger: what a program prints about it may come late. */
  async fingerNeeded(device: DBusInterface): Promise<void> {
    while ((await device.$readProp('finger-needed')) !== true) await wait(20);
  }

  /** Enrolls a finger of the person with this seed, as the account that runs the test. */
  async enroll(device: DBusInterface, finger: string, person: SyntheticFinger, user = ''): Promise<void> {
    const statuses = new Statuses();
    await device.$subscribe('EnrollStatus', statuses.take);
    await device.Claim(user);
    await device.EnrollStart(finger);
    for (let impression = 0; ; impression += 1) {
      await this.touch({ ...person, impression });
      const [result, done] = await statuses.next();
      if (!done) continue;
      await device.EnrollStop();
      await device.Release();
      await device.$unsubscribe('EnrollStatus', statuses.take);
      if (result !== 'enroll-completed') throw new Error(result);
      return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  /** A service at a bus. */
  static async serve(bus: string, socket: string, configuration: DaemonConfiguration = {}): Promise<Daemon> {
    return await startDaemon(
      {
        state: 'memory',
        socket,
        readers: [{ kind: 'virtual', earlyTouch: 'kept' }],
        log: { level: 'silent' },
        ...configuration,
        fprintd: { bus, ...configuration.fprintd },
      },
      { logger: createLogger('silent') },
    );
  }

  async #begin(configuration: DaemonConfiguration): Promise<void> {
    const socket = join(this.bus.folder, 'whorl.sock');
    this.#daemon = this.#stack.use(await DesktopWorld.serve(this.bus.address, socket, configuration));
    this.#service = this.#stack.use(await connect({ address: this.#daemon.address }));
  }
}

/** Results of a signal, in order. */
export class Statuses {
  readonly #waiting: ((status: readonly [string, boolean]) => void)[] = [];
  readonly #come: (readonly [string, boolean])[] = [];

  readonly take = (result: string, done: boolean): void => {
    const first = this.#waiting.shift();
    if (first === undefined) this.#come.push([result, done]);
    else first([result, done]);
  };

  /** The next one, now or when it comes. */
  async next(): Promise<readonly [string, boolean]> {
    const first = this.#come.shift();
    return first ?? (await new Promise((resolve) => this.#waiting.push(resolve)));
  }
}
