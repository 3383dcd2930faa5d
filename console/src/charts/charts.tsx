/** Charts of the last minutes; the library that draws them is loaded with the first chart. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { HealthPoint } from '../service/health-history.ts';
import type { ChartPlot } from './chart-plot.ts';
import type { Series } from './series.ts';

interface Chart {
  readonly title: string;
  readonly series: readonly Series[];
}

const CHARTS: readonly Chart[] = [
  { title: 'Requests per second', series: [{ name: 'requests', colour: '--accent', of: (p) => p.requestsPerSecond }] },
  {
    title: 'Latency, ms',
    series: [
      { name: 'p50', colour: '--accent', of: (p) => p.p50Ms },
      { name: 'p99', colour: '--warn', of: (p) => p.p99Ms },
    ],
  },
  {
    title: 'Engine',
    series: [
      { name: 'busy, %', colour: '--accent', of: (p) => 100 * p.utilization },
      { name: 'queue', colour: '--warn', of: (p) => p.tasksWaiting },
    ],
  },
  { title: 'Memory, MB', series: [{ name: 'resident', colour: '--accent', of: (p) => p.residentBytes / 1e6 }] },
];

export function Charts({ points }: { readonly points: readonly HealthPoint[] }) {
  return (
    <div class="charts">
      {CHARTS.map((chart) => (
        <ChartView key={chart.title} {...chart} points={points} />
      ))}
    </div>
  );
}

function ChartView({ title, series, points }: Chart & { readonly points: readonly HealthPoint[] }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useSignal<ChartPlot | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void import('./chart-plot.ts').then(({ ChartPlot: Plot }) => {
      if (!gone && place.current !== null) plot.value = new Plot(place.current, series);
    });
    return () => {
      gone = true;
      plot.value?.dispose();
    };
  }, []);
  const drawn = plot.value;
  useEffect(() => drawn?.show(points), [drawn, points]);
  return (
    <figure class="card chart" aria-label={`${title}, the last ${Math.max(1, Math.round(points.length / 60))} minutes`}>
      <figcaption>
        <b>{title}</b>
        <span class="chart-legend">
          {series.length > 1 &&
            series.map(({ name, colour }) => (
              <span key={name}>
                <i class={`chart-key chart-key-${colour.slice(2)}`} aria-hidden="true" />
                {name}
              </span>
            ))}
        </span>
      </figcaption>
      <div ref={place} class="chart-place" aria-hidden="true" />
    </figure>
  );
}
