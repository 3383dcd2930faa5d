/** A module of the GT-511 family in software, as far as pictures need it. */

import type { Duplex } from 'node:stream';
import type { GreyImage } from '../../core/grey-image.ts';
import {
  GT511_COMMANDS,
  GT511_INFO_BYTES,
  GT511_NO_FINGER,
  GT511_PICTURE,
} from '../../drivers/serial/gt511/commands.ts';
import { decodeGt511Command, encodeGt511Answer, encodeGt511Data } from '../../drivers/serial/gt511/frame.ts';
import type { OpenSerialLine } from '../../drivers/serial/serial-line.ts';
import { EmulatedGlass } from './emulated-glass.ts';
import { EmulatedWire, type WireFaults } from './emulated-wire.ts';

/** Options of a {@link Gt511Emulator}. */
export interface Gt511EmulatorOptions {
  /** Its rate when it gets power. Default: 9600. */
  readonly baudRate?: number | undefined;
  /** Whether bytes take the time that they take at that rate. Default: false. */
  readonly paced?: boolean | undefined;
  /** Seeds noise and damage. Default: 1. */
  readonly seed?: number | undefined;
}

const COMMAND_BYTES = 12;
const UNSUPPORTED = 0x100e;
const BAD_RATE = 0x1002;
const RATES: readonly number[] = [9600, 19_200, 38_400, 57_600, 115_200];

/**
 * A GT-511C3 that is reached in memory ({@link open}) or over any stream ({@link attach}). Its own methods never fail.
 *
 * @example
 * const gt511 = new Gt511Emulator();
 * await using source = await SerialSensors.start({ port: 'emulated', dialect: 'gt-511', open: gt511.open });
 * gt511.touch(7);
 */
export class Gt511Emulator {
  readonly #glass = new EmulatedGlass(GT511_PICTURE);
  readonly #wire: EmulatedWire;
  readonly #failures: number[] = [];
  #held: readonly number[] = [];
  #image: GreyImage | undefined;
  #lit = false;
  #busy: Promise<void> = Promise.resolve();

  constructor({ baudRate = 9600, paced, seed }: Gt511EmulatorOptions = {}) {
    this.#wire = new EmulatedWire((bytes) => this.#hear(bytes), { baudRate, paced, seed });
  }

  /** What goes wrong on its wire. */
  get faults(): WireFaults {
    return this.#wire.faults;
  }

  /** Bits a second, now. */
  get baudRate(): number {
    return this.#wire.baudRate;
  }

  /** Whether its light is on, without which it sees nothing. */
  get lit(): boolean {
    return this.#lit;
  }

  /** Opens a line to it in memory, by any name; that line has a rate. Rejects while the cable is pulled. */
  get open(): OpenSerialLine {
    return this.#wire.open;
  }

  /**
   * Joins a stream of bytes, such as a pseudo-terminal, until the returned object is disposed. Never fails.
   *
   * @example
   * using joined = gt511.attach(stream);
   */
  attach(stream: Duplex): Disposable {
    return this.#wire.attach(stream);
  }

  /**
   * Puts a synthetic finger on the glass, 0 to 65535, when the one before it has left. Never fails.
   *
   * @example
   * gt511.touch(7);
   */
  touch(finger: number): void {
    this.#glass.touch(finger);
  }

  /**
   * Takes away every finger that waits, and the one on the glass. Never fails.
   *
   * @example
   * gt511.lift();
   */
  lift(): void {
    this.#glass.lift();
  }

  /**
   * A touch that ends with this error instead of a picture: 0x100c by default. Never fails.
   *
   * @example
   * gt511.touchBadly();
   */
  touchBadly(error = 0x100c): void {
    this.#glass.touchBadly(error);
  }

  /**
   * The next commands are refused with this error. Never fails.
   *
   * @example
   * gt511.failNext(0x100f);
   */
  failNext(error: number, times = 1): void {
    for (let i = 0; i < times; i++) this.#failures.push(error);
  }

  /**
   * Pulls the cable. Never fails.
   *
   * @example
   * gt511.unplug();
   */
  unplug(): void {
    this.#wire.pull();
    this.#image = undefined;
    this.#lit = false;
  }

  /**
   * Puts the cable back. Never fails.
   *
   * @example
   * gt511.plug();
   */
  plug(): void {
    this.#wire.plug();
  }

  #hear(bytes: Uint8Array): void {
    this.#held = [...this.#held, ...bytes];
    for (;;) {
      const start = this.#held.indexOf(0x55);
      this.#held = start < 0 ? [] : this.#held.slice(start);
      if (this.#held.length < COMMAND_BYTES) return;
      const told = commandIn(Uint8Array.from(this.#held.slice(0, COMMAND_BYTES)));
      this.#held = this.#held.slice(told === undefined ? 1 : COMMAND_BYTES);
      if (told !== undefined) this.#busy = this.#busy.then(() => this.#carryOut(told.command, told.parameter));
    }
  }

  async #carryOut(command: number, parameter: number): Promise<void> {
    const failure = this.#failures.shift();
    if (failure !== undefined) return await this.#nack(failure);
    switch (command) {
      case GT511_COMMANDS.Open:
        await this.#ack();
        if (parameter !== 0) await this.#wire.send(encodeGt511Data(new Uint8Array(GT511_INFO_BYTES)));
        return;
      case GT511_COMMANDS.Close:
        return await this.#ack();
      case GT511_COMMANDS.CmosLed:
        this.#lit = parameter !== 0;
        return await this.#ack();
      case GT511_COMMANDS.ChangeBaudrate:
        if (!RATES.includes(parameter)) return await this.#nack(BAD_RATE);
        await this.#ack();
        this.#wire.baudRate = parameter;
        return;
      case GT511_COMMANDS.IsPressFinger:
        return await this.#ack(this.#lit && this.#glass.look() ? 0 : GT511_NO_FINGER);
      case GT511_COMMANDS.CaptureFinger:
        return await this.#capture();
      case GT511_COMMANDS.GetImage:
        if (this.#image === undefined) return await this.#nack(UNSUPPORTED);
        await this.#ack();
        await this.#wire.send(encodeGt511Data(this.#image.pixels));
        this.#glass.served();
        return;
      default:
        return await this.#nack(UNSUPPORTED);
    }
  }

  async #capture(): Promise<void> {
    if (!this.#lit || !this.#glass.look()) return await this.#nack(GT511_NO_FINGER);
    const picture = this.#glass.picture();
    if (typeof picture === 'number') return await this.#nack(picture);
    this.#image = picture;
    await this.#ack();
  }

  #ack(parameter = 0): Promise<void> {
    return this.#wire.send(encodeGt511Answer('ack', parameter));
  }

  #nack(error: number): Promise<void> {
    return this.#wire.send(encodeGt511Answer('nack', error));
  }
}

function commandIn(bytes: Uint8Array): ReturnType<typeof decodeGt511Command> | undefined {
  try {
    return decodeGt511Command(bytes);
  } catch {
    return undefined;
  }
}
