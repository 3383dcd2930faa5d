/** A module of the ZFM-20 family on a line: what it can do, one thing at a time. */

import { BiometricError } from '../../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../../core/clock.ts';
import type { GreyImage } from '../../../core/grey-image.ts';
import type { RejectDetail } from '../../../core/identifiers.ts';
import { Turns } from '../../waiting/turns.ts';
import type { FingerImager, FingerLight } from '../finger-imager.ts';
import type { SerialLine } from '../serial-line.ts';
import {
  ZFM_CONFIRMATIONS,
  ZFM_NO_FINGER,
  ZFM_NO_MATCH,
  ZFM_NOT_FOUND,
  ZFM_OK,
  type ZfmCommandName,
} from './commands.ts';
import { ZFM_MODELS, type ZfmModel, type ZfmModelName } from './models.ts';
import { DEFAULT_ZFM_ADDRESS } from './packet.ts';
import { type TransferProgress, ZfmTalk } from './zfm-talk.ts';

/** How a module is spoken to. */
export interface ZfmModuleOptions {
  /** Default: `zfm-20`. */
  readonly model?: ZfmModelName | undefined;
  /** 32 bits. Default: 0xffffffff. */
  readonly address?: number | undefined;
  /** 32 bits. Default: 0. */
  readonly password?: number | undefined;
  /** Its rate. Default: those of {@link USUAL_RATES} are tried. */
  readonly baud?: number | undefined;
  /** A rate that it may have been left with, which is tried first. Default: none. */
  readonly lastBaud?: number | undefined;
  /** Measures deadlines. Default: the clock of the system. */
  readonly clock?: Clock | undefined;
}

/** What a module says about itself. */
export interface ZfmParameters {
  /** Templates it can hold. */
  readonly capacity: number;
  /** 1 (lenient) to 5 (strict). */
  readonly securityLevel: number;
  /** Bytes of a packet of data: 32, 64, 128 or 256. */
  readonly packetBytes: number;
  /** Its rate. */
  readonly baudRate: number;
}

/** A template that was found. */
export interface ZfmCandidate {
  /** Its slot. */
  readonly slot: number;
  /** How alike they are; the more the better. */
  readonly score: number;
}

/** Rates that modules are found at, the usual one first; the last are those that a picture was fetched with. */
export const USUAL_RATES: readonly number[] = [57_600, 115_200, 9600, 921_600, 460_800, 230_400, 38_400, 19_200];

/** Rates to fetch pictures with, best first; each is a multiple of 9600. */
const FAST_RATES: readonly number[] = [921_600, 460_800, 230_400, 115_200];

/** Registers of SetSysPara. */
const BAUD_REGISTER = 4;

/** Ring of light: control, speed, colour, times. Source: R503 user manual, AuraLedConfig. */
const LIGHTS: Readonly<Record<FingerLight, readonly number[]>> = {
  waiting: [1, 100, 2, 0], // breathes blue
  good: [3, 0, 4, 0], // green
  bad: [2, 20, 1, 3], // flashes red
  off: [4, 0, 0, 0],
};

/** Slots that one page of ReadConList tells of. */
const PAGE_SLOTS = 256;

/** Most bytes of a template that any module hands out. */
const MAX_TEMPLATE_BYTES = 16_384;

/** A module that answered, with the right password. */
export class ZfmModule implements FingerImager {
  /** What it is. */
  readonly model: ZfmModel;
  /** Name of {@link model}. */
  readonly modelName: ZfmModelName;
  /** What it said when it was found. */
  readonly parameters: ZfmParameters;
  readonly #talk: ZfmTalk;
  readonly #turns = new Turns();
  /** The rate to leave it with. */
  readonly #homeRate: number;
  #closing: Promise<void> | undefined;

