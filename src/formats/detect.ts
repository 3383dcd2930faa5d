/** Which format bytes are in, told by their content. Runs anywhere. */

import { validateBir } from './bir.ts';
import { isPng } from './png.ts';
import { isWsq } from './wsq/index.ts';

/** Formats that can be told apart. */
export type FormatName = 'bir' | 'png' | 'wsq';

/** The format of the bytes; undefined when it is none of ours. Says nothing about whether they are sound. */
export function detectFormat(bytes: Uint8Array): FormatName | undefined {
  if (isPng(bytes)) return 'png';
  if (isWsq(bytes)) return 'wsq';
  return isBir(bytes) ? 'bir' : undefined;
}

function isBir(bytes: Uint8Array): boolean {
  try {
    validateBir(bytes);
    return true;
  } catch {
    return false;
  }
}
