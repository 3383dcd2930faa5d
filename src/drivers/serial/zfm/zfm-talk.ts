/**
 * Commands and their answers. An answer does not say which command it is to, so that one that comes late would be taken
 * for that of the next: after a command without an answer the module is asked something whose answer has a length of its
 * own, and whatever comes before that is dropped.
 */

import { BiometricError } from '../../../core/biometric-error.ts';
import type { Clock } from '../../../core/clock.ts';
import { Conversation } from '../conversation.ts';
import type { SerialLine } from '../serial-line.ts';
import { ZFM_COMMANDS, ZFM_CONFIRMATIONS, ZFM_OK, ZFM_PACKET_FAULT, type ZfmCommandName } from './commands.ts';
import { encodeZfmPacket, type ZfmPacket, zfmPackets } from './packet.ts';

/** An answer. */
export interface ZfmAnswer {
  /** {@link ZFM_OK}, or a number of the table of confirmations. */
  readonly confirmation: number;
  /** What follows it; empty when the module answers shortly that it did not do it. */
  readonly content: Uint8Array;
}

/** Hears how far a transfer is: bytes so far. */
export type TransferProgress = (bytes: number) => void;

/** Times a command is given before the module counts as failed. */
const ATTEMPTS = 3;

/** Silence after which a transfer has stopped, milliseconds: many times the pause between two packets. */
const SILENCE_MS = 120;

/** How long what is left of a transfer may take, milliseconds: a picture at 9600 baud. */
const STOP_MS = 60_000;

export class ZfmTalk {
  readonly conversation: Conversation<ZfmPacket>;
  readonly #address: number;
  /** Commands whose answer may still come. */
  readonly #open = new Set<ZfmCommandName>();

  constructor(line: SerialLine, address: number, clock: Clock) {
    this.conversation = new Conversation(line, zfmPackets(address), clock);
    this.#address = address;
  }

  /** Gives a command once, without asking again; undefined when no answer came. For lines that may have no module. */
  async tryOnce(name: ZfmCommandName, args: readonly number[] = []): Promise<ZfmAnswer | undefined> {
    this.#open.clear();
    const answer = await this.#give(name, args);
    return typeof answer === 'string' ? undefined : answer;
  }

