/** The wire of an emulated module: its rate, its faults, and whoever is at the other end. */

import type { Duplex } from 'node:stream';
import { BiometricError } from '../../core/biometric-error.ts';
import type { OpenSerialLine, SerialLine, SerialLineObserver } from '../../drivers/serial/serial-line.ts';
import { seededRandom } from '../seeded-random.ts';

/** What may go wrong on a wire; may be changed at any time. */
export interface WireFaults {
  /** Chance that some bytes of noise come before what the module sends, 0 to 1. Default: 0. */
  noise?: number;
  /** Whether what the module sends comes in pieces of a few bytes. Default: false. */
  split?: boolean;
  /** Chance that a byte of a packet is another one, 0 to 1. Default: 0. */
  wrongByte?: number;
  /** Whether the module sends nothing. Default: false. */
  silent?: boolean;
  /** How much later the next answer comes, milliseconds; it then is 0 again. Default: 0. */
  lateMs?: number;
  /** Bytes the module still sends before the cable is pulled. Default: the cable stays. */
  pullAfterBytes?: number | undefined;
}

/** Options of an emulated wire. */
export interface EmulatedWireOptions {
  /** Bits a second that the module begins with. */
  readonly baudRate: number;
  /** Whether bytes take the time that they take at that rate. Default: false. */
  readonly paced?: boolean | undefined;
  /** Seeds noise and damage. Default: 1. */
  readonly seed?: number | undefined;
}

interface End {
  /** Undefined where the other end has no rate, as a pseudo-terminal. */
  readonly rate: () => number | undefined;
  receive(bytes: Uint8Array): void;
  pulled(): void;
}

/** Bits of a byte on the wire: a start bit, 8 of data, a stop bit. */
const BITS = 10;

export class EmulatedWire {
  /** Bits a second, now. */
  baudRate: number;
  /** What goes wrong. */
  readonly faults: WireFaults = {};
  readonly #hear: (bytes: Uint8Array) => void;
  readonly #paced: boolean;
  readonly #random: () => number;
  readonly #ends = new Set<End>();
  #plugged = true;
  #sending: Promise<void> = Promise.resolve();
  #freeAtMs = 0;

  /** `hear` takes what is said to the module. */
  constructor(hear: (bytes: Uint8Array) => void, { baudRate, paced = false, seed = 1 }: EmulatedWireOptions) {
    this.#hear = hear;
    this.baudRate = baudRate;
    this.#paced = paced;
    this.#random = seededRandom(seed);
  }

