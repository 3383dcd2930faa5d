/** A table of events, latest first. */

import type { EventRow } from './event-row.ts';

/** Column of durations, set as numbers. */
const TOOK_COLUMN = 4;

export function EventTable({ rows }: { readonly rows: readonly EventRow[] }) {
  return (
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
          {rows.map(({ isFailure, cells }, i) => (
            <tr key={rows.length - i} class={isFailure ? 'is-failure' : undefined}>
              {cells.map((cell, column) => (
                <td key={column} class={column === TOOK_COLUMN ? 'number' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
