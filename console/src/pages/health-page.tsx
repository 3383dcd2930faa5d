/** The health of the service: current numbers, and charts of the last minutes. */

import { Charts } from '../charts/charts.tsx';
import { Empty } from '../parts/notice.tsx';
import { bytesWords, durationWords, millisecondsWords } from '../words/number-words.ts';
import type { PageProps } from './page-props.ts';

export function HealthPage({ service }: PageProps) {
  const health = service.health.value;
  if (health === undefined) {
    return (
      <Empty title="Health is for administrators">
        <p>
          Open the console with a link that <code>whorl console</code> printed for an administrator’s account.
        </p>
      </Empty>
    );
  }
  const latest = service.history.points.at(-1);
  return (
    <>
      <dl class="tiles">
        <Tile name="version">{health.version}</Tile>
        <Tile name="uptime">{durationWords(health.uptimeSeconds)}</Tile>
        <Tile name="memory">{bytesWords(health.residentBytes)}</Tile>
        <Tile name="connections">{health.connections}</Tile>
        <Tile name="handles">{health.handles}</Tile>
        <Tile name="requests waiting">{health.waiting}</Tile>
        <Tile name="requests per second">{(latest?.requestsPerSecond ?? 0).toFixed(1)}</Tile>
        <Tile name="latency, median">{latencyWords(latest?.p50Ms)}</Tile>
        <Tile name="latency, p99">{latencyWords(latest?.p99Ms)}</Tile>
        <Tile name="engine busy">{`${Math.round(100 * (latest?.utilization ?? 0))} %`}</Tile>
        <Tile name="engine queue">{health.engine.tasksWaiting}</Tile>
        <Tile name="process">{health.pid}</Tile>
      </dl>
      <Charts points={service.history.points} />
      <p class="quiet">
        Latencies leave out operations that wait for a finger.{' '}
        {health.stateDirectory === undefined ? 'State is in memory.' : `State is in ${health.stateDirectory}.`}
      </p>
    </>
  );
}

function latencyWords(ms: number | undefined): string {
  return ms === undefined ? 'no requests' : millisecondsWords(ms);
}

function Tile({ name, children }: { readonly name: string; readonly children: string | number }) {
  return (
    <div class="tile">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
