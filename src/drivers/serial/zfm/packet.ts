/** Packets of the ZFM-20 family. Source: Zhiantec, ZFM-20 user manual, chapter 4; GROW, R503 user manual, chapter 4. */

import { BiometricError } from '../../../core/biometric-error.ts';
import type { FrameFormat, FrameReading } from '../frame-reader.ts';

/** What a packet is. */
export const ZFM_PACKET_TYPES = Object.freeze({ command: 0x01, data: 0x02, answer: 0x07, lastData: 0x08 } as const);

/** Kind of a packet. */
export type ZfmPacketType = keyof typeof ZFM_PACKET_TYPES;

/** A packet. */
export interface ZfmPacket {
  /** What it is. */
  readonly type: ZfmPacketType;
  /** Its content, at most {@link MAX_ZFM_PAYLOAD} bytes. */
  readonly payload: Uint8Array;
}

/** Address of a module that was not given another one. */
export const DEFAULT_ZFM_ADDRESS = 0xffff_ffff;

/** Most bytes of a payload: the largest packet size a module can be set to. */
export const MAX_ZFM_PAYLOAD = 256;

const HEADER_BYTES = 9;
const CHECKSUM_BYTES = 2;

const TYPES = new Map<number, ZfmPacketType>(
  Object.entries(ZFM_PACKET_TYPES).map(([name, code]) => [code, name as ZfmPacketType]),
);

/**
 * The bytes of a packet: EF 01, address (4), type (1), length of payload and checksum (2), payload, and the sum of type,
 * length and payload (2). Throws E_INVALIDARG for a payload that is too long.
 */
export function encodeZfmPacket({ type, payload }: ZfmPacket, address: number = DEFAULT_ZFM_ADDRESS): Uint8Array {
  if (payload.length > MAX_ZFM_PAYLOAD) throw new BiometricError('E_INVALIDARG', 'a packet holds at most 256 bytes');
  const bytes = new Uint8Array(HEADER_BYTES + payload.length + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xef01);
  view.setUint32(2, address);
  view.setUint8(6, ZFM_PACKET_TYPES[type]);
  view.setUint16(7, payload.length + CHECKSUM_BYTES);
  bytes.set(payload, HEADER_BYTES);
  view.setUint16(bytes.length - CHECKSUM_BYTES, sumOf(bytes));
  return bytes;
}

/** Packets of one address; those of another are not there. */
export function zfmPackets(address: number): FrameFormat<ZfmPacket> {
  const start = Uint8Array.of(0xef, 0x01, ...bytesOf(address));
  return {
    maxBytes: HEADER_BYTES + MAX_ZFM_PAYLOAD + CHECKSUM_BYTES,
    read: (bytes) => readPacket(start, bytes),
  };
}

function readPacket(start: Uint8Array, bytes: Uint8Array): FrameReading<ZfmPacket> {
  for (let i = 0; i < start.length; i++) {
    if (i === bytes.length) return 'more';
    if (bytes[i] !== start[i]) return 'none';
  }
  if (bytes.length < HEADER_BYTES) return 'more';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const type = TYPES.get(view.getUint8(6));
  const length = view.getUint16(7);
  if (type === undefined || length < CHECKSUM_BYTES || length > MAX_ZFM_PAYLOAD + CHECKSUM_BYTES) return 'none';
  const end = HEADER_BYTES + length;
  if (bytes.length < end) return 'more';
  const whole = bytes.subarray(0, end);
  if (view.getUint16(end - CHECKSUM_BYTES) !== sumOf(whole)) return 'damaged';
  return { frame: { type, payload: bytes.slice(HEADER_BYTES, end - CHECKSUM_BYTES) }, length: end };
}

/** Sum of type, length and payload. */
function sumOf(packet: Uint8Array): number {
  let sum = 0;
  for (let i = 6; i < packet.length - CHECKSUM_BYTES; i++) sum += packet[i] ?? 0;
  return sum & 0xffff;
}

function bytesOf(address: number): readonly number[] {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff);
}
