/** Draws the trade-off of error rates (DET) and the distributions of scores, as SVG. */

import { scoreOfLogOdds } from '../fingerprint/comparison/score.ts';
import type { ScoredDataset } from './score-dataset.ts';

const SIZE = 360;
const MARGIN = 60;
/** Rates drawn, as powers of ten. */
const LEAST_EXPONENT = -4;
const MOST_SCORE = 24;
const BINS = 96;
const COLOURS = ['#0b6e4f', '#c84630', '#2b59c3', '#8a4fff', '#b08900', '#5b5b5b'];

/** One SVG with both. */
export function detPlot(sets: readonly ScoredDataset[]): string {
  const width = 2 * (SIZE + 2 * MARGIN);
  const height = SIZE + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
<g transform="translate(${MARGIN} ${MARGIN})">${det(sets)}</g>
<g transform="translate(${SIZE + 3 * MARGIN} ${MARGIN})">${histograms(sets)}</g>
</svg>
`;
}

function det(sets: readonly ScoredDataset[]): string {
  const place = (rate: number): number => {
    const exponent = Math.max(LEAST_EXPONENT, Math.log10(Math.max(rate, 1e-9)));
    return SIZE * (1 - exponent / LEAST_EXPONENT);
  };
  const ticks = Array.from({ length: 1 - LEAST_EXPONENT }, (_, i) => {
    const at = place(10 ** -i);
    const label = `${Number((100 * 10 ** -i).toPrecision(1))} %`;
    return `${line(at, 0, at, SIZE)}${line(0, SIZE - at, SIZE, SIZE - at)}
${text(at, SIZE + 18, label, 'middle')}${text(-6, SIZE - at + 4, label, 'end')}`;
  });
  const curves = sets.map((set, i) => {
    const colour = COLOURS[i % COLOURS.length]!;
    const points = ratesOf(set)
      .map(({ fmr, fnmr }) => `${fixed(place(fmr))},${fixed(SIZE - place(fnmr))}`)
      .filter((point, at, all) => point !== all[at - 1]);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>
${text(8, 18 + 16 * i, escapeXml(set.name), 'start', colour)}`;
  });
  return `${ticks.join('')}${curves.join('')}${text(SIZE / 2, SIZE + 40, 'false match rate', 'middle')}
${text(0, -12, 'false non-match rate', 'start')}`;
}

/** Rates at each score that occurs. */
function ratesOf({ comparisons }: ScoredDataset): { fmr: number; fnmr: number }[] {
  const scores = comparisons.map(({ a, b, logOdds }) => ({ mated: a === b, logOdds }));
  scores.sort((p, q) => p.logOdds - q.logOdds);
  const mated = scores.filter((score) => score.mated).length;
  const nonMated = scores.length - mated;
  let misses = 0;
  let matches = nonMated;
  const rates = scores.map((score) => {
    if (score.mated) misses++;
    else matches--;
    return { fmr: matches / nonMated, fnmr: misses / mated };
  });
  return [{ fmr: 1, fnmr: 0 }, ...rates];
}

function histograms(sets: readonly ScoredDataset[]): string {
  const all = sets.flatMap(({ comparisons }) => comparisons);
  const counts = (mated: boolean): number[] => {
    const some = all.filter(({ a, b }) => (a === b) === mated);
    const bins = new Array<number>(BINS).fill(0);
    for (const { logOdds } of some) {
      const score = Math.min(MOST_SCORE - 1e-9, scoreOfLogOdds(logOdds));
      bins[Math.floor((score / MOST_SCORE) * BINS)]! += 1 / some.length;
    }
    return bins;
  };
  // Most non-mated scores are 0, so the root of the shares is drawn.
  const bars = (bins: readonly number[], colour: string): string =>
    bins
      .map((share, i) => {
        const height = SIZE * Math.sqrt(share);
        const x = fixed((SIZE * i) / BINS);
        return `<rect x="${x}" y="${fixed(SIZE - height)}" width="${fixed(SIZE / BINS)}" height="${fixed(height)}"
 fill="${colour}" fill-opacity="0.55"/>`;
      })
      .join('');
  const ticks = Array.from({ length: 1 + MOST_SCORE / 4 }, (_, i) => {
    return text((SIZE * 4 * i) / MOST_SCORE, SIZE + 18, String(4 * i), 'middle');
  });
  return `${line(0, SIZE, SIZE, SIZE)}${bars(counts(false), COLOURS[1]!)}${bars(counts(true), COLOURS[0]!)}
${ticks.join('')}${text(SIZE / 2, SIZE + 40, 'score (-log10 FMR)', 'middle')}
${text(0, -12, 'root of the share of comparisons', 'start')}
${text(SIZE, 18, 'non-mated', 'end', COLOURS[1]!)}${text(SIZE, 34, 'mated', 'end', COLOURS[0]!)}`;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}" stroke="#ccc"/>`;
}

function text(x: number, y: number, content: string, anchor: string, colour = '#222'): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" fill="${colour}">${content}</text>`;
}

function fixed(value: number): string {
  return String(Number(value.toFixed(2)));
}

function escapeXml(name: string): string {
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