  /**
   * Finds the module on an open line, which becomes its own; one that does not answer is left open. Rejects with
   * WINBIO_E_SENSOR_UNAVAILABLE, which says what was tried and what may be wrong.
   */
  static async find(line: SerialLine, options: ZfmModuleOptions = {}): Promise<ZfmModule> {
    const {
      address = DEFAULT_ZFM_ADDRESS,
      password = 0,
      clock = SYSTEM_CLOCK,
      baud,
      lastBaud,
      model = 'zfm-20',
    } = options;
    const talk = new ZfmTalk(line, address, clock);
    // One that was left with a fast rate, because its cable was pulled, is found too.
    const likely = baud === undefined ? USUAL_RATES : [baud, ...FAST_RATES];
    const rates = [...new Set(lastBaud === undefined ? likely : [lastBaud, ...likely])];
    for (const rate of rates) {
      if (
        line.baudRate !== rate &&
        !(await line.setBaudRate(rate).then(
          () => true,
          () => false,
        ))
      )
        continue;
      const answer = await talk.tryOnce('VfyPwd', bytesOf(password, 4));
      if (answer === undefined) continue;
      if (answer.confirmation !== ZFM_OK) throw talk.refusal('VfyPwd', answer.confirmation);
      const parameters = parametersOf(await talk.do('ReadSysPara'), rate);
      const home = baud ?? (FAST_RATES.slice(0, -1).includes(rate) ? 57_600 : rate);
      return new ZfmModule(talk, model, parameters, home);
    }
    throw silent(talk, rates);
  }

  private constructor(talk: ZfmTalk, modelName: ZfmModelName, parameters: ZfmParameters, homeRate: number) {
    this.#talk = talk;
    this.modelName = modelName;
    this.model = ZFM_MODELS[modelName];
    this.parameters = parameters;
    this.#homeRate = homeRate;
  }

  /** Where it is. */
  get path(): string {
    return this.#talk.conversation.line.path;
  }

  /** The rate it is spoken to with. */
  get baudRate(): number {
    return this.#talk.conversation.line.baudRate;
  }

  /** Resolves when the line has ended, with the reason. */
  get ended(): Promise<BiometricError> {
    return this.#talk.conversation.ended;
  }

