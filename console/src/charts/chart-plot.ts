/** One uPlot chart, in the colours of the page and as wide as its place. */

import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import type { HealthPoint } from '../service/health-history.ts';
import { timeWords } from '../words/number-words.ts';
import type { Series } from './series.ts';

const HEIGHT_PX = 150;
/** Time that a chart shows. */
const WINDOW_S = 120;

export class ChartPlot {
  readonly #place: HTMLElement;
  readonly #series: readonly Series[];
  readonly #observer: ResizeObserver;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  #plot: uPlot;
  #points: readonly HealthPoint[] = [];

  constructor(place: HTMLElement, series: readonly Series[]) {
    this.#place = place;
    this.#series = series;
    this.#plot = this.#make();
    this.#observer = new ResizeObserver(() => this.#plot.setSize({ width: place.clientWidth, height: HEIGHT_PX }));
    this.#observer.observe(place);
    this.#scheme.addEventListener('change', this.#remake);
  }

  show(points: readonly HealthPoint[]): void {
    this.#points = points;
    this.#plot.setData(this.#data());
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#scheme.removeEventListener('change', this.#remake);
    this.#plot.destroy();
  }

  readonly #remake = () => {
    this.#plot.destroy();
    this.#plot = this.#make();
    this.#plot.setData(this.#data());
  };

  #data(): uPlot.AlignedData {
    const times = this.#points.map(({ atMs }) => atMs / 1000);
    return [
      times,
      ...this.#series.map(({ of }) => this.#points.map((point) => of(point) ?? null)),
    ] as uPlot.AlignedData;
  }

  #make(): uPlot {
    const style = getComputedStyle(this.#place);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--quiet'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { stroke: colour('--line'), width: 1, size: 4 },
      font: '11px system-ui, sans-serif',
    };
    const options: uPlot.Options = {
      width: Math.max(1, this.#place.clientWidth),
      height: HEIGHT_PX,
      padding: [12, 12, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { range: (_, __, max) => [max - WINDOW_S, max] },
        y: { range: (_, __, max) => [0, Math.max(1, (max ?? 0) * 1.15)] },
      },
      axes: [
        { ...axis, size: 28, space: 70, values: (_, times) => times.map((seconds) => timeWords(seconds * 1000)) },
        { ...axis, size: 44, space: 28 },
      ],
      series: [
        {},
        ...this.#series.map((each) => ({
          stroke: colour(each.colour),
          width: 1.5,
          points: { show: false },
          spanGaps: false,
        })),
      ],
    };
    return new uPlot(options, this.#data(), this.#place);
  }
}
