/** Messages as frames of MessagePack, for sockets. */

import { Packr, RESERVE_START_SPACE } from 'msgpackr';
import { BiometricError } from '../core/biometric-error.ts';
import { checkPacked } from './check-packed.ts';
import { FRAME_HEADER_BYTES, writeFrameLength } from './frame-splitter.ts';

/** Plain values only: objects as maps, no records, references or classes. */
const PACKR = new Packr({ useRecords: false, encodeUndefinedAsNil: true, moreTypes: false, copyBuffers: true });

/** A message as a whole frame: length, then content. The content is packed where it is sent from. */
export function encodeFrame(message: unknown): Uint8Array {
  const frame: Uint8Array = PACKR.pack(message, RESERVE_START_SPACE | FRAME_HEADER_BYTES);
  writeFrameLength(frame, frame.length - FRAME_HEADER_BYTES);
  return frame;
}

/** The message in the content of a frame. Throws WHORL_E_PROTOCOL; a schema judges its meaning. */
export function decodeFrame(content: Uint8Array, maxValues?: number): unknown {
  checkPacked(content, maxValues);
  try {
    // From a plain view the byte strings of the message are neither Buffers nor views that keep the frame alive.
    return PACKR.unpack(new Uint8Array(content.buffer, content.byteOffset, content.length));
  } catch (cause) {
    throw new BiometricError('WHORL_E_PROTOCOL', 'a message cannot be read', { cause });
  }
}
