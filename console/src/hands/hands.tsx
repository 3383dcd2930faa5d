/** Chooses a finger on a pair of hands, drawn palms down as you see your own; enrolled fingers wear a ring. */

import { useId } from 'preact/hooks';
import { FINGERS, type FingerName, type SubFactor } from '../../../src/exports/whorl/client/browser.ts';
import { t } from '../words/catalogue.ts';
import { fingerWords } from '../words/finger-words.ts';
import { FINGERS_OF, HAND_HEIGHT, HAND_WIDTH, placeOf } from './finger-places.ts';

export interface HandsProps {
  /** For screen readers: what is chosen here. */
  readonly legend: string;
  readonly chosen: FingerName | undefined;
  readonly onChoose: (finger: FingerName) => void;
  readonly enrolled?: readonly SubFactor[];
  readonly disabled?: boolean;
}

export function Hands({ legend, chosen, onChoose, enrolled = [], disabled = false }: HandsProps) {
  const group = useId();
  return (
    <fieldset disabled={disabled}>
      <legend class="sr">{legend}</legend>
      <div class="hands">
        {(['left', 'right'] as const).map((hand) => (
          <div class="hand" key={hand}>
            <HandDrawing hand={hand} chosen={chosen} enrolled={enrolled} />
            {FINGERS_OF[hand].map((finger) => {
              const { tip } = placeOf(finger);
              const isEnrolled = enrolled.includes(FINGERS[finger]);
              const words = fingerWords(FINGERS[finger]);
              const label = isEnrolled ? t('hands.enrolled', { finger: words }) : words;
              return (
                <input
                  key={finger}
                  type="radio"
                  name={group}
                  value={finger}
                  checked={finger === chosen}
                  onChange={() => onChoose(finger)}
                  aria-label={label}
                  title={label}
                  style={{ left: `${(100 * tip[0]) / HAND_WIDTH}%`, top: `${(100 * tip[1]) / HAND_HEIGHT}%` }}
                />
              );
            })}
            <span class="hand-name" aria-hidden="true">
              {t(`hands.${hand}`)}
            </span>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

interface DrawingProps {
  readonly hand: 'left' | 'right';
  readonly chosen: FingerName | undefined;
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
        <path class="palm" d="M80 134 L146 138 L138 184 L92 184 Z" stroke-width={30 + grow} />
      </g>
    </>
  );
  return (
    <svg viewBox={`0 0 ${HAND_WIDTH} ${HAND_HEIGHT}`} aria-hidden="true" focusable="false">
      <g class="hl">{silhouette(4)}</g>
      <g class="hs">{silhouette(0)}</g>
      {fingers.map(({ finger, tip, width }) => {
        const isEnrolled = enrolled.includes(FINGERS[finger]);
        const state = finger === chosen ? 'chosen' : isEnrolled ? 'on' : '';
        return (
          <g key={finger} class={`tip ${state} ${isEnrolled ? 'enrolled' : ''}`} transform={`translate(${tip})`}>
            <circle r={width / 2 - 1} />
            {state !== '' && (
              <path fill="none" d="M-7 5a7 7.5 0 0 1 14 0M-4 6a4 4.5 0 0 1 8 0M-.8 6.5a.8 1.2 0 0 1 1.6 0" />
            )}
          </g>
        );
      })}
    </svg>
  );
}
