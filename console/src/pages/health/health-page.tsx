/** How the service is and was: numbers of now, and lines of the past as the service remembers them. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { HealthMoment, HealthSpan, ServiceHealth } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery } from '../../browser/address.ts';
import { LineChart } from '../../charts/line-chart.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { SettingsFrame } from '../../frame/settings-frame.tsx';
import type { Key } from '../../languages/catalogue.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { LoadingRows } from '../../parts/data-table.tsx';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { codeFaultWords } from '../../words/fault-words.ts';
import { bytesText, momentText, numberText, shareText, spanText } from '../../words/formats.ts';

const SPANS = ['half-hour', 'day', 'week'] as const satisfies readonly HealthSpan[];
const EVERY_MS = 5000;

interface Chart {
  readonly title: Key;
  readonly of: (moment: HealthMoment) => number;
  readonly words: (value: number) => string;
}

const CHARTS: readonly Chart[] = [
  { title: 'health.requests', of: ({ requestsPerSecond }) => requestsPerSecond, words: (value) => numberText(value) },
  { title: 'health.engine', of: ({ engineLoad }) => engineLoad, words: shareText },
  { title: 'health.processors', of: ({ processors }) => processors, words: shareText },
  { title: 'health.memory', of: ({ residentBytes }) => residentBytes, words: bytesText },
  { title: 'health.connections', of: ({ connections }) => connections, words: (value) => numberText(value) },
  { title: 'health.waiting', of: ({ waiting }) => waiting, words: (value) => numberText(value) },
];

/** What is shared with other services; nothing where nothing is. */
function sharedTiles({ shared }: ServiceHealth): readonly (readonly [Key, string])[] {
  if (shared === undefined) return [];
  const { live, sinceMs, journalWaiting } = shared;
  const since = sinceMs === undefined ? '' : `, ${momentText(sinceMs)}`;
  return [
    ['health.shared', `${t(live ? 'health.shared.yes' : 'health.shared.no')}${live ? '' : since}`],
    ['health.sharedWaiting', numberText(journalWaiting)],
  ];
}

export function HealthPage({ service }: PageProps) {
  const span = SPANS.find((each) => each === address.value.query.span) ?? 'half-hour';
  const history = useAnswer(() => service.client.upkeep.healthHistory(span), [service, span]);
  const asTable = useSignal(false);
  useEffect(() => {
    const timer = setInterval(history.reload, EVERY_MS);
    return () => clearInterval(timer);
  }, [service, span]);
  const health = service.health.value;
  const tiles: readonly (readonly [Key, string])[] =
    health === undefined
      ? []
      : [
          ['health.up', spanText(health.uptimeSeconds * 1000)],
          ['health.memory', bytesText(health.residentBytes)],
          ['health.connections', numberText(health.connections)],
          ['health.readers', numberText(health.units.length)],
          ['health.waiting', numberText(health.waiting)],
          ['health.threads', numberText(health.engine.threads)],
          ['health.version', health.version],
          ...sharedTiles(health),
        ];
  return (
    <SettingsFrame
      page="health"
      actions={
        <nav class="seg" aria-label={t('health.span')}>
          {SPANS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === span}
              onClick={() => changeQuery({ span: each === 'half-hour' ? '' : each })}
            >
              {t(`health.span.${each}`)}
            </button>
          ))}
        </nav>
      }
    >
      {health?.faults.map(({ hresult }) => {
        const words = codeFaultWords(hresult);
        return (
          <Alert key={hresult} mood="bad" title={words.title}>
            <p>{words.advice}</p>
          </Alert>
        );
      })}
      {health === undefined ? (
        <LoadingRows count={2} />
      ) : (
        <div class="tiles">
          {tiles.map(([title, value]) => (
            <div class="tile" key={title}>
              <b>{value}</b>
              <span>{t(title as 'health.up')}</span>
            </div>
          ))}
        </div>
      )}
      {history.fault !== undefined && <Fault words={history.fault} />}
      {history.value !== undefined && (
        <>
          <div class="cols">
            {CHARTS.map(({ title, of, words }) => (
              <LineChart
                key={title}
                title={t(title as 'health.up')}
                points={history.value?.map((moment) => ({ atMs: moment.atMs, value: of(moment) })) ?? []}
                words={words}
                asTable={asTable.value}
              />
            ))}
          </div>
          <label class="check small">
            <input
              type="checkbox"
              checked={asTable.value}
              onChange={(event) => (asTable.value = event.currentTarget.checked)}
            />
            {t('asTable')}
          </label>
        </>
      )}
    </SettingsFrame>
  );
}
