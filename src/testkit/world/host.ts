/**
 * A scripted world: readers, fingers, client processes with user, privilege, console and focus, policy and time. It
 * runs a real service in the calling thread over real message ports; only what lies outside the service is scripted.
 */

import { ServiceChannel } from '../../client/service-channel.ts';
import { WhorlService } from '../../client/whorl-service.ts';
import { serveConnection } from '../../composition/connection/serve-connection.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import type { TouchOutcome } from '../../sensors/virtual/virtual-sensor-adapter.ts';
import type { Policy } from '../../service/access/policy.ts';
import type { Connection } from '../../service/connection.ts';
import type { Service } from '../../service/service.ts';
import { bindWinBio } from '../../winbio/bind-winbio.ts';
import { FOREIGN_DATABASE, PRIVATE_DATABASE } from './host-databases.ts';
import type { HostLinks } from './host-links.ts';
import type { HostOptions } from './host-options.ts';
import { type HostProcess, type ProcessOptions, principalOf } from './host-process.ts';
import { startHostService } from './host-service.ts';
import { openLinks } from './open-links.ts';
import { postgresCalls, postgresSettled } from './postgres-world.ts';
import type { ScriptedClock } from './scripted-clock.ts';
import type { ScriptedEngine } from './scripted-engine.ts';
import { type ScriptedPerson, scriptedFrame } from './scripted-face-engine.ts';
import { scriptedFinger } from './scripted-fingers.ts';
import { Surroundings } from './surroundings.ts';

/** A scripted world around a real service. Dispose of it to end the service and all it holds. */
export class Host implements AsyncDisposable {
  /** A database that private pools may use. */
  readonly privateDatabaseId: DatabaseId = PRIVATE_DATABASE;
  /** An installed database that no unit has a configuration for. */
  readonly foreignDatabaseId: DatabaseId = FOREIGN_DATABASE;
  readonly #surroundings: Surroundings;
  readonly #service: Service;
  readonly #links: HostLinks;
  readonly #processes: HostProcess[] = [];
  /** Process that was brought to the foreground last. */
  #foreground: HostProcess | undefined;

  private constructor(surroundings: Surroundings, service: Service, links: HostLinks) {
    this.#surroundings = surroundings;
    this.#service = service;
    this.#links = links;
  }

  /**
   * Makes a world; resolves when every device has its unit.
   *
   * @throws WHORL_E_CONFIGURATION when the `socket` transport cannot listen.
   * @example
   * await using host = await createHost({ readers: 2 });
   */
  static async create(options: HostOptions = {}): Promise<Host> {
    const surroundings = new Surroundings(options);
    const links = await openLinks(options.transport);
    return new Host(surroundings, await startHostService(options, surroundings), links);
  }

  /** The readers; unit n is the n-th. */
  get readers(): readonly VirtualReader[] {
    return this.#surroundings.readers;
  }

  /** The camera; undefined unless the world was made with `camera`. */
  get camera(): VirtualReader | undefined {
    return this.#surroundings.camera;
  }

  /** The engine of the readers. */
  get engine(): ScriptedEngine {
    return this.#surroundings.engine;
  }

  /** The time of the service; it stands still until it is advanced. */
  get clock(): ScriptedClock {
    return this.#surroundings.clock;
  }

  /** What an administrator decided. May be replaced at any time; the service asks at each use. */
  get policy(): Policy {
    return this.#surroundings.policy;
  }

  set policy(policy: Policy) {
    this.#surroundings.policy = policy;
  }

  /** SIDs of the accounts the console was switched to, in order. */
  get switchedTo(): string[] {
    return this.#surroundings.accounts.switchedTo;
  }

  /** Number of enrollments that were stored and recorded since the world was made. */
  get enrollmentMarks(): number {
    return this.#surroundings.enrollmentMarks;
  }

  /** True when no unit captures, works or is held. */
  get idle(): boolean {
    return this.#service.idle;
  }

  /**
   * Starts a client process. It has the focus unless told otherwise. Never fails.
   *
   * @example
   * const clerk = host.process({ user: 'S-1-5-21-1-1-1-1001', focus: false });
   */
  process(options: ProcessOptions = {}): HostProcess {
    const principal = principalOf(options);
    let connection: Connection | undefined;
    let created: HostProcess | undefined;
    const end = this.#links.link((serviceEnd) => {
      const extensions = new Map([['settle', async () => undefined]]);
      connection = serveConnection(this.#service, serviceEnd, principal, { extensions });
      // A process that took the focus before its connection reached the service has it from now on.
      if (created !== undefined && this.#foreground === created) created.focus();
    });
    const service = new WhorlService(new ServiceChannel(end));
    const process: HostProcess = {
      winbio: bindWinBio(service, options),
      service,
      user: principal.sid,
      focus: () => {
        this.#foreground = process;
        if (connection !== undefined) this.#service.setForeground(connection);
      },
      end: () => service.channel.close(),
    };
    created = process;
    this.#processes.push(process);
    if (options.focus !== false) process.focus();
    return process;
  }

