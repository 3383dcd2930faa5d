/** Ten bars, one a finger: the enrolled ones are filled. */

import { FINGERS, type SubFactor } from '../../../src/exports/whorl/client/browser.ts';
import { FINGERS_OF } from '../hands/finger-places.ts';
import { t } from '../words/catalogue.ts';
import { fingerWords } from '../words/finger-words.ts';
import { listText } from '../words/formats.ts';

/** From the left little finger to the right one. */
const HEIGHTS = [12, 18, 22, 18, 12, 12, 18, 22, 18, 12];

export function FingerGlyph({ fingers }: { readonly fingers: readonly SubFactor[] }) {
  const label = fingers.length === 0 ? t('fingers.none') : listText(fingers.map((each) => fingerWords(each)));
  return (
    <svg class="glyph" viewBox="0 0 74 24" role="img" aria-label={label}>
      <title>{label}</title>
      {[...FINGERS_OF.left, ...FINGERS_OF.right].map((finger, i) => (
        <rect
          key={finger}
          class={fingers.includes(FINGERS[finger]) ? 'on' : undefined}
          x={i * 7 + (i > 4 ? 5 : 0)}
          y={24 - (HEIGHTS[i] ?? 0)}
          width={5}
          height={HEIGHTS[i] ?? 0}
          rx={2}
        />
      ))}
    </svg>
  );
}
