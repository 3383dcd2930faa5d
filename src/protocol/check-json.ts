/**
 * Checks a JSON text before it is parsed: a short hostile one can hold millions of values, each of which a parser makes
 * an object of. Strings are skipped as a whole, since an honest message is mostly one string.
 */

import { BiometricError } from '../core/biometric-error.ts';
import { MAX_DEPTH, MAX_VALUES } from './message-limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);
const COMMA = 0x2c;

/** Throws WHORL_E_PROTOCOL when it is nested too deep or has too many values. What is no JSON is for the parser. */
export function checkJson(text: string, maxValues = MAX_VALUES): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (OPENING.has(code)) {
      depth += 1;
      values += 1;
      if (depth > MAX_DEPTH) throw new BiometricError('WHORL_E_PROTOCOL', 'a message is nested too deep');
    } else if (CLOSING.has(code)) {
      depth -= 1;
    } else if (code === COMMA) {
      values += 1;
    }
    if (values > maxValues) throw new BiometricError('WHORL_E_PROTOCOL', 'a message has too many values');
  }
}

/** The place of the quote that ends the string; the end of the text when none does. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at > 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
