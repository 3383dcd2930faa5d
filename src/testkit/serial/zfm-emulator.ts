/** A module of the ZFM-20 family in software, with a library of its own that compares by Whorl's engine. */

import type { Duplex } from 'node:stream';
import type { GreyImage } from '../../core/grey-image.ts';
import { FrameReader } from '../../drivers/serial/frame-reader.ts';
import type { OpenSerialLine } from '../../drivers/serial/serial-line.ts';
import { ZFM_COMMANDS, ZFM_OK, type ZfmCommandName } from '../../drivers/serial/zfm/commands.ts';
import { ZFM_MODELS, type ZfmModelName } from '../../drivers/serial/zfm/models.ts';
import { DEFAULT_ZFM_ADDRESS, encodeZfmPacket, type ZfmPacket, zfmPackets } from '../../drivers/serial/zfm/packet.ts';
import { extract } from '../../fingerprint/extract.ts';
import { decodeTemplate, encodeTemplate } from '../../fingerprint/template/template-codec.ts';
import { verify } from '../../fingerprint/verify.ts';
import { EmulatedGlass } from './emulated-glass.ts';
import { EmulatedWire, type WireFaults } from './emulated-wire.ts';

/** Options of a {@link ZfmEmulator}. */
export interface ZfmEmulatorOptions {
  /** What it is. Default: `zfm-20`. */
  readonly model?: ZfmModelName | undefined;
  /** Templates it can hold, 1 to 3000. Default: 150. */
  readonly capacity?: number | undefined;
  /** 32 bits. Default: 0xffffffff. */
  readonly address?: number | undefined;
  /** 32 bits; commands are refused until it was given. Default: 0, and none are. */
  readonly password?: number | undefined;
  /** Its rate when it gets power. Default: 57600. */
  readonly baudRate?: number | undefined;
  /** The highest rate it takes. Default: 921600. */
  readonly highestBaudRate?: number | undefined;
  /** Bytes of a packet of data: 32, 64, 128 or 256. Default: 128. */
  readonly packetBytes?: number | undefined;
  /** Whether everything takes the time that it takes on a real one. Default: false. */
  readonly paced?: boolean | undefined;
  /** Seeds noise and damage. Default: 1. */
  readonly seed?: number | undefined;
}

/** How long a real module works, milliseconds. Source: ZFM-20 user manual, chapter 1; measured on none. */
const WORK_MS: Readonly<Partial<Record<ZfmCommandName, number>>> = {
  GetImage: 250,
  Img2Tz: 300,
  Search: 100,
  RegModel: 200,
};

const BAUD_REGISTER = 4;
const PACKET_REGISTER = 6;
const NAMES = new Map<number, ZfmCommandName>(
  Object.entries(ZFM_COMMANDS).map(([name, { code }]) => [code, name as ZfmCommandName]),
);

/** Answer of a command, and what is to be done after it was sent. */
interface Reply {
  readonly confirmation: number;
  readonly content?: readonly number[];
  readonly data?: Uint8Array;
  readonly afterwards?: () => void;
}

const OK: Reply = { confirmation: ZFM_OK };
const no = (confirmation: number): Reply => ({ confirmation });

/**
 * A ZFM-20, R30x or R503 that is reached in memory ({@link open}) or over any stream ({@link attach}). What it finds in
 * its library it finds by comparing fingers.
 *
 * @example
 * const emulator = new ZfmEmulator({ model: 'r307', paced: true });
 * await using source = await SerialSensors.start({ port: 'emulated', open: emulator.open });
 * emulator.touch(7);
 */
export class ZfmEmulator {
  readonly #glass: EmulatedGlass;
  readonly #wire: EmulatedWire;
  readonly #reader: FrameReader<ZfmPacket>;
  readonly #options: Required<{ [K in keyof ZfmEmulatorOptions]: NonNullable<ZfmEmulatorOptions[K]> }>;
  readonly #library = new Map<number, Uint8Array>();
  readonly #buffers: [Uint8Array | undefined, Uint8Array | undefined] = [undefined, undefined];
  readonly #calls: ZfmCommandName[] = [];
  readonly #shown: number[] = [];
  readonly #failures: number[] = [];
  #packetBytes: number;
  #image: GreyImage | undefined;
  #incoming: { readonly buffer: number; readonly parts: number[] } | undefined;
  #isTrusted = false;
  #busy: Promise<void> = Promise.resolve();

