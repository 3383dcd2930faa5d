/** What happens in the service, as it happens. */

import { useComputed, useSignal } from '@preact/signals';
import { codeName } from '../../../src/exports/whorl/client/browser.ts';
import { Empty } from '../parts/notice.tsx';
import type { ServiceEvent } from '../service/connected-service.ts';
import { millisecondsWords, timeWords } from '../words/number-words.ts';
import type { PageProps } from './page-props.ts';

const FILTERS = {
  all: { words: 'everything', shows: () => true },
  units: { words: 'units that come and go', shows: ({ kind }: ServiceEvent) => kind === 'unit' },
  requests: { words: 'answered requests', shows: ({ kind }: ServiceEvent) => kind === 'request' },
  refused: {
    words: 'requests that failed',
    shows: (event: ServiceEvent) => event.kind === 'request' && event.request.hresult >= 0x8000_0000,
  },
} as const;
type FilterName = keyof typeof FILTERS;

export function EventsPage({ service }: PageProps) {
  const filter = useSignal<FilterName>('all');
  const text = useSignal('');
  const frozen = useSignal<readonly ServiceEvent[] | undefined>(undefined);
  const rows = useComputed(() => {
    const { shows } = FILTERS[filter.value];
    const wanted = text.value.trim().toLowerCase();
    const events = (frozen.value ?? service.events.value).filter(shows).map(rowOf);
    return events.filter((row) => row.join(' ').toLowerCase().includes(wanted)).reverse();
  });
  const isPaused = frozen.value !== undefined;
  return (
    <>
      <div class="toolbar">
        <label class="field">
          <span>Show</span>
          <select value={filter.value} onChange={(event) => (filter.value = event.currentTarget.value as FilterName)}>
            {Object.entries(FILTERS).map(([name, { words }]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label class="field field-wide">
          <span>That contains</span>
          <input type="search" value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
        </label>
        <div class="actions">
          <button
            type="button"
            aria-pressed={isPaused}
            onClick={() => (frozen.value = isPaused ? undefined : service.events.value)}
          >
            {isPaused ? 'Go on' : 'Pause'}
          </button>
          <button
            type="button"
            onClick={() => {
              service.clearEvents();
              frozen.value = undefined;
            }}
          >
            Clear
          </button>
        </div>
      </div>
      {!service.account.administrator && (
        <p class="quiet">Answered requests are for administrators; units that come and go are shown to everybody.</p>
      )}
      {rows.value.length === 0 ? (
        <Empty title="Nothing yet">
          <p>
            Events appear here as they happen: <a href="#identify">identify a finger</a>, or unplug a reader.
          </p>
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section class="table-scroll" aria-label="Events, latest first" tabIndex={0}>
          <table class="events">
            <thead>
              <tr>
                <th scope="col">time</th>
                <th scope="col">what</th>
                <th scope="col">code</th>
                <th scope="col">unit</th>
                <th scope="col" class="number">
                  took
                </th>
                <th scope="col">account</th>
              </tr>
            </thead>
            <tbody>
              {rows.value.map((cells, i) => (
                <tr key={rows.value.length - i} class={isFailure(cells[2]) ? 'is-failure' : undefined}>
                  {cells.map((cell, column) => (
                    <td key={column} class={column === 4 ? 'number' : undefined}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p class="quiet">The latest 1000 are kept on this page; nothing of them is stored.</p>
    </>
  );
}

type Row = readonly [time: string, what: string, code: string, unit: string, took: string, account: string];

function rowOf(event: ServiceEvent): Row {
  const time = timeWords(event.atMs);
  if (event.kind === 'unit') return [time, event.change, '', String(event.unitId), '', ''];
  const { kind, hresult, unitId, durationMs, sid } = event.request;
  return [time, kind, codeName(hresult), unitId === 0 ? '' : String(unitId), millisecondsWords(durationMs), sid];
}

function isFailure(code: string): boolean {
  return /^(?:E_|WINBIO_E_|WHORL_E_|SEC_E_|HRESULT_0x[89a-f])/i.test(code);
}
