/** Names of fingers in words. */

import { type FingerName, fingerName, type SubFactor } from '../../../src/exports/whorl/client/browser.ts';
import { t } from './catalogue.ts';

/** "right index finger"; "position 13" for what is none of the ten fingers. */
export function fingerWords(subFactor: SubFactor): string {
  const name = fingerName(subFactor);
  return name.startsWith('position ') ? t('finger.other', { number: subFactor }) : t(`finger.${name as FingerName}`);
}

/** With a capital letter where the language has them: at the beginning of a line. */
export function fingerTitle(subFactor: SubFactor): string {
  return capitalized(fingerWords(subFactor));
}

export function capitalized(words: string): string {
  const [first = '', ...rest] = words;
  return first.toLocaleUpperCase() + rest.join('');
}
