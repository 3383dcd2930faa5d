/** A port as a line in a process of its own. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { BiometricError, deserializeError } from '../../core/biometric-error.ts';
import { workerEntry } from '../../core/worker-entry.ts';
import type { PortMessage, PortRequest } from './port-messages.ts';
import type { SerialLine, SerialLineObserver } from './serial-line.ts';

type Wanted = PortRequest extends infer R ? (R extends PortRequest ? Omit<R, 'id'> : never) : never;

/** Starts the process and opens the port there. Rejects as `openSerialPort` does. */
export async function openPortApart(path: string, baudRate: number): Promise<SerialLine> {
  const line = new ApartLine(path, baudRate);
  try {
    await line.open();
    return line;
  } catch (thrown) {
    await line.close();
    throw thrown;
  }
}

class ApartLine implements SerialLine {
  readonly path: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #pending = new Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  #baudRate: number;
  #observer: SerialLineObserver | undefined;
  #lastId = 0;
  #ended = false;
  #closing: Promise<void> | undefined;

  constructor(path: string, baudRate: number) {
    this.path = path;
    this.#baudRate = baudRate;
    this.#child = fork(workerEntry('port-process', import.meta.url), [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit');
    this.#child.on('message', (message: PortMessage) => this.#hear(message));
    this.#child.on('exit', () => this.#end());
    this.#child.on('error', () => this.#end());
  }

  get baudRate(): number {
    return this.#baudRate;
  }

  open(): Promise<void> {
    return this.#ask({ kind: 'open', path: this.path, baudRate: this.#baudRate });
  }

  observe(observer: SerialLineObserver): Disposable {
    this.#observer = observer;
    return {
      [Symbol.dispose]: () => {
        if (this.#observer === observer) this.#observer = undefined;
      },
    };
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#ask({ kind: 'write', bytes });
  }

  async setBaudRate(baudRate: number): Promise<void> {
    await this.#ask({ kind: 'rate', baudRate });
    this.#baudRate = baudRate;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      if (this.#child.connected) this.#child.disconnect();
      await this.#exited;
    }
    this.#end();
  }

  #ask(wanted: Wanted): Promise<void> {
    if (this.#ended) return Promise.reject(gone(this.path));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      // A process that is gone is noticed by its exit.
      this.#child.send({ ...wanted, id }, () => {});
    });
  }

  #hear(message: PortMessage): void {
    if (message.kind === 'data') this.#observer?.data(message.bytes);
    else if (message.kind === 'ended') this.#end();
    else {
      const asked = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error === undefined) asked?.resolve();
      else asked?.reject(deserializeError(message.error));
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const { reject } of this.#pending.values()) reject(gone(this.path));
    this.#pending.clear();
    this.#observer?.ended(this.#closing === undefined ? gone(this.path) : undefined);
    this.#observer = undefined;
    if (this.#child.connected) this.#child.disconnect();
  }
}

function gone(path: string): BiometricError {
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${path} is gone`);
}
