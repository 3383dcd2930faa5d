/** A module of the GT-511 family on a line, as far as pictures need it. */

import { BiometricError } from '../../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../../core/clock.ts';
import type { GreyImage } from '../../../core/grey-image.ts';
import type { RejectDetail } from '../../../core/identifiers.ts';
import { Turns } from '../../waiting/turns.ts';
import { Conversation } from '../conversation.ts';
import type { FingerImager, FingerLight } from '../finger-imager.ts';
import type { SerialLine } from '../serial-line.ts';
import {
  GT511_COMMANDS,
  GT511_ERRORS,
  GT511_INFO_BYTES,
  GT511_NO_FINGER,
  GT511_PICTURE,
  type Gt511CommandName,
} from './commands.ts';
import { encodeGt511Command, type Gt511Frame, Gt511Frames } from './frame.ts';

/** How a module is spoken to. */
export interface Gt511ModuleOptions {
  /** Its rate. Default: the usual ones are tried. */
  readonly baud?: number | undefined;
  /** Measures deadlines. Default: the clock of the system. */
  readonly clock?: Clock | undefined;
}

const RATES: readonly number[] = [9600, 115_200, 57_600, 38_400, 19_200];
const FASTEST = 115_200;
const FIND_MS = 400;
const ANSWER_MS = 2000;
const SILENCE_MS = 120;
const STOP_MS = 90_000;
const ATTEMPTS = 3;

/** A module that answered. */
export class Gt511Module implements FingerImager {
  readonly modelName = 'gt-511c3';
  readonly model = Object.freeze({ manufacturer: 'ADH-Tech' });
  readonly #conversation: Conversation<Gt511Frame>;
  readonly #frames: Gt511Frames;
  readonly #turns = new Turns();
  readonly #homeRate: number;
  #unanswered = false;
  #lit = false;
  #closing: Promise<void> | undefined;

  /**
   * Finds the module on an open line, which becomes its own; one that does not answer is left open. Rejects with
   * WINBIO_E_SENSOR_UNAVAILABLE, which says what was tried.
   */
  static async find(line: SerialLine, { baud, clock = SYSTEM_CLOCK }: Gt511ModuleOptions = {}): Promise<Gt511Module> {
    const frames = new Gt511Frames();
    const conversation = new Conversation(line, frames, clock);
    const rates = baud === undefined ? RATES : [baud, FASTEST];
    for (const rate of rates) {
      if (
        line.baudRate !== rate &&
        !(await line.setBaudRate(rate).then(
          () => true,
          () => false,
        ))
      )
        continue;
      const home = baud ?? (rate === FASTEST ? 9600 : rate);
      const module = new Gt511Module(conversation, frames, home);
      if (await module.#open(FIND_MS)) return module;
    }
    const { path } = line;
    const tried = `asked at ${rates.join(', ')} baud`;
    const text =
      conversation.bytesHeard === 0
        ? `${path}: nothing answers (${tried}); check power and wiring (TX and RX cross)`
        : `${path}: what answers is no GT-511 (${tried}); check port, dialect and baud`;
    throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', text);
  }

  private constructor(conversation: Conversation<Gt511Frame>, frames: Gt511Frames, homeRate: number) {
    this.#conversation = conversation;
    this.#frames = frames;
    this.#homeRate = homeRate;
  }

  get path(): string {
    return this.#conversation.line.path;
  }

  get ended(): Promise<BiometricError> {
    return this.#conversation.ended;
  }

  takePicture(): Promise<RejectDetail | 0 | undefined> {
    return this.#turns.take(async () => {
      if (!this.#lit) this.#lit = (await this.#ask('CmosLed', 1)).kind === 'ack';
      const pressed = await this.#ask('IsPressFinger');
      if (pressed.kind === 'nack') throw this.#refusal('IsPressFinger', pressed.parameter);
      if (pressed.parameter !== 0) return undefined;
      const captured = await this.#ask('CaptureFinger', 1);
      if (captured.kind === 'ack') return 0;
      if (captured.parameter === GT511_NO_FINGER) return undefined;
      const detail = GT511_ERRORS[captured.parameter]?.detail;
      if (detail === undefined) throw this.#refusal('CaptureFinger', captured.parameter);
      return detail;
    });
  }

