/** Chooses which events are shown, stops them and clears them. */

import type { Signal } from '@preact/signals';
import { EVENT_FILTERS, type EventFilter } from './event-filters.ts';

export interface EventToolbarProps {
  readonly filter: Signal<EventFilter>;
  readonly text: Signal<string>;
  readonly isPaused: boolean;
  readonly onPause: () => void;
  readonly onClear: () => void;
}

export function EventToolbar({ filter, text, isPaused, onPause, onClear }: EventToolbarProps) {
  return (
    <div class="toolbar">
      <label class="field">
        <span>Show</span>
        <select value={filter.value} onChange={(event) => (filter.value = event.currentTarget.value as EventFilter)}>
          {Object.entries(EVENT_FILTERS).map(([name, { words }]) => (
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
        <button type="button" aria-pressed={isPaused} onClick={onPause}>
          {isPaused ? 'Go on' : 'Pause'}
        </button>
        <button type="button" onClick={onClear}>
          Clear
        </button>
      </div>
    </div>
  );
}
