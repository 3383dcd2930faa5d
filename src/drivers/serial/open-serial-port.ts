/** Opens a port of this machine, wherever it is asked for. */

import { isMainThread } from 'node:worker_threads';
import type { SerialLine } from './serial-line.ts';

/**
 * Opens a port and locks it against other programs. The native half of `serialport` waits on the event loop of the main
 * thread, whichever thread it is loaded in, and ends the process from any other: there the port is opened in a process of
 * its own. Rejects with WHORL_E_CONFIGURATION where `serialport` is not installed, WINBIO_E_SENSOR_UNAVAILABLE where there
 * is no such port, WINBIO_E_DEVICE_BUSY while another program has it, and E_ACCESSDENIED when this account may not use it.
 */
export async function openSerialPort(path: string, baudRate: number): Promise<SerialLine> {
  if (isMainThread) return await (await import('./port-here.ts')).openPortHere(path, baudRate);
  return await (await import('./port-apart.ts')).openPortApart(path, baudRate);
}