  /**
   * Gives a command and returns its answer. Rejects with WINBIO_E_DEVICE_FAILURE when there is none,
   * WINBIO_E_SENSOR_UNAVAILABLE once the line has ended.
   */
  async ask(name: ZfmCommandName, args: readonly number[] = []): Promise<ZfmAnswer> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.#settle();
      const answer = await this.#give(name, args);
      if (typeof answer !== 'string' && answer.confirmation !== ZFM_PACKET_FAULT) return answer;
    }
    throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.conversation.line.path}: no answer to ${name}`);
  }

  /** The content of an answer that must be {@link ZFM_OK}. Rejects as {@link ask}, and with the code of the table. */
  async do(name: ZfmCommandName, args: readonly number[] = []): Promise<Uint8Array> {
    const { confirmation, content } = await this.ask(name, args);
    if (confirmation !== ZFM_OK) throw this.refusal(name, confirmation);
    return content;
  }

  /** The error of a confirmation. */
  refusal(name: ZfmCommandName, confirmation: number): BiometricError {
    const known = ZFM_CONFIRMATIONS[confirmation];
    const words = known?.words ?? `it answers 0x${confirmation.toString(16).padStart(2, '0')}`;
    const { path } = this.conversation.line;
    return new BiometricError(known?.code ?? 'WINBIO_E_DEVICE_FAILURE', `${path}: ${name}: ${words}`);
  }

  /**
   * Gives a command that is followed by data, and returns them. Rejects with WINBIO_E_CANCELED when aborted, with
   * WINBIO_E_DEVICE_FAILURE when they are damaged each time or more than `mostBytes`, and as {@link do}.
   */
  async receive(
    name: ZfmCommandName,
    args: readonly number[],
    options: { readonly mostBytes: number; readonly signal?: AbortSignal; readonly progress?: TransferProgress },
  ): Promise<Uint8Array> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.#settle(options.signal);
      const received = await this.#receiveOnce(name, args, options);
      if (received instanceof Uint8Array) return received;
      if (typeof received === 'number' && received !== ZFM_PACKET_FAULT) throw this.refusal(name, received);
    }
    throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.conversation.line.path}: ${name}: damaged each time`);
  }

  /** Gives a command and sends data after it. Rejects as {@link do}. */
  async send(name: ZfmCommandName, args: readonly number[], data: Uint8Array, packetBytes: number): Promise<void> {
    await this.do(name, args);
    for (let at = 0; at < data.length; at += packetBytes) {
      const last = at + packetBytes >= data.length;
      const payload = data.subarray(at, at + packetBytes);
      await this.conversation.say(encodeZfmPacket({ type: last ? 'lastData' : 'data', payload }, this.#address));
    }
  }

  async #give(name: ZfmCommandName, args: readonly number[]): Promise<ZfmAnswer | 'silence' | 'damaged'> {
    const { withinMs } = ZFM_COMMANDS[name];
    this.#open.add(name);
    const answer = await this.conversation.ask<ZfmAnswer>(this.#command(name, args), {
      silenceMs: withinMs,
      take: (packet) => answerTo(name, packet),
    });
    if (typeof answer !== 'string') this.#open.delete(name);
    return answer;
  }

  async #receiveOnce(
    name: ZfmCommandName,
    args: readonly number[],
    { mostBytes, signal, progress }: Parameters<ZfmTalk['receive']>[2],
  ): Promise<Uint8Array | number | 'silence' | 'damaged'> {
    let bytes = new Uint8Array(0);
    let confirmed = false;
    this.#open.add(name);
    const received = await this.conversation.ask<Uint8Array | number>(this.#command(name, args), {
      silenceMs: ZFM_COMMANDS[name].withinMs,
      signal,
      take: (packet) => {
        if (!confirmed) {
          const answer = answerTo(name, packet);
          confirmed = answer?.confirmation === ZFM_OK;
          return confirmed ? undefined : answer?.confirmation;
        }
        if (packet.type !== 'data' && packet.type !== 'lastData') return undefined;
        if (bytes.length + packet.payload.length > mostBytes) return ZFM_PACKET_FAULT;
        bytes = joined(bytes, packet.payload);
        progress?.(bytes.length);
        return packet.type === 'lastData' ? bytes : undefined;
      },
    });
    const whole = received instanceof Uint8Array || (typeof received === 'number' && !confirmed);
    if (whole) this.#open.delete(name);
    return received;
  }

  /** Waits until what was asked before cannot be answered any more. */
  async #settle(signal?: AbortSignal): Promise<void> {
    if (this.#open.size === 0) return;
    await this.conversation.quiet(SILENCE_MS, STOP_MS, signal);
    for (let attempt = 0; attempt < ATTEMPTS && this.#open.size > 0; attempt++) {
      // Not one that is open itself: its late answer would be taken for the new one.
      const name = this.#open.has('ReadSysPara') ? 'TemplateNum' : 'ReadSysPara';
      const { answerBytes, withinMs } = ZFM_COMMANDS[name];
      const answer = await this.conversation.ask<true>(this.#command(name, []), {
        silenceMs: withinMs,
        minded: false,
        take: ({ type, payload }) => (type === 'answer' && payload.length === answerBytes ? true : undefined),
      });
      if (answer === true) this.#open.clear();
    }
    if (this.#open.size > 0) {
      throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.conversation.line.path}: the module does not answer`);
    }
  }

  #command(name: ZfmCommandName, args: readonly number[]): Uint8Array {
    return encodeZfmPacket(
      { type: 'command', payload: Uint8Array.of(ZFM_COMMANDS[name].code, ...args) },
      this.#address,
    );
  }
}

/** A packet as the answer to a command; undefined when it is to another one. */
function answerTo(name: ZfmCommandName, { type, payload }: ZfmPacket): ZfmAnswer | undefined {
  const [confirmation, ...content] = payload;
  if (type !== 'answer' || confirmation === undefined) return undefined;
  // Some modules leave out what would say nothing.
  const short = confirmation !== ZFM_OK && payload.length === 1;
  if (payload.length !== ZFM_COMMANDS[name].answerBytes && !short) return undefined;
  return { confirmation, content: Uint8Array.from(content) };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