  picture(signal?: AbortSignal, progress?: (share: number) => void): Promise<GreyImage> {
    const { widthPx, heightPx } = GT511_PICTURE;
    return this.#turns.take(async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await this.#settle(signal);
        const pixels = await this.#data('GetImage', 0, widthPx * heightPx, { withinMs: ANSWER_MS, signal, progress });
        if (pixels instanceof Uint8Array) return { ...GT511_PICTURE, pixels };
        if (typeof pixels === 'number') throw this.#refusal('GetImage', pixels);
      }
      throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.path}: GetImage: damaged each time`);
    });
  }

  /** Its light belongs to the picture: on while it waits, off otherwise. */
  async light(shown: FingerLight): Promise<void> {
    if (shown === 'waiting') return;
    await this.#turns.take(async () => {
      if (this.#lit) await this.#ask('CmosLed', 0);
      this.#lit = false;
    });
  }

  hurry(): Promise<number> {
    return this.#turns.take(async () => {
      if (this.#conversation.line.baudRate < FASTEST) await this.#changeRate(FASTEST);
      return this.#conversation.line.baudRate;
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { line } = this.#conversation;
    await this.#turns
      .take(async () => {
        if (this.#lit) await this.#ask('CmosLed', 0);
        if (line.baudRate !== this.#homeRate) await this.#changeRate(this.#homeRate);
      })
      .catch(() => {});
    this.#conversation.end(new BiometricError('WINBIO_E_CANCELED', 'the reader was closed'));
    await line.close();
  }

  async #changeRate(rate: number): Promise<void> {
    const { line } = this.#conversation;
    const before = line.baudRate;
    const answer = await this.#ask('ChangeBaudrate', rate);
    if (answer.kind === 'nack') return;
    const isSet = await line.setBaudRate(rate).then(
      () => true,
      () => false,
    );
    if (isSet && (await this.#open(ANSWER_MS))) return;
    await line.setBaudRate(before);
    await this.#settle();
  }

  async #ask(name: Gt511CommandName, parameter = 0): Promise<Exclude<Gt511Frame, { kind: 'data' }>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.#settle();
      this.#unanswered = true;
      const answer = await this.#conversation.ask(encodeGt511Command(GT511_COMMANDS[name], parameter), {
        silenceMs: ANSWER_MS,
        take: (frame) => (frame.kind === 'data' ? undefined : frame),
      });
      if (typeof answer === 'string') continue;
      this.#unanswered = false;
      return answer;
    }
    throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.path}: no answer to ${name}`);
  }

  /** A command that is answered and then followed by data; the number of the error when it is refused. */
  async #data(
    name: Gt511CommandName,
    parameter: number,
    bytes: number,
    {
      withinMs,
      signal,
      progress,
    }: { withinMs: number; signal?: AbortSignal | undefined; progress?: ((share: number) => void) | undefined },
  ): Promise<Uint8Array | number | 'silence' | 'damaged'> {
    this.#unanswered = true;
    this.#frames.dataBytes = bytes;
    try {
      const answer = await this.#conversation.ask<Uint8Array | number>(
        encodeGt511Command(GT511_COMMANDS[name], parameter),
        {
          silenceMs: withinMs,
          signal,
          growing: (held) => progress?.(Math.min(1, held / bytes)),
          take: (frame) => {
            if (frame.kind === 'data') return frame.data;
            return frame.kind === 'nack' ? frame.parameter : undefined;
          },
        },
      );
      this.#unanswered = typeof answer === 'string';
      return answer;
    } finally {
      this.#frames.dataBytes = 0;
    }
  }

  /** What Open tells is data, so that no late answer can be taken for it. */
  async #open(withinMs: number): Promise<boolean> {
    return (await this.#data('Open', 1, GT511_INFO_BYTES, { withinMs })) instanceof Uint8Array;
  }

  async #settle(signal?: AbortSignal): Promise<void> {
    if (!this.#unanswered) return;
    await this.#conversation.quiet(SILENCE_MS, STOP_MS, signal);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (await this.#open(ANSWER_MS)) return;
    throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.path}: the module does not answer`);
  }

  #refusal(name: Gt511CommandName, parameter: number): BiometricError {
    const known = GT511_ERRORS[parameter];
    const words = known?.words ?? `it answers error 0x${parameter.toString(16)}`;
    return new BiometricError(known?.code ?? 'WINBIO_E_DEVICE_FAILURE', `${this.path}: ${name}: ${words}`);
  }
}
