/** A request to the control entry points of a sensor. */

import type { ControlRequest } from '../../../adapters/control.ts';

/** Sends nothing and takes up to 64 bytes unless told otherwise. */
export function controlRequest(
  code: number,
  privileged: boolean,
  sendBuffer = new Uint8Array(),
  receiveBufferSize = 64,
): ControlRequest {
  return { code, privileged, sendBuffer, receiveBufferSize };
}
