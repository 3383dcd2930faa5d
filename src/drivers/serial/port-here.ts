/**
 * A port as a line in the main thread of a process, through the package `serialport`, which is loaded with the first port.
 */

import type { SerialPort } from 'serialport';
import { BiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';
import type { SerialLine, SerialLineObserver } from './serial-line.ts';

/** What the words of the bindings mean, first match first; they have no codes. */
const FAULTS: readonly (readonly [RegExp, CodeName, string])[] = [
  [
    /lock|busy|temporarily unavailable/i,
    'WINBIO_E_DEVICE_BUSY',
    'another program has the port; end it, or give this reader another port',
  ],
  [
    /no such file|file not found|unknown error code 2\b/i,
    'WINBIO_E_SENSOR_UNAVAILABLE',
    'there is no such port; plug the module in, or correct its port',
  ],
  [
    process.platform === 'win32' ? /permission/i : /permission|access denied|eacces/i,
    'E_ACCESSDENIED',
    'this account may not use the port; add it to the group that owns the port (dialout on Debian) and log in again',
  ],
  [/inappropriate ioctl|not a tty/i, 'WINBIO_E_SENSOR_UNAVAILABLE', 'this is no serial port; correct its port'],
  [/access denied/i, 'WINBIO_E_DEVICE_BUSY', 'another program has the port; end it, or give this reader another port'],
];

/** Opens a port and locks it against other programs. Rejects as `openSerialPort` does. */
export async function openPortHere(path: string, baudRate: number): Promise<SerialLine> {
  const { SerialPort } = await import('serialport').catch((cause: unknown) => {
    const text = 'serial readers need the package serialport; install it: npm i serialport';
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  });
  const port = new SerialPort({ path, baudRate, lock: true, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(openFault(path, error)) : resolve()));
  });
  return new PortLine(port);
}

/** Why a port did not open, with a remedy. */
function openFault(path: string, cause: Error): BiometricError {
  const [, code, words] = FAULTS.find(([pattern]) => pattern.test(cause.message)) ?? [];
  return new BiometricError(code ?? 'WINBIO_E_SENSOR_UNAVAILABLE', `${path}: ${words ?? cause.message}`, { cause });
}

class PortLine implements SerialLine {
  readonly #port: SerialPort;
  #observer: SerialLineObserver | undefined;
  #ended = false;
  #closing: Promise<void> | undefined;

  constructor(port: SerialPort) {
    this.#port = port;
    port.on('data', (bytes: Buffer) => this.#observer?.data(Uint8Array.from(bytes)));
    // What cannot be read any more is followed by a close.
    port.on('error', (error: Error) => (port.isOpen ? undefined : this.#end(error)));
    port.on('close', (error?: Error | null) => this.#end(error ?? undefined));
  }

  get path(): string {
    return this.#port.path;
  }

  get baudRate(): number {
    return this.#port.baudRate;
  }

  observe(observer: SerialLineObserver): Disposable {
    this.#observer = observer;
    return {
      [Symbol.dispose]: () => {
        if (this.#observer === observer) this.#observer = undefined;
      },
    };
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#ended) throw gone(this.path);
    await new Promise<void>((resolve, reject) => {
      // The port may end while it is written to, and then call nobody back.
      const lost = () => reject(gone(this.path));
      this.#port.once('close', lost);
      this.#port.write(Buffer.from(bytes), (error) => {
        this.#port.off('close', lost);
        if (error) reject(gone(this.path, error));
        else resolve();
      });
    });
  }

  async setBaudRate(baudRate: number): Promise<void> {
    if (this.#ended) throw gone(this.path);
    await new Promise<void>((resolve) => this.#port.drain(() => resolve()));
    await new Promise<void>((resolve, reject) => {
      this.#port.update({ baudRate }, (error) => {
        if (!error) return resolve();
        reject(new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.path} has no ${baudRate} baud`, { cause: error }));
      });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (!this.#ended && this.#port.isOpen) await new Promise<void>((resolve) => this.#port.close(() => resolve()));
    this.#end();
  }

  #end(fault?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#observer?.ended(this.#closing === undefined ? (fault ?? gone(this.path)) : undefined);
    this.#observer = undefined;
  }
}

function gone(path: string, cause?: Error): BiometricError {
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${path} is gone`, { cause });
}
