/** Debian's fprintd over a virtual reader of libfprint, and the finger on that. */

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Message, MessageBus } from 'dbus-native';
import { FPRINT_INTERFACES, FPRINT_NAME, FPRINT_PATHS } from '../../src/drivers/fprintd/fprint-interface.ts';
import { openSystemBus } from '../../src/drivers/fprintd/system-bus.ts';
import { tellVirtual } from '../readers/libfprint/virtual-storage.ts';
import type { PrivateBus } from './private-bus.ts';

/** Which of libfprint's virtual readers, by the variable that makes one. */
export type VirtualReader = 'FP_VIRTUAL_DEVICE_STORAGE' | 'FP_VIRTUAL_DEVICE';

/** One fprintd after the other at a bus. It ends when it is disposed of. */
export class RealFprintd implements AsyncDisposable {
  readonly #address: PrivateBus;
  readonly #reader: VirtualReader;
  readonly #bus: MessageBus;
  readonly #waiting: string[] = [];
  readonly #listeners = new Set<() => void>();
  #owner = '';
  #needed = false;
  #telling = false;

  private constructor(address: PrivateBus, reader: VirtualReader, bus: MessageBus) {
    this.#address = address;
    this.#reader = reader;
    this.#bus = bus;
    bus.connection.on('message', (message: Message) => this.#hear(message));
  }

  /** Starts one. */
  static async start(bus: PrivateBus, reader?: VirtualReader): Promise<RealFprintd> {
    const made = await RealFprintd.#at(bus, reader);
    await made.begin();
    return made;
  }

  /** Lets the bus start one whenever it is needed. */
  static async activated(bus: PrivateBus, reader?: VirtualReader): Promise<RealFprintd> {
    const made = await RealFprintd.#at(bus, reader);
    const environment = Object.entries(made.#environment).map(([name, value]) => `${name}=${value}`);
    await bus.activates(FPRINT_NAME, `/usr/bin/env ${environment.join(' ')} /usr/libexec/fprintd -t`);
    return made;
  }

  static async #at(bus: PrivateBus, reader: VirtualReader = 'FP_VIRTUAL_DEVICE_STORAGE'): Promise<RealFprintd> {
    const made = new RealFprintd(bus, reader, await openSystemBus(bus.address));
    mkdirSync(made.#prints, { recursive: true });
    await made.#bus.addMatch(`type='signal',sender='${FPRINT_NAME}'`);
    await made.#bus.addMatch(`type='signal',member='NameOwnerChanged',arg0='${FPRINT_NAME}'`);
    return made;
  }

  /** Starts it again. */
  async begin(): Promise<void> {
    const env = { ...this.#address.environment, ...this.#environment };
    spawn('/usr/libexec/fprintd', ['-t'], { env, stdio: 'ignore' });
    await this.#until(() => this.#owner !== '');
  }

  /** Kills it. */
  async kill(): Promise<void> {
    if (this.#owner === '') return;
    process.kill(await this.#bus.getConnectionUnixProcessId(this.#owner), 'SIGKILL');
    await this.#until(() => this.#owner === '');
    this.#needed = false;
    this.#waiting.length = 0;
  }

  /** What the reader does once a finger is waited for, in the order given: `SCAN right`, `RETRY 1`, `UNPLUG`. */
  present(...commands: readonly string[]): void {
    this.#waiting.push(...commands);
    void this.#next();
  }

  /** Resolves when a finger is waited for. */
  async awaited(): Promise<void> {
    await this.#until(() => this.#needed);
  }

  /** Resolves when none is. */
  async rested(): Promise<void> {
    await this.#until(() => !this.#needed);
  }

  /** Calls a method of the reader as another client would. Rejects with the error of fprintd. */
  async call<T>(member: string, ...texts: readonly string[]): Promise<T> {
    const given = texts.length === 0 ? {} : { signature: 's'.repeat(texts.length), body: [...texts] };
    const path = `${FPRINT_PATHS.devices}/0`;
    const message = { destination: FPRINT_NAME, path, interface: FPRINT_INTERFACES.device, member, ...given };
    return await this.#bus.invoke<T>(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.#bus.close();
  }

  get #socket(): string {
    return join(this.#address.folder, 'reader.sock');
  }

  get #environment(): Readonly<Record<string, string>> {
    const bus = { DBUS_SYSTEM_BUS_ADDRESS: this.#address.address };
    return { ...bus, [this.#reader]: this.#socket, STATE_DIRECTORY: this.#prints };
  }

  get #prints(): string {
    return join(this.#address.folder, 'prints');
  }

  async #next(): Promise<void> {
    while (!this.#telling && this.#needed) {
      const command = this.#waiting.shift();
      if (command === undefined) return;
      this.#telling = true;
      await tellVirtual(this.#socket, command);
      this.#telling = false;
    }
  }

  #hear({ type, member, body }: Message): void {
    if (type !== 4 || body === undefined) return;
    if (member === 'NameOwnerChanged') this.#owner = String(body[2]);
    if (member === 'PropertiesChanged') {
      const needed = (body[1] as Readonly<Record<string, unknown>>)['finger-needed'];
      if (typeof needed === 'boolean') this.#needed = needed;
    }
    for (const listener of [...this.#listeners]) listener();
    void this.#next();
  }

  async #until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const listener = () => {
      if (condition()) resolve();
    };
    this.#listeners.add(listener);
    await promise;
    this.#listeners.delete(listener);
  }
}
