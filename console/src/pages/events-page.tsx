/** What happens in the service, as it happens. */

import { useComputed, useSignal } from '@preact/signals';
import { EVENT_FILTERS, type EventFilter } from '../events/event-filters.ts';
import { rowOf } from '../events/event-row.ts';
import { EventTable } from '../events/event-table.tsx';
import { EventToolbar } from '../events/event-toolbar.tsx';
import { Empty } from '../parts/notice.tsx';
import type { ServiceEvent } from '../service/connected-service.ts';
import type { PageProps } from './page-props.ts';

export function EventsPage({ service }: PageProps) {
  const filter = useSignal<EventFilter>('all');
  const text = useSignal('');
  const frozen = useSignal<readonly ServiceEvent[] | undefined>(undefined);
  const rows = useComputed(() => {
    const { shows } = EVENT_FILTERS[filter.value];
    const wanted = text.value.trim().toLowerCase();
    const all = (frozen.value ?? service.events.value).filter(shows).map(rowOf);
    return all.filter(({ cells }) => cells.join(' ').toLowerCase().includes(wanted)).reverse();
  });
  const isPaused = frozen.value !== undefined;
  return (
    <>
      <EventToolbar
        filter={filter}
        text={text}
        isPaused={isPaused}
        onPause={() => (frozen.value = isPaused ? undefined : service.events.value)}
        onClear={() => {
          service.clearEvents();
          frozen.value = undefined;
        }}
      />
      {!service.account.administrator && (
        <p class="quiet">Only administrators see answered requests; arrivals and removals of units are for everyone.</p>
      )}
      {rows.value.length === 0 ? (
        <Empty title="Nothing yet">
          <p>
            Events appear here as they happen: <a href="#identify">identify a finger</a>, or unplug a reader.
          </p>
        </Empty>
      ) : (
        <EventTable rows={rows.value} />
      )}
      <p class="quiet">This page keeps the latest 1000 events in memory and stores none.</p>
    </>
  );
}
