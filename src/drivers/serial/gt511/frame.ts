/** Frames of the GT-511 family. Source: ADH-Tech, GT-511C3 datasheet, "Protocol: packet structure". */

import { BiometricError } from '../../../core/biometric-error.ts';
import type { FrameFormat, FrameReading } from '../frame-reader.ts';

/** A frame that a module sends. */
export type Gt511Frame =
  | {
      /** Whether it did what it was told. */
      readonly kind: 'ack' | 'nack';
      /** The answer of an `ack`, the error of a `nack`; 32 bits. */
      readonly parameter: number;
    }
  | {
      /** Data that were asked for. */
      readonly kind: 'data';
      /** Their bytes. */
      readonly data: Uint8Array;
    };

const COMMAND_BYTES = 12;
const DATA_FRAME_BYTES = 6;
const DEVICE_ID = 1;
const ACK = 0x30;
const NACK = 0x31;

/** The bytes of a command: 55 AA, device (2), parameter (4), command (2), sum of all before (2); little endian. */
export function encodeGt511Command(command: number, parameter = 0): Uint8Array {
  const bytes = new Uint8Array(COMMAND_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x55aa);
  view.setUint16(2, DEVICE_ID, true);
  view.setUint32(4, parameter, true);
  view.setUint16(8, command, true);
  view.setUint16(10, sumOf(bytes.subarray(0, 10)), true);
  return bytes;
}

/** The bytes of an answer. */
export function encodeGt511Answer(kind: 'ack' | 'nack', parameter = 0): Uint8Array {
  return encodeGt511Command(kind === 'ack' ? ACK : NACK, parameter);
}

/** The bytes of data: 5A A5, device (2), data, sum of all before (2). */
export function encodeGt511Data(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(DATA_FRAME_BYTES + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x5aa5);
  view.setUint16(2, DEVICE_ID, true);
  bytes.set(data, 4);
  view.setUint16(4 + data.length, sumOf(bytes.subarray(0, 4 + data.length)), true);
  return bytes;
}

/** Command and parameter of the bytes of a command. Throws WHORL_E_MALFORMED for other bytes. */
export function decodeGt511Command(bytes: Uint8Array): { readonly command: number; readonly parameter: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = bytes.length === COMMAND_BYTES && view.getUint16(0) === 0x55aa;
  if (!whole || view.getUint16(10, true) !== sumOf(bytes.subarray(0, 10))) {
    throw new BiometricError('WHORL_E_MALFORMED', 'these bytes are no command of a GT-511');
  }
  return { command: view.getUint16(8, true), parameter: view.getUint32(4, true) };
}

/** Frames that come. A frame of data does not say how long it is: `dataBytes` does, 0 while none is wanted. */
export class Gt511Frames implements FrameFormat<Gt511Frame> {
  /** Bytes of the data that are wanted now. */
  dataBytes = 0;

  get maxBytes(): number {
    return Math.max(COMMAND_BYTES, DATA_FRAME_BYTES + this.dataBytes);
  }

  readonly read = (bytes: Uint8Array): FrameReading<Gt511Frame> => {
    const [first, second] = bytes;
    const isAnswer = first === 0x55;
    const isData = first === 0x5a && this.dataBytes > 0;
    if (!isAnswer && !isData) return 'none';
    if (second === undefined) return 'more';
    if (second !== (isAnswer ? 0xaa : 0xa5)) return 'none';
    const length = isAnswer ? COMMAND_BYTES : DATA_FRAME_BYTES + this.dataBytes;
    if (bytes.length < length) return 'more';
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    if (view.getUint16(2, true) !== DEVICE_ID) return 'none';
    if (view.getUint16(length - 2, true) !== sumOf(bytes.subarray(0, length - 2))) return 'damaged';
    if (isData) return { frame: { kind: 'data', data: bytes.slice(4, length - 2) }, length };
    const code = view.getUint16(8, true);
    if (code !== ACK && code !== NACK) return 'none';
    return { frame: { kind: code === ACK ? 'ack' : 'nack', parameter: view.getUint32(4, true) }, length };
  };
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum & 0xffff;
}
