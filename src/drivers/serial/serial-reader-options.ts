/** How a reader on a serial line is found. */

import type { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import {
  callback,
  checkArgument,
  checkOptions,
  type OptionTable,
  oneOf,
  record,
  text,
  wholeNumber,
} from '../../core/option-rules.ts';

import type { FingerImager } from './finger-imager.ts';
import { Gt511Module } from './gt511/gt511-module.ts';
import { openSerialPort } from './open-serial-port.ts';
import type { OpenSerialLine, SerialLine } from './serial-line.ts';
import { ZFM_MODELS, type ZfmModelName } from './zfm/models.ts';
import { ZfmModule } from './zfm/zfm-module.ts';

/** What a module speaks: that of the ZFM-20, R30x, R503 and AS608, or that of the GT-511C3. */
export type SerialDialect = 'zfm' | 'gt-511';

/** Options of a reader on a serial line. */
export interface SerialReaderOptions {
  /** Where the module is: `/dev/ttyUSB0`, better `/dev/serial/by-id/...`, `COM3`. */
  readonly port: string;
  /** What it speaks. Default: `zfm`. */
  readonly dialect?: SerialDialect | undefined;
  /** Its model, which says how large its pictures are. Default: `zfm-20`; the other dialect has one model. */
  readonly model?: ZfmModelName | undefined;
  /** Its rate, bits a second. Default: the usual ones are tried. */
  readonly baud?: number | undefined;
  /** Its password, 32 bits; `zfm` only. Default: 0. */
  readonly password?: number | undefined;
  /** Its address, 32 bits; `zfm` only. Default: 0xffffffff. */
  readonly address?: number | undefined;
  /** Told why no module was found; once while the reason stays the same. Default: nobody is. */
  readonly onFault?: ((error: BiometricError) => void) | undefined;
  /** Opens the line. Default: a port of this machine. */
  readonly open?: OpenSerialLine | undefined;
  /** Measures time. Default: the clock of the system. */
  readonly clock?: Clock | undefined;
}

const word = wholeNumber(0, 0xffff_ffff);
const RULES: OptionTable<SerialReaderOptions> = {
  port: text,
  dialect: oneOf('zfm', 'gt-511'),
  model: oneOf(...Object.keys(ZFM_MODELS)),
  baud: wholeNumber(9600, 921_600),
  password: word,
  address: word,
  onFault: callback,
  open: callback,
  clock: record,
};

/** Throws E_INVALIDARG unless every option of `door` is one, and a port is named. */
export function checkSerialOptions(door: string, options: SerialReaderOptions): void {
  checkOptions(door, options, RULES);
  checkArgument(door, 'port', options.port, text);
}

/** Opens the port and finds a ZFM module, at `lastBaud` first. Rejects with the reason, and leaves no port open then. */
export function findZfmModule(options: SerialReaderOptions, lastBaud?: number): Promise<ZfmModule> {
  return onLine(options, 57_600, (line) => ZfmModule.find(line, { ...options, lastBaud }));
}

/** Opens the port and finds the module of its dialect. Rejects as {@link findZfmModule}. */
export async function findFingerImager(options: SerialReaderOptions, lastBaud?: number): Promise<FingerImager> {
  if (options.dialect !== 'gt-511') return await findZfmModule(options, lastBaud);
  return await onLine(options, 9600, (line) => Gt511Module.find(line, options));
}

async function onLine<T>(
  { port, baud, open = openSerialPort }: SerialReaderOptions,
  usualRate: number,
  find: (line: SerialLine) => Promise<T>,
): Promise<T> {
  const line = await open(port, baud ?? usualRate);
  try {
    return await find(line);
  } catch (thrown) {
    await line.close();
    throw thrown;
  }
}
