/** Which format bytes are in, told by their content. */

import { isAnsiNist } from './ansi-nist/ansi-nist-reader.ts';
import { validateBir } from './bir/bir.ts';
import { detectFingerImageFormat } from './finger-image/finger-image-reader.ts';
import type { FingerImageFormat } from './finger-image/finger-image-record.ts';
import { isBmp } from './image/bmp.ts';
import { isPgm } from './image/pgm.ts';
import { isPng } from './image/png.ts';
import { isTiff } from './image/tiff/tiff.ts';
import { isJpeg } from './jpeg/jpeg-header.ts';
import { isJpeg2000 } from './jpeg-2000/jpeg-2000-header.ts';
import { detectMinutiaeFormat } from './minutiae/minutiae-format.ts';
import type { MinutiaeFormat } from './minutiae/minutiae-record.ts';
import { isIcaoDg3 } from './wrapped/icao-dg3.ts';
import { isPivCbeff } from './wrapped/piv-cbeff.ts';
import { isWsq } from './wsq/index.ts';

const TESTS = {
  'ansi-nist': isAnsiNist,
  png: isPng,
  wsq: isWsq,
  jpeg: isJpeg,
  jp2: isJpeg2000,
  tiff: isTiff,
  bmp: isBmp,
  'icao-dg3': isIcaoDg3,
  pgm: isPgm,
  'piv-cbeff': isPivCbeff,
  // Last: a BIR has no signature, so it is told by being a sound one.
  bir: isBir,
} as const satisfies Record<string, (bytes: Uint8Array) => boolean>;

/** Names of the formats that can be told apart. */
export type FormatName = keyof typeof TESTS | MinutiaeFormat | FingerImageFormat;

/**
 * The format of the bytes, told by their content; undefined for any other. Says nothing about whether they are sound.
 * Never fails.
 *
 * @example
 * detectFormat(await readFile('print.png')); // 'png'
 */
export function detectFormat(bytes: Uint8Array): FormatName | undefined {
  const record = detectMinutiaeFormat(bytes) ?? detectFingerImageFormat(bytes);
  return record ?? (Object.keys(TESTS) as (keyof typeof TESTS)[]).find((name) => TESTS[name](bytes));
}

function isBir(bytes: Uint8Array): boolean {
  try {
    validateBir(bytes);
    return true;
  } catch {
    return false;
  }
}
