/**
 * A finger that is filled as an enrollment sees it. The ridges are a drawing, the same for everyone: only where they are
 * coloured comes from the finger.
 */

import { useId } from 'preact/hooks';
import ridges from './ridges.png';

/** What of the finger was seen: cells of a millimetre, around the middle of the drawing. */
export interface SeenCell {
  /** Millimetres from the middle, to the right and down. */
  readonly x: number;
  readonly y: number;
  /** How many touches saw it. */
  readonly views: number;
}

/** A side of the finger. */
export type Edge = 'left' | 'right' | 'tip' | 'base';

export interface GrowingPrintProps {
  /** Undefined for decoration. */
  readonly label?: string;
  readonly cells?: readonly SeenCell[];
  readonly isWaiting?: boolean;
  readonly isDim?: boolean;
  readonly isComplete?: boolean;
  readonly edges?: Readonly<Partial<Record<Edge, 'open' | 'next' | 'done'>>>;
  /** Where to move the finger. */
  readonly arrow?: 'left' | 'right' | 'up' | 'down' | undefined;
}

const FINGER = 'M30 418C24 340 24 260 25 190C25 86 86 18 160 18s135 68 135 172c1 70 1 150-5 228';
const EDGES: Readonly<Record<Edge, string>> = {
  left: 'M14 250C12 200 14 160 24 128',
  tip: 'M98 24Q160-14 222 24',
  right: 'M306 250C308 200 306 160 296 128',
  base: 'M70 428Q160 440 250 428',
};
const ARROWS = { left: [52, 232, 180], right: [268, 232, 0], up: [160, 62, -90], down: [160, 372, 90] } as const;
/** Units of the drawing in a millimetre, and its middle. */
const MM = 16;
const MIDDLE = { x: 160, y: 215 };

export function GrowingPrint(props: GrowingPrintProps) {
  const { label, cells = [], isWaiting = false, isDim = false, isComplete = false, edges = {}, arrow } = props;
  const id = useId().replace(/[^\w-]/g, '');
  const shades = [1, 2, 3].map((views) =>
    pathOf(
      cells.filter((cell) => Math.min(3, cell.views) === views),
      0.75,
    ),
  );
  const described =
    label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a label, or is decoration
    <svg class={isDim ? 'print dim' : 'print'} viewBox="0 0 320 440" focusable="false" {...described}>
      <defs>
        <linearGradient id={`${id}fade`} x1="0" y1="0" x2="0" y2="1">
          <stop offset=".8" stop-color="#fff" />
          <stop offset="1" stop-color="#fff" stop-opacity="0" />
        </linearGradient>
        <mask id={`${id}whole`} maskUnits="userSpaceOnUse" x="0" y="0" width="320" height="424">
          <rect width="320" height="424" fill={`url(#${id}fade)`} />
        </mask>
        <mask id={`${id}ridges`} maskUnits="userSpaceOnUse" x="0" y="0" width="320" height="420">
          <image href={ridges} width="320" height="420" />
        </mask>
        <clipPath id={`${id}finger`}>
          <path d={`${FINGER}z`} />
        </clipPath>
        <clipPath id={`${id}seen`}>
          <path d={isComplete ? 'M0 0H320V440H0z' : pathOf(cells, 0)} />
        </clipPath>
      </defs>
      <g mask={`url(#${id}whole)`}>
        <path class="outline" d={FINGER} />
        <g clip-path={`url(#${id}finger)`}>
          <g mask={`url(#${id}ridges)`}>
            <rect class="ghost" width="320" height="420" />
          </g>
          {shades.map((path, i) => path !== '' && <path key={i} class={`cell c${i + 1}`} d={path} />)}
          <g clip-path={`url(#${id}seen)`}>
            <g mask={`url(#${id}ridges)`}>
              <rect class="seen" width="320" height="420" />
            </g>
          </g>
        </g>
      </g>
      {(Object.keys(EDGES) as Edge[]).map(
        (edge) =>
          edges[edge] !== undefined && (
            <path key={edge} class={`edge ${edges[edge] === 'open' ? '' : edges[edge]}`} d={EDGES[edge]} />
          ),
      )}
      {isWaiting && <ellipse class="hint" cx="160" cy="215" rx="96" ry="124" />}
      {arrow !== undefined && (
        <g class={`arrow moves ${arrow}`}>
          <g transform={`translate(${ARROWS[arrow][0]} ${ARROWS[arrow][1]}) rotate(${ARROWS[arrow][2]})`}>
            <circle r="38" />
            <path d="M-17 0H15M3-14 17 0 3 14" />
          </g>
        </g>
      )}
      {isComplete && (
        <g class="tick" transform="translate(250 350)">
          <circle r="46" />
          <path d="m-20 2 14 14 26-30" />
        </g>
      )}
    </svg>
  );
}

function pathOf(cells: readonly SeenCell[], gap: number): string {
  const side = MM - 2 * gap;
  return cells
    .map(({ x, y }) => `M${MIDDLE.x + x * MM + gap} ${MIDDLE.y + y * MM + gap}h${side}v${side}h${-side}z`)
    .join('');
}
