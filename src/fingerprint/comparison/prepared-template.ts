/** A template made ready for comparison: its views, one after the other. */

import type { Impression } from '../template/impression.ts';
import { encodeTemplate, impressionStarts, locateImpressions, textureStart } from '../template/template-codec.ts';
import { textureCountAt, unpackTexture } from '../template/texture-codec.ts';
import { textureWords, viewWords } from './prepared-view.ts';
import { threadPreparer } from './view-preparer.ts';

/** Views of one template in one array of words; see prepared-view.ts. */
export interface PreparedTemplate {
  readonly words: Int32Array;
  /** First word of each view. */
  readonly views: readonly number[];
  /** For each view, the number that each of its minutiae has in the template; coincident ones are left out. */
  readonly minutiae: readonly Uint8Array[];
}

/** Prepares a template. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT as its decoder does. */
export function prepareTemplate(bytes: Uint8Array): PreparedTemplate {
  return prepareLocated(bytes, locateImpressions(bytes));
}

/** Prepares a template that is known to be sound. */
export function prepareSoundTemplate(bytes: Uint8Array): PreparedTemplate {
  return prepareLocated(bytes, impressionStarts(bytes));
}

/** One prepared impression. */
export function prepareImpression(impression: Impression): Int32Array {
  return prepareSoundTemplate(encodeTemplate([impression])).words;
}

function prepareLocated(bytes: Uint8Array, starts: readonly number[]): PreparedTemplate {
  const preparer = threadPreparer();
  const words = new Int32Array(
    starts.reduce((sum, start) => sum + viewWords(bytes[start + 5]!) + samplesAt(bytes, start), 0),
  );
  const views: number[] = [];
  let end = 0;
  const minutiae = starts.map((start) => {
    const numbers = preparer.prepare(bytes, start);
    const size = viewWords(numbers.length);
    words.set(preparer.view.subarray(0, size), end);
    views.push(end);
    end += size;
    end += writeSamples(bytes, start, words.subarray(end));
    return numbers;
  });
  return { words: words.subarray(0, end), views, minutiae };
}

/** Words that the phase samples of an impression take. */
function samplesAt(bytes: Uint8Array, start: number): number {
  return textureCountAt(bytes, start) === 0 ? 1 : textureWords(frameAt(bytes, textureStart(bytes, start)));
}

function writeSamples(bytes: Uint8Array, start: number, words: Int32Array): number {
  const at = textureStart(bytes, start);
  if (textureCountAt(bytes, start) > 0) {
    words[0] = frameAt(bytes, at);
    unpackTexture(bytes, at, new Uint16Array(words.buffer, words.byteOffset + 4));
  }
  return samplesAt(bytes, start);
}

function frameAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}
