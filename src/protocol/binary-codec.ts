/** Messages as frames of MessagePack, for sockets. */

import { Packr } from 'msgpackr';
import { BiometricError } from '../core/biometric-error.ts';
import { checkPacked } from './check-packed.ts';
import { FRAME_HEADER_BYTES } from './frame-splitter.ts';

/** Plain values only: maps for objects, no records, no references, no classes. */
const PACKR = new Packr({ useRecords: false, encodeUndefinedAsNil: true, moreTypes: false, copyBuffers: true });

/** A whole frame: length and content. */
export function encodeFrame(message: unknown): Uint8Array {
  const content = PACKR.pack(message);
  const frame = new Uint8Array(FRAME_HEADER_BYTES + content.length);
  new DataView(frame.buffer).setUint32(0, content.length);
  frame.set(content, FRAME_HEADER_BYTES);
  return frame;
}

/** The content of a frame. Throws WHORL_E_PROTOCOL; what the message says is for its schema to judge. */
export function decodeFrame(content: Uint8Array): unknown {
  checkPacked(content);
  try {
    // A plain view, so that no byte string of the message becomes a Buffer or holds on to the frame.
    return PACKR.unpack(new Uint8Array(content.buffer, content.byteOffset, content.length));
  } catch (cause) {
    throw new BiometricError('WHORL_E_PROTOCOL', 'a message cannot be read', { cause });
  }
}