  /** Opens the line in memory, by any name. Rejects with WINBIO_E_SENSOR_UNAVAILABLE while the cable is pulled. */
  readonly open: OpenSerialLine = async (path, baudRate) => {
    if (!this.#plugged) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${path}: there is no such port`);
    return new MemoryLine(path, baudRate, this);
  };

  /** Joins a stream of bytes, such as a pseudo-terminal. */
  attach(stream: Duplex): Disposable {
    const end: End = {
      rate: () => undefined,
      receive: (bytes) => void stream.write(bytes),
      pulled: () => void stream.destroy(),
    };
    const data = (bytes: Uint8Array) => this.#fromHost(end, bytes);
    stream.on('data', data);
    stream.on('error', () => this.#ends.delete(end));
    this.#ends.add(end);
    return {
      [Symbol.dispose]: () => {
        stream.off('data', data);
        this.#ends.delete(end);
      },
    };
  }

  /** Pulls the cable. */
  pull(): void {
    this.#plugged = false;
    for (const end of [...this.#ends]) end.pulled();
    this.#ends.clear();
  }

  /** Puts the cable back. */
  plug(): void {
    this.#plugged = true;
    this.faults.pullAfterBytes = undefined;
  }

  /** Sends bytes, after those before them. Resolves when they are gone, or lost. */
  send(bytes: Uint8Array): Promise<void> {
    const { lateMs = 0 } = this.faults;
    this.faults.lateMs = 0;
    this.#sending = this.#sending.then(() => this.#send(bytes, lateMs));
    return this.#sending;
  }

  join(end: End): void {
    this.#ends.add(end);
  }

  leave(end: End): void {
    this.#ends.delete(end);
  }

  /** What the other end says. */
  #fromHost(end: End, bytes: Uint8Array): void {
    if (this.#ends.has(end)) this.#hear(this.#asHeard(end, bytes));
  }

  said(end: End, bytes: Uint8Array): void {
    this.#fromHost(end, bytes);
  }

  async #send(bytes: Uint8Array, lateMs: number): Promise<void> {
    if (lateMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, lateMs));
    const { faults } = this;
    if (faults.silent) return;
    for (const piece of this.#pieces(this.#spoiled(bytes))) {
      await this.#pace(piece.length);
      const left = faults.pullAfterBytes ?? Number.POSITIVE_INFINITY;
      const part = piece.subarray(0, Math.max(0, left));
      if (faults.pullAfterBytes !== undefined) faults.pullAfterBytes = left - part.length;
      for (const end of [...this.#ends]) end.receive(this.#asHeard(end, part));
      if (faults.pullAfterBytes === 0) return this.pull();
    }
  }

  /** Bytes of another rate are others. */
  #asHeard(end: End, bytes: Uint8Array): Uint8Array {
    const rate = end.rate();
    if (rate === undefined || rate === this.baudRate) return bytes.slice();
    return Uint8Array.from(bytes, () => Math.floor(256 * this.#random()));
  }

  #spoiled(bytes: Uint8Array): Uint8Array {
    const { noise = 0, wrongByte = 0 } = this.faults;
    const sent = bytes.slice();
    if (this.#random() < wrongByte) {
      const at = Math.floor(sent.length * this.#random());
      sent[at] = (sent[at] ?? 0) ^ (1 + Math.floor(255 * this.#random()));
    }
    if (this.#random() >= noise) return sent;
    const before = Uint8Array.from({ length: 1 + Math.floor(12 * this.#random()) }, () =>
      // Half of it looks like the beginning of a packet.
      this.#random() < 0.5
        ? Math.floor(256 * this.#random())
        : [0xef, 0x01, 0xff, 0x55][Math.floor(4 * this.#random())]!,
    );
    return Uint8Array.from([...before, ...sent]);
  }

  #pieces(bytes: Uint8Array): readonly Uint8Array[] {
    // A hundredth of a second, when time counts.
    const most = this.#paced ? Math.max(16, Math.floor(this.baudRate / BITS / 100)) : bytes.length;
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = this.faults.split ? 1 + Math.floor(7 * this.#random()) : most;
      pieces.push(bytes.subarray(at, at + length));
      at += length;
    }
    return pieces;
  }

  async #pace(bytes: number): Promise<void> {
    if (!this.#paced) return await new Promise<void>((resolve) => setImmediate(resolve));
    const now = performance.now();
    this.#freeAtMs = Math.max(now, this.#freeAtMs) + (bytes * BITS * 1000) / this.baudRate;
    const ahead = this.#freeAtMs - now;
    if (ahead >= 1) await new Promise<void>((resolve) => setTimeout(resolve, Math.floor(ahead)));
  }
}

/** The host's end in memory. */
class MemoryLine implements SerialLine, End {
  readonly path: string;
  readonly #wire: EmulatedWire;
  #baudRate: number;
  #observer: SerialLineObserver | undefined;
  #ended = false;

  constructor(path: string, baudRate: number, wire: EmulatedWire) {
    this.path = path;
    this.#baudRate = baudRate;
    this.#wire = wire;
    wire.join(this);
  }

  get baudRate(): number {
    return this.#baudRate;
  }

  readonly rate = () => this.#baudRate;

  observe(observer: SerialLineObserver): Disposable {
    this.#observer = observer;
    return {
      [Symbol.dispose]: () => {
        if (this.#observer === observer) this.#observer = undefined;
      },
    };
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#ended) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${this.path} is gone`);
    this.#wire.said(this, bytes.slice());
  }

  async setBaudRate(baudRate: number): Promise<void> {
    if (this.#ended) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${this.path} is gone`);
    this.#baudRate = baudRate;
  }

  async close(): Promise<void> {
    this.#wire.leave(this);
    this.#end();
  }

  receive(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#observer?.data(bytes);
  }

  pulled(): void {
    this.#end(new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${this.path} is gone`));
  }

  #end(fault?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#observer?.ended(fault);
    this.#observer = undefined;
  }
}