  /**
   * Takes the focus from every process. Never fails.
   *
   * @example
   * host.dropFocus();
   */
  dropFocus(): void {
    this.#foreground = undefined;
    this.#service.setForeground(undefined);
  }

  /**
   * Puts a finger on a reader once everything asked so far has reached the service, and resolves to what became of it
   * once every answer has reached its client.
   *
   * @param finger 0..65535. Equal numbers match, others do not.
   * @param reader Index of the reader; 0 by default.
   * @throws Rejects with a `TypeError` when there is no such finger or reader, and as {@link settle} does.
   * @example
   * const outcome = session.identify();
   * await host.touch(7); // 'captured'
   * console.log((await outcome).kind);
   */
  async touch(finger: number, reader = 0): Promise<TouchOutcome> {
    await this.settle();
    const outcome = await this.reader(reader).touch(scriptedFinger(finger));
    await this.settle();
    return outcome;
  }

  /**
   * Shows people to the camera, as {@link touch} presents a finger, and resolves to what became of the frame.
   *
   * @throws Rejects with a `TypeError` when there is no camera or the first face is not 0..65535, and as {@link settle}
   * does.
   * @example
   * await using host = await createHost({ camera: true });
   * await host.show([{ trackingId: 1, state: 'matched', face: 7 }]);
   */
  async show(people: readonly ScriptedPerson[]): Promise<TouchOutcome> {
    if (this.camera === undefined) throw new TypeError('there is no camera');
    await this.settle();
    const outcome = await this.camera.touch(scriptedFrame(people));
    await this.settle();
    return outcome;
  }

  /**
   * Puts a finger badly on a reader, so that the capture is rejected. Resolves to whether a capture was running.
   *
   * @param detail `WINBIO_FP_*` reject detail.
   * @param reader Index of the reader; 0 by default.
   * @throws Rejects with a `TypeError` when there is no such reader, and as {@link settle} does.
   * @example
   * await host.touchBadly(WINBIO_FP_TOO_SHORT);
   */
  async touchBadly(detail: number, reader = 0): Promise<boolean> {
    await this.settle();
    const captured = this.reader(reader).presentRejected(detail);
    await this.settle();
    return captured;
  }

  /**
   * A reader, by index from 0. Throws a `TypeError` when there is none.
   *
   * @example
   * host.reader(0).unplug();
   */
  reader(index: number): VirtualReader {
    const reader = this.readers[index];
    if (reader === undefined) throw new TypeError(`there is no reader ${index}`);
    return reader;
  }

  /**
   * Puts the system to sleep; resolves when every unit has stopped. Rejects as {@link settle} does.
   *
   * @example
   * await host.suspend();
   */
  async suspend(): Promise<void> {
    await this.settle();
    await this.#service.notifyPower('suspend');
    await this.settle();
  }

  /**
   * Wakes the system; resolves when every unit works again. Rejects as {@link settle} does.
   *
   * @example
   * await host.resume();
   */
  async resume(): Promise<void> {
    await this.#service.notifyPower('resume');
    await this.settle();
  }

  /**
   * Resolves when all that was asked has reached the service and all it answered has reached the clients, so that tests
   * need not sleep.
   *
   * @throws Rejects with WHORL_E_SERVICE_NOT_RUNNING or E_ACCESSDENIED when a process cannot connect through a socket.
   * @example
   * const outcome = session.identify();
   * await host.settle(); // the capture is running
   */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      const calls = postgresCalls();
      await this.#links.settled();
      const open = this.#processes.filter(({ service }) => service.channel.open);
      await Promise.all(open.map(({ service }) => service.channel.ask('settle', undefined).catch(() => undefined)));
      await this.#service.settled();
      await new Promise<void>((resolve) => setImmediate(resolve));
      await postgresSettled();
      // What a server answered is followed by more.
      if (postgresCalls() > calls) round = -1;
    }
  }

  /**
   * Ends all processes, then the service with its devices, engines and storage. Rejects with an `AggregateError` when an
   * adapter fails to close.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#surroundings.release();
    for (const process of this.#processes) process.service.channel.close();
    await this.#links[Symbol.asyncDispose]();
    await this.#service.close();
  }
}

/**
 * Makes a scripted world; resolves when every device has its unit.
 *
 * @throws WHORL_E_CONFIGURATION when the `socket` transport cannot listen.
 * @example
 * await using host = await createHost();
 * const { service } = host.process();
 * await using session = await service.openSession();
 * const outcome = session.identify();
 * await host.touch(7);
 * console.log((await outcome).kind); // 'unknown-identity'
 */
export function createHost(options: HostOptions = {}): Promise<Host> {
  return Host.create(options);
}
