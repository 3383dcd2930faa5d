/** Names of fingers in words. */

import { fingerName, type SubFactor } from '../../../src/exports/whorl/client/browser.ts';

/** "right index finger"; "position 13" for other sub-factors. */
export function fingerWords(subFactor: SubFactor): string {
  const name = fingerName(subFactor);
  if (name.startsWith('position ')) return name;
  const words = name.replace('-', ' ');
  return name.endsWith('thumb') ? words : `${words} finger`;
}