  constructor(options: ZfmEmulatorOptions = {}) {
    this.#options = {
      model: 'zfm-20',
      capacity: 150,
      address: DEFAULT_ZFM_ADDRESS,
      password: 0,
      baudRate: 57_600,
      highestBaudRate: 921_600,
      packetBytes: 128,
      paced: false,
      seed: 1,
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    };
    const { model, baudRate, paced, seed, address, packetBytes } = this.#options;
    this.#packetBytes = packetBytes;
    this.#glass = new EmulatedGlass(ZFM_MODELS[model]);
    this.#wire = new EmulatedWire((bytes) => this.#hear(bytes), { baudRate, paced, seed });
    this.#reader = new FrameReader(zfmPackets(address));
  }

  /** What goes wrong on its wire. */
  get faults(): WireFaults {
    return this.#wire.faults;
  }

  /** Bits a second, now. */
  get baudRate(): number {
    return this.#wire.baudRate;
  }

  /** Commands that reached it, in order. */
  get calls(): readonly ZfmCommandName[] {
    return this.#calls;
  }

  /** Controls of its ring of light, in order: 1 breathes, 2 flashes, 3 is on, 4 is off. */
  get shown(): readonly number[] {
    return this.#shown;
  }

  /** Slots in use, ascending. */
  get slots(): readonly number[] {
    return [...this.#library.keys()].sort((a, b) => a - b);
  }

  /** Fingers that wait to be used. */
  get fingersWaiting(): number {
    return this.#glass.waiting;
  }

  /** Opens a line to it in memory, by any name; that line has a rate. Rejects while the cable is pulled. */
  get open(): OpenSerialLine {
    return this.#wire.open;
  }

  /**
   * Joins a stream of bytes, such as a pseudo-terminal, until the returned object is disposed. Never fails.
   *
   * @example
   * using joined = emulator.attach(stream);
   */
  attach(stream: Duplex): Disposable {
    return this.#wire.attach(stream);
  }

  /**
   * Puts a synthetic finger on the glass, 0 to 65535, when the one before it has left; it leaves when its picture or
   * its features were fetched. Never fails.
   *
   * @example
   * emulator.touch(7);
   */
  touch(finger: number): void {
    this.#glass.touch(finger);
  }

  /**
   * Takes away every finger that waits, and the one on the glass. Never fails.
   *
   * @example
   * emulator.lift();
   */
  lift(): void {
    this.#glass.lift();
  }

  /**
   * A touch that ends with this confirmation instead of a picture: 0x03 by default. Never fails.
   *
   * @example
   * emulator.touchBadly();
   */
  touchBadly(confirmation = 0x03): void {
    this.#glass.touchBadly(confirmation);
  }

  /**
   * The next commands but those to its light are answered with this confirmation, and not carried out: 0x01 for a
   * brown-out. Never fails.
   *
   * @example
   * emulator.failNext(0x18);
   */
  failNext(confirmation: number, times = 1): void {
    for (let i = 0; i < times; i++) this.#failures.push(confirmation);
  }

  /**
   * Puts the finger of someone else into the first free slot, and returns the slot. Throws RangeError without one.
   *
   * @example
   * const slot = emulator.plant(9);
   */
  plant(finger: number): number {
    const slot = this.#freeSlot();
    if (slot === undefined) throw new RangeError('the library is full');
    const features = this.#features(this.#glass.impressionOf(finger, 1));
    if (typeof features === 'number') throw new RangeError(`finger ${finger} has no features`);
    this.#library.set(slot, features);
    return slot;
  }

  /**
   * Leaves no slot free. Never fails.
   *
   * @example
   * emulator.fill();
   */
  fill(): void {
    for (let slot = this.#freeSlot(); slot !== undefined; slot = this.#freeSlot()) {
      this.#library.set(slot, new Uint8Array(512));
    }
  }

  /**
   * Pulls the cable: the library stays, and so does the rate. Never fails.
   *
   * @example
   * emulator.unplug();
   */
  unplug(): void {
    this.#wire.pull();
    this.#buffers.fill(undefined);
    this.#image = undefined;
    this.#isTrusted = false;
  }

  /**
   * Puts the cable back. Never fails.
   *
   * @example
   * emulator.plug();
   */
  plug(): void {
    this.#wire.plug();
  }

  #hear(bytes: Uint8Array): void {
    for (const packet of this.#reader.push(bytes).frames) {
      this.#busy = this.#busy.then(() => this.#take(packet));
    }
  }

  async #take({ type, payload }: ZfmPacket): Promise<void> {
    if (type === 'data' || type === 'lastData') return this.#takeData(type === 'lastData', payload);
    if (type !== 'command') return;
    const [code = 0, ...args] = payload;
    const name = NAMES.get(code);
    if (name === undefined) return await this.#answer(no(0x01));
    this.#calls.push(name);
    // The light is none of the work.
    const failure = name === 'AuraLed' ? undefined : this.#failures.shift();
    const reply = failure === undefined ? this.#carryOut(name, args) : no(failure);
    const worked = name !== 'GetImage' || reply.confirmation === ZFM_OK;
    const workMs = this.#options.paced && worked ? (WORK_MS[name] ?? 0) : 0;
    if (workMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, workMs));
    await this.#answer(reply);
  }

  async #answer({ confirmation, content = [], data, afterwards }: Reply): Promise<void> {
    const { address } = this.#options;
    const payload = Uint8Array.of(confirmation, ...content);
    await this.#wire.send(encodeZfmPacket({ type: 'answer', payload }, address));
    if (data !== undefined) {
      for (let at = 0; at < data.length; at += this.#packetBytes) {
        const type = at + this.#packetBytes < data.length ? 'data' : 'lastData';
        const part = data.subarray(at, at + this.#packetBytes);
        await this.#wire.send(encodeZfmPacket({ type, payload: part }, address));
      }
    }
    afterwards?.();
  }

  #carryOut(name: ZfmCommandName, args: readonly number[]): Reply {
    const [first = 0, ...rest] = args;
    if (name === 'VfyPwd') return this.#verifyPassword(args);
    if (this.#options.password !== 0 && !this.#isTrusted) return no(0x21);
    const buffer = (first - 1) & 1;
    const slot = word(rest, 0);
    switch (name) {
      case 'GetImage':
        return this.#getImage();
      case 'Img2Tz':
        return this.#makeFeatures(buffer);
      case 'Match':
        return this.#match();
      case 'Search':
        return this.#search(buffer, slot, word(rest, 2));
      case 'RegModel':
        return this.#join();
      case 'Store':
        return this.#store(buffer, slot);
      case 'LoadChar':
        return this.#load(buffer, slot);
      case 'UpChar':
        return { ...OK, data: this.#buffers[buffer] ?? new Uint8Array(512) };
      case 'DownChar':
        this.#incoming = { buffer, parts: [] };
        return OK;
      case 'UpImage':
        return this.#upImage();
      case 'DeletChar':
        for (let i = 0; i < word(args, 2); i++) this.#library.delete(word(args, 0) + i);
        return OK;
      case 'Empty':
        this.#library.clear();
        return OK;
      case 'SetSysPara':
        return this.#set(first, rest[0] ?? 0);
      case 'ReadSysPara':
        return { ...OK, content: this.#parameters() };
      case 'TemplateNum':
        return { ...OK, content: bytesOf(this.#library.size) };
      case 'ReadConList':
        return { ...OK, content: Array.from({ length: 32 }, (_, i) => this.#mapByte(256 * first + 8 * i)) };
      case 'AuraLed':
        this.#shown.push(first);
        return OK;
      default:
        return name satisfies never;
    }
  }

  #verifyPassword(args: readonly number[]): Reply {
    const given = ((word(args, 0) << 16) | word(args, 2)) >>> 0;
    this.#isTrusted = given === this.#options.password;
    return this.#isTrusted ? OK : no(0x13);
  }

  #getImage(): Reply {
    if (!this.#glass.look()) return no(0x02);
    const picture = this.#glass.picture();
    if (typeof picture === 'number') return no(picture);
    this.#image = picture;
    return OK;
  }

  #makeFeatures(buffer: number): Reply {
    if (this.#image === undefined) return no(0x15);
    const features = this.#features(this.#image);
    this.#glass.served();
    if (typeof features === 'number') return no(features);
    this.#buffers[buffer] = features;
    return OK;
  }

  /** Features, or the confirmation that says why there are none. */
  #features(image: GreyImage): Uint8Array | number {
    const extracted = extract(image);
    return extracted.kind === 'features' ? extracted.features : 0x06;
  }

  #match(): Reply {
    const [one, other] = this.#buffers;
    const score = one && other ? scoreOf(one, other) : 0;
    return score > 0 ? { ...OK, content: bytesOf(score) } : { confirmation: 0x08, content: [0, 0] };
  }

  #search(buffer: number, first: number, count: number): Reply {
    let best = { slot: 0, score: 0 };
    for (const slot of this.slots) {
      if (slot < first || slot >= first + count) continue;
      const score = scoreOf(this.#buffers[buffer], this.#library.get(slot));
      if (score > best.score) best = { slot, score };
    }
    const content = [...bytesOf(best.slot), ...bytesOf(best.score)];
    return { confirmation: best.score > 0 ? ZFM_OK : 0x09, content };
  }

  #join(): Reply {
    const [one, other] = this.#buffers;
    if (one === undefined || other === undefined || scoreOf(one, other) === 0) return no(0x0a);
    const joined = encodeTemplate([...decodeTemplate(one), ...decodeTemplate(other)].slice(0, 2));
    this.#buffers.fill(joined);
    return OK;
  }

  #store(buffer: number, slot: number): Reply {
    if (slot >= this.#options.capacity) return no(0x0b);
    const template = this.#buffers[buffer];
    if (template === undefined) return no(0x18);
    this.#library.set(slot, template);
    return OK;
  }

  #load(buffer: number, slot: number): Reply {
    const template = this.#library.get(slot);
    if (template === undefined) return no(0x0c);
    this.#buffers[buffer] = template;
    return OK;
  }

  #upImage(): Reply {
    if (this.#image === undefined) return no(0x0f);
    const { pixels } = this.#image;
    const data = new Uint8Array(pixels.length / 2);
    for (let i = 0; i < data.length; i++) data[i] = ((pixels[2 * i] ?? 0) & 0xf0) | ((pixels[2 * i + 1] ?? 0) >> 4);
    return { ...OK, data, afterwards: () => this.#glass.served() };
  }

  #set(register: number, value: number): Reply {
    if (register === PACKET_REGISTER) this.#packetBytes = 32 << (value & 3);
    if (register !== BAUD_REGISTER) return OK;
    const rate = 9600 * value;
    if (rate === 0 || rate > this.#options.highestBaudRate) return no(0x1b);
    return {
      ...OK,
      afterwards: () => {
        this.#wire.baudRate = rate;
      },
    };
  }

  #parameters(): readonly number[] {
    const { capacity, address } = this.#options;
    const packetCode = Math.log2(this.#packetBytes / 32);
    const words = [0, 9, capacity, 3, address >>> 16, address & 0xffff, packetCode, this.baudRate / 9600];
    return words.flatMap(bytesOf);
  }

  #mapByte(firstSlot: number): number {
    let byte = 0;
    for (let i = 0; i < 8; i++) if (this.#library.has(firstSlot + i)) byte |= 1 << i;
    return byte;
  }

  #takeData(isLast: boolean, payload: Uint8Array): void {
    if (this.#incoming === undefined) return;
    this.#incoming.parts.push(...payload);
    if (!isLast) return;
    const { buffer, parts } = this.#incoming;
    const bytes = Uint8Array.from(parts);
    // What is no template of its own it holds as nothing.
    this.#buffers[buffer] = isTemplate(bytes) ? bytes : new Uint8Array(512);
    this.#incoming = undefined;
  }

  #freeSlot(): number | undefined {
    for (let slot = 0; slot < this.#options.capacity; slot++) if (!this.#library.has(slot)) return slot;
    return undefined;
  }
}

/** 0 for different fingers. */
function scoreOf(features: Uint8Array | undefined, template: Uint8Array | undefined): number {
  if (features === undefined || template === undefined || !isTemplate(features) || !isTemplate(template)) return 0;
  const { match, score } = verify(features, template);
  return match ? Math.max(1, Math.round(10 * score)) : 0;
}

function isTemplate(bytes: Uint8Array): boolean {
  try {
    return decodeTemplate(bytes).length > 0;
  } catch {
    return false;
  }
}

function word(bytes: readonly number[], at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function bytesOf(value: number): readonly number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}
