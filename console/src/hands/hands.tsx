/** Chooses a finger on a pair of hands; enrolled fingers are marked. */

import { useId } from 'preact/hooks';
import { FINGERS, type FingerName, type SubFactor } from '../../../src/exports/whorl/client/browser.ts';
import { fingerWords } from '../words/finger-words.ts';
import { FINGERS_OF, HAND_HEIGHT, HAND_WIDTH, placeOf } from './finger-places.ts';

export interface HandsProps {
  readonly legend: string;
  readonly chosen: FingerName;
  readonly onChoose: (finger: FingerName) => void;
  readonly enrolled?: readonly SubFactor[];
  readonly disabled?: boolean;
}

export function Hands({ legend, chosen, onChoose, enrolled = [], disabled = false }: HandsProps) {
  const group = useId();
  return (
    <fieldset class="hands" disabled={disabled}>
      <legend>{legend}</legend>
      <div class="hands-pair">
        {(['left', 'right'] as const).map((hand) => (
          <div class="hand" key={hand}>
            <HandDrawing hand={hand} chosen={chosen} enrolled={enrolled} />
            {FINGERS_OF[hand].map((finger) => {
              const { tip } = placeOf(finger);
              const isEnrolled = enrolled.includes(FINGERS[finger]);
              return (
                <input
                  key={finger}
                  class="fingertip"
                  type="radio"
                  name={group}
                  value={finger}
                  checked={finger === chosen}
                  onChange={() => onChoose(finger)}
                  aria-label={`${fingerWords(FINGERS[finger])}${isEnrolled ? ', enrolled' : ''}`}
                  title={`${fingerWords(FINGERS[finger])}${isEnrolled ? ', enrolled' : ''}`}
                  style={{ left: `${(100 * tip[0]) / HAND_WIDTH}%`, top: `${(100 * tip[1]) / HAND_HEIGHT}%` }}
                />
              );
            })}
            <span class="hand-name" aria-hidden="true">
              {hand}
            </span>
          </div>
        ))}
      </div>
      <p class="hands-choice">
        <b>{fingerWords(FINGERS[chosen])}</b>
        {enrolled.includes(FINGERS[chosen]) && <span class="tag tag-enrolled">enrolled</span>}
      </p>
    </fieldset>
  );
}

interface DrawingProps {
  readonly hand: 'left' | 'right';
  readonly chosen: FingerName;
  readonly enrolled: readonly SubFactor[];
}

/** Draws the silhouette twice: first wider, in the colour of the outline, then in that of the skin. */
function HandDrawing({ hand, chosen, enrolled }: DrawingProps) {
  const fingers = FINGERS_OF[hand].map((finger) => ({ finger, ...placeOf(finger) }));
  const flip = hand === 'left' ? `translate(${HAND_WIDTH} 0) scale(-1 1)` : undefined;
  const silhouette = (grow: number) => (
    <>
      {fingers.map(({ finger, base, tip, width }) => (
        <path key={finger} d={`M${base} L${tip}`} stroke-width={width + grow} />
      ))}
      <g transform={flip}>
        <path d="M80 134 L146 138 L138 184 L92 184 Z" stroke-width={30 + grow} />
      </g>
    </>
  );
  return (
    <svg class="hand-drawing" viewBox={`0 0 ${HAND_WIDTH} ${HAND_HEIGHT}`} aria-hidden="true" focusable="false">
      <g class="hand-line">{silhouette(4)}</g>
      <g class="hand-skin">{silhouette(0)}</g>
      {fingers.map(({ finger, tip, width }) => {
        const marks = [finger === chosen && 'is-chosen', enrolled.includes(FINGERS[finger]) && 'is-enrolled'];
        return (
          <g key={finger} class={`print ${marks.filter(Boolean).join(' ')}`} transform={`translate(${tip})`}>
            <circle class="print-pad" r={width / 2 - 1.5} />
            <path class="print-ridges" d="M-7 5a7 7.5 0 0 1 14 0M-4 6a4 4.5 0 0 1 8 0M-.8 6.5a.8 1.2 0 0 1 1.6 0" />
          </g>
        );
      })}
    </svg>
  );
}
