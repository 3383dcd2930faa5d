/** Fingers as other products name them: numbers of ANSI 381 and ISO/IEC 19794, and words of many spellings. */

import { WINBIO_ANSI_381_POS_LH_THUMB, WINBIO_ANSI_381_POS_RH_THUMB } from './constants.ts';
import type { SubFactor } from './identifiers.ts';
import { isEnrollableSubFactor } from './sub-factor.ts';

const SIDES = { right: WINBIO_ANSI_381_POS_RH_THUMB, left: WINBIO_ANSI_381_POS_LH_THUMB } as const;
const SIDE = 'right|left|rh|lh|r|l';
const FINGER = 'thumb|index|fore|pointer|middle|long|ring|little|small|pinky|pinkie|t|i|m|r|l';
/** Thumb 0 to little finger 4. */
const PLACES: Readonly<Record<string, number>> = {
  thumb: 0,
  t: 0,
  index: 1,
  fore: 1,
  pointer: 1,
  i: 1,
  middle: 2,
  long: 2,
  m: 2,
  ring: 3,
  r: 3,
  little: 4,
  small: 4,
  pinky: 4,
  pinkie: 4,
  l: 4,
};
/** Plain impressions of the thumbs, as transactions number them. ANSI/NIST-ITL 1-2011, table 12. */
const PLAIN_THUMBS: Readonly<Record<number, SubFactor>> = { 11: SIDES.right, 12: SIDES.left };

const GAP = '[\\s_.-]*';
/**
 * A finger as part of a longer text, as the source of a regular expression that ignores case: `right-index`, `LEFT_THUMB`,
 * `Left IndexFinger`, `RI`, `7`.
 */
export const FINGER_PATTERN = `(?:(?:${SIDE})${GAP}(?:hand)?${GAP}(?:${FINGER})${GAP}(?:finger)?|\\d{1,3})`;
const WORDS = new RegExp(`^(${SIDE})${GAP}(?:hand)?${GAP}(${FINGER})${GAP}(?:finger)?$`, 'i');

/** The sub-factor that a number or a text names; undefined when it names none that can be enrolled. */
export function fingerOfWords(given: number | string): SubFactor | undefined {
  const text = String(given).trim();
  if (/^(?:\d{1,3}|0x[0-9a-f]{1,2})$/i.test(text)) {
    const number = Number(text);
    const position = PLAIN_THUMBS[number] ?? number;
    return isEnrollableSubFactor(position) ? position : undefined;
  }
  const [, side = '', finger = ''] = WORDS.exec(text) ?? [];
  const place = PLACES[finger.toLowerCase()];
  if (place === undefined) return undefined;
  return SIDES[side.toLowerCase().startsWith('r') ? 'right' : 'left'] + place;
}
