/** A line over time, with its greatest value and the times at both ends; as a table where that is wanted. */

import { DataTable } from '../parts/data-table.tsx';
import { t } from '../words/catalogue.ts';
import { momentText } from '../words/formats.ts';

export interface ChartPoint {
  readonly atMs: number;
  readonly value: number;
}

export interface LineChartProps {
  readonly title: string;
  /** Oldest first. */
  readonly points: readonly ChartPoint[];
  readonly words: (value: number) => string;
  readonly asTable: boolean;
}

/** Of the drawing, without the labels. */
const SIZE = { width: 560, height: 110 };
/** Points beyond this are not told apart. */
const MOST_ROWS = 30;

export function LineChart({ title, points, words, asTable }: LineChartProps) {
  const last = points.at(-1);
  const [first] = points;
  const most = Math.max(...points.map(({ value }) => value), 0);
  const top = most === 0 ? 1 : most * 1.1;
  const label = last === undefined ? title : t('chart.label', { title, now: words(last.value), most: words(most) });
  const path = first === undefined || last === undefined ? '' : pathOf(points, first.atMs, last.atMs, top);
  const rows = points.filter((_, i) => i % Math.max(1, Math.ceil(points.length / MOST_ROWS)) === 0);
  return (
    <figure class="card">
      <figcaption class="card-head tight">
        <h2>{title}</h2>
        <span class="grow" />
        <b>{last === undefined ? '' : words(last.value)}</b>
      </figcaption>
      {asTable ? (
        <DataTable
          caption={title}
          rows={rows}
          keyOf={({ atMs }) => atMs}
          columns={[
            { name: 'time', title: t('journal.time'), phone: 'lead', cell: ({ atMs }) => momentText(atMs) },
            { name: 'value', title, phone: 'trail', class: 'num', cell: ({ value }) => words(value) },
          ]}
        />
      ) : (
        <svg class="chart" viewBox={`0 0 ${SIZE.width} ${SIZE.height + 24}`} role="img" aria-label={label}>
          <path class="grid" d={`M0 ${SIZE.height}H${SIZE.width}M0 ${SIZE.height / 2}H${SIZE.width}`} fill="none" />
          {path !== '' && (
            <>
              <path class="a1" d={`${path}V${SIZE.height}H0z`} />
              <path class="l1" d={path} />
            </>
          )}
          <text x="0" y="12">
            {words(top)}
          </text>
          {first !== undefined && last !== undefined && (
            <>
              <text x="0" y={SIZE.height + 16}>
                {momentText(first.atMs)}
              </text>
              <text x={SIZE.width} y={SIZE.height + 16} text-anchor="end">
                {momentText(last.atMs)}
              </text>
            </>
          )}
        </svg>
      )}
    </figure>
  );
}

function pathOf(points: readonly ChartPoint[], fromMs: number, untilMs: number, top: number): string {
  const span = Math.max(1, untilMs - fromMs);
  return points
    .map(({ atMs, value }, i) => {
      const x = ((atMs - fromMs) / span) * SIZE.width;
      const y = SIZE.height * (1 - value / top);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
