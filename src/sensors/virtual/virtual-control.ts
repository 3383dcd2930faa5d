/** Vendor commands of the virtual sensor. WBF: adapters 9. */

import type { ControlOutcome, ControlRequest } from '../../adapters/control.ts';
import { BiometricError } from '../../core/biometric-error.ts';

/** Returns what was sent. The operation status is 0 through the plain entry point, 1 through the privileged one. */
export const VIRTUAL_CONTROL_ECHO = 0x800;
/** Plain only: the sensor status (`WINBIO_SENSOR_*`) as u32. */
export const VIRTUAL_CONTROL_STATUS = 0x801;
/** Privileged only: captures begun since the sensor was plugged in, as u32. */
export const VIRTUAL_CONTROL_CAPTURE_COUNT = 0x802;

/** What the commands can report. */
export interface VirtualControlFacts {
  readonly status: number;
  readonly captureCount: number;
}

/** Runs a command. Throws E_INVALIDARG (unknown at this entry point), E_NOT_SUFFICIENT_BUFFER. */
export function runVirtualControl(request: ControlRequest, facts: VirtualControlFacts): ControlOutcome {
  const entry = request.privileged ? PRIVILEGED : PLAIN;
  const command = entry[request.code];
  if (command === undefined) throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  const received = command(request, facts);
  if (received.length > request.receiveBufferSize) {
    throw new BiometricError('E_NOT_SUFFICIENT_BUFFER', `the answer has ${received.length} bytes`);
  }
  return { operationStatus: request.privileged ? 1 : 0, received };
}

type Command = (request: ControlRequest, facts: VirtualControlFacts) => Uint8Array;

const echo: Command = (request) => new Uint8Array(request.sendBuffer);

const PLAIN: Readonly<Record<number, Command>> = {
  [VIRTUAL_CONTROL_ECHO]: echo,
  [VIRTUAL_CONTROL_STATUS]: (_request, facts) => u32(facts.status),
};

const PRIVILEGED: Readonly<Record<number, Command>> = {
  [VIRTUAL_CONTROL_ECHO]: echo,
  [VIRTUAL_CONTROL_CAPTURE_COUNT]: (_request, facts) => u32(facts.captureCount),
};

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