  /**
   * Takes a picture of what is on the glass. Undefined when no finger is; else 0, or the reject detail of a bad touch.
   * Rejects with WINBIO_E_DEVICE_FAILURE, WINBIO_E_SENSOR_UNAVAILABLE.
   */
  takePicture(): Promise<RejectDetail | 0 | undefined> {
    return this.#turns.take(async () => {
      const { confirmation } = await this.#talk.ask('GetImage');
      return confirmation === ZFM_NO_FINGER ? undefined : this.#detail('GetImage', confirmation);
    });
  }

  /**
   * Makes features of the picture, in buffer 1 or 2. Returns 0, or the reject detail of a bad touch. Rejects as
   * {@link takePicture}.
   */
  extract(buffer: 1 | 2): Promise<RejectDetail | 0> {
    return this.#turns.take(async () => {
      const { confirmation } = await this.#talk.ask('Img2Tz', [buffer]);
      return this.#detail('Img2Tz', confirmation);
    });
  }

  /** Joins both buffers to a template, in both. Returns as {@link extract}, and rejects as {@link takePicture}. */
  join(): Promise<RejectDetail | 0> {
    return this.#turns.take(async () => {
      const { confirmation } = await this.#talk.ask('RegModel');
      return this.#detail('RegModel', confirmation);
    });
  }

  /** Compares both buffers. Returns the score of a match, or undefined. Rejects as {@link takePicture}. */
  compare(): Promise<number | undefined> {
    return this.#turns.take(async () => {
      const { confirmation, content } = await this.#talk.ask('Match');
      if (confirmation === ZFM_NO_MATCH) return undefined;
      if (confirmation !== ZFM_OK) throw this.#talk.refusal('Match', confirmation);
      return word(content, 0);
    });
  }

  /** Finds the features of a buffer among `count` slots from `first` on. Rejects as {@link takePicture}. */
  search(buffer: 1 | 2, first: number, count: number): Promise<ZfmCandidate | undefined> {
    return this.#turns.take(async () => {
      const args = [buffer, ...bytesOf(first, 2), ...bytesOf(count, 2)];
      const { confirmation, content } = await this.#talk.ask('Search', args);
      if (confirmation === ZFM_NOT_FOUND) return undefined;
      if (confirmation !== ZFM_OK) throw this.#talk.refusal('Search', confirmation);
      return { slot: word(content, 0), score: word(content, 2) };
    });
  }

  /** Writes the template of a buffer into a slot. Rejects with WINBIO_E_DATABASE_FULL, and as {@link takePicture}. */
  async store(buffer: 1 | 2, slot: number): Promise<void> {
    await this.#do('Store', [buffer, ...bytesOf(slot, 2)]);
  }

  /** Reads a slot into a buffer. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD, and as {@link takePicture}. */
  async load(buffer: 1 | 2, slot: number): Promise<void> {
    await this.#do('LoadChar', [buffer, ...bytesOf(slot, 2)]);
  }

  /** Empties a slot. Rejects as {@link takePicture}. */
  async remove(slot: number): Promise<void> {
    await this.#do('DeletChar', [...bytesOf(slot, 2), 0, 1]);
  }

  /** Empties all slots. Rejects as {@link takePicture}. */
  async clear(): Promise<void> {
    await this.#do('Empty', []);
  }

  /** Number of slots in use. Rejects as {@link takePicture}. */
  async count(): Promise<number> {
    return word(await this.#do('TemplateNum', []), 0);
  }

  /** The slots in use, ascending. Rejects as {@link takePicture}. */
  async slots(): Promise<readonly number[]> {
    const used: number[] = [];
    for (let page = 0; page * PAGE_SLOTS < this.parameters.capacity; page++) {
      const table = await this.#do('ReadConList', [page]);
      for (let i = 0; i < PAGE_SLOTS; i++) {
        const slot = page * PAGE_SLOTS + i;
        if (slot < this.parameters.capacity && ((table[i >> 3] ?? 0) >> (i & 7)) & 1) used.push(slot);
      }
    }
    return used;
  }

  /** The template of a buffer. Rejects as {@link takePicture}. */
  template(buffer: 1 | 2): Promise<Uint8Array> {
    return this.#turns.take(() => this.#talk.receive('UpChar', [buffer], { mostBytes: MAX_TEMPLATE_BYTES }));
  }

  /** Puts a template into a buffer. Rejects as {@link takePicture}. */
  putTemplate(buffer: 1 | 2, template: Uint8Array): Promise<void> {
    return this.#turns.take(() => this.#talk.send('DownChar', [buffer], template, this.parameters.packetBytes));
  }

  /**
   * The picture taken last: rows from the top, ridges dark. `progress` hears the share, 0 to 1. Rejects with
   * WINBIO_E_CANCELED when aborted, WINBIO_E_DEVICE_FAILURE when its size is not that of the model, and as
   * {@link takePicture}.
   */
  picture(signal?: AbortSignal, progress?: (share: number) => void): Promise<GreyImage> {
    const { widthPx, heightPx, resolutionPpi } = this.model;
    const wanted = (widthPx * heightPx) / 2;
    const told: TransferProgress = (bytes) => progress?.(Math.min(1, bytes / wanted));
    return this.#turns.take(async () => {
      const options = { mostBytes: 4 * wanted, progress: told, ...(signal && { signal }) };
      const nibbles = await this.#talk.receive('UpImage', [], options);
      if (nibbles.length !== wanted) {
        const text = `${this.path}: a picture of ${nibbles.length} bytes, where a ${this.modelName} sends ${wanted}; set model`;
        throw new BiometricError('WINBIO_E_DEVICE_FAILURE', text);
      }
      return { widthPx, heightPx, resolutionPpi, pixels: pixelsOf(nibbles) };
    });
  }

  /** Shows something on the ring of light; nothing on models without one. Rejects as {@link takePicture}. */
  async light(shown: FingerLight): Promise<void> {
    if (this.model.hasRing) await this.#do('AuraLed', LIGHTS[shown]);
  }

  /**
   * Makes the line as fast as module and port can, and returns the rate. What does not answer at a new rate is spoken to
   * at the old one again. Rejects as {@link takePicture}.
   */
  hurry(): Promise<number> {
    return this.#turns.take(async () => {
      for (const rate of FAST_RATES) if (rate <= this.baudRate || (await this.#changeRate(rate))) break;
      return this.baudRate;
    });
  }

  /** Ends what runs with an error, as a reset does. The module can be found anew on the line. */
  end(error: BiometricError): void {
    this.#talk.conversation.end(error);
  }

  /** Takes the rate back that the module was found with, and closes the line; idempotent. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { line } = this.#talk.conversation;
    if (line.baudRate !== this.#homeRate) {
      // A module that cannot be asked any more is found at its rate next time.
      await this.#turns.take(() => this.#changeRate(this.#homeRate)).catch(() => false);
    }
    this.end(new BiometricError('WINBIO_E_CANCELED', 'the reader was closed'));
    await line.close();
  }

  /** False when the module or the port does not take the rate, and both are at the old one again. */
  async #changeRate(rate: number): Promise<boolean> {
    const { line } = this.#talk.conversation;
    const before = line.baudRate;
    // What was asked before is over; some modules answer the change itself at the new rate.
    await this.#talk.ask('ReadSysPara');
    const answer = await this.#talk.tryOnce('SetSysPara', [BAUD_REGISTER, rate / 9600]);
    if (answer !== undefined && answer.confirmation !== ZFM_OK) return false;
    const isSet = await line.setBaudRate(rate).then(
      () => true,
      () => false,
    );
    for (let attempt = 0; isSet && attempt < 3; attempt++) {
      if ((await this.#talk.tryOnce('ReadSysPara'))?.confirmation === ZFM_OK) return true;
    }
    await line.setBaudRate(before);
    return false;
  }

  #do(name: ZfmCommandName, args: readonly number[]): Promise<Uint8Array> {
    return this.#turns.take(() => this.#talk.do(name, args));
  }

  #detail(name: ZfmCommandName, confirmation: number): RejectDetail | 0 {
    if (confirmation === ZFM_OK) return 0;
    const detail = ZFM_CONFIRMATIONS[confirmation]?.detail;
    if (detail === undefined) throw this.#talk.refusal(name, confirmation);
    return detail;
  }
}

/** Answer of ReadSysPara: status, system, capacity, level (2 each), address (4), packet size, rate (2 each). */
function parametersOf(content: Uint8Array, baudRate: number): ZfmParameters {
  return {
    capacity: word(content, 4),
    securityLevel: word(content, 6),
    packetBytes: 32 << Math.min(3, word(content, 12)),
    baudRate,
  };
}

/** A pixel for each half byte, the high one first. */
function pixelsOf(nibbles: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(nibbles.length * 2);
  for (const [i, byte] of nibbles.entries()) {
    pixels[2 * i] = (byte >> 4) * 17;
    pixels[2 * i + 1] = (byte & 15) * 17;
  }
  return pixels;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function bytesOf(value: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (value >>> (8 * (count - 1 - i))) & 0xff);
}

function silent({ conversation }: ZfmTalk, rates: readonly number[]): BiometricError {
  const { path } = conversation.line;
  const tried = `asked at ${rates.join(', ')} baud`;
  const text =
    conversation.bytesHeard === 0
      ? `${path}: nothing answers (${tried}); check power and wiring (TX and RX cross), and that no console of the system uses the port`
      : `${path}: what answers is no fingerprint module (${tried}); check port, dialect, baud and address`;
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', text);
}
