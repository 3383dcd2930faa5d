/** A table of rows: loading, empty, sorted, with a selection and an open row; on a phone each row becomes a block. */

import type { ComponentChildren } from 'preact';
import { t } from '../words/catalogue.ts';
import { Icon } from './icon.tsx';

export interface Column<Row> {
  readonly name: string;
  readonly title: string;
  /**
   * On a phone: `lead` stands first in the block, `trail` beside it, `field` below with its title, `hidden` is left out.
   */
  readonly phone: 'lead' | 'trail' | 'field' | 'hidden';
  readonly class?: string;
  /** Sorted by this when its title is chosen. */
  readonly sort?: string;
  readonly cell: (row: Row) => ComponentChildren;
}

export interface Selection<Row> {
  readonly has: (row: Row) => boolean;
  readonly toggle: (row: Row, on: boolean) => void;
  readonly toggleAll: (on: boolean) => void;
  readonly label: (row: Row) => string;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  readonly isOpen?: (row: Row) => boolean;
  readonly sorted?: { readonly by: string; readonly descending: boolean };
  readonly onSort?: (by: string) => void;
  readonly selection?: Selection<Row>;
  /** Rows of the page before are shown, greyed, until those of this one are here. */
  readonly isLoading?: boolean;
}

/** No landmark: the part around the table is one already. */
const GROUP = 'group' as const;
const CLASSES = { lead: 'lead', trail: 'trail', field: '', hidden: 'drop-s' } as const;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, keyOf, isOpen, selection, isLoading = false } = props;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a group has a label; what scrolls must be reached by keys
    <div class="table-wrap" role={GROUP} aria-label={caption} tabIndex={0} aria-busy={isLoading}>
      <table class={selection !== undefined && rows.some(selection.has) ? 'stack selecting' : 'stack'}>
        <caption class="sr">{caption}</caption>
        <Head {...props} />
        <tbody>
          {rows.map((row) => {
            const picked = selection?.has(row) ?? false;
            return (
              <tr
                key={keyOf(row)}
                class={isOpen?.(row) === true ? 'open' : undefined}
                aria-selected={picked ? true : undefined}
              >
                {selection !== undefined && (
                  <td class="drop-s pick">
                    <input
                      type="checkbox"
                      aria-label={t('table.select', { name: selection.label(row) })}
                      checked={picked}
                      onChange={(event) => selection.toggle(row, event.currentTarget.checked)}
                    />
                  </td>
                )}
                {columns.map(({ name, title, phone, class: more = '', cell }) => (
                  <td key={name} class={`${CLASSES[phone]} ${more}`} data-t={phone === 'field' ? title : undefined}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Head<Row>({ columns, rows, sorted, onSort, selection }: DataTableProps<Row>) {
  const all = selection !== undefined && rows.length > 0 && rows.every(selection.has);
  return (
    <thead>
      <tr>
        {selection !== undefined && (
          <th class="pick">
            <input
              type="checkbox"
              aria-label={t('table.selectAll')}
              checked={all}
              onChange={(event) => selection.toggleAll(event.currentTarget.checked)}
            />
          </th>
        )}
        {columns.map(({ name, title, class: more, sort }) => {
          const isSorted = sort !== undefined && sorted?.by === sort;
          const direction = sorted?.descending === true ? 'descending' : 'ascending';
          return (
            <th key={name} scope="col" class={more} aria-sort={isSorted ? direction : undefined}>
              {sort === undefined || onSort === undefined ? (
                title === '' ? (
                  <span class="sr">{t('table.more')}</span>
                ) : (
                  title
                )
              ) : (
                <button type="button" class={`sort ${isSorted ? direction : ''}`} onClick={() => onSort(sort)}>
                  {title}
                  {isSorted && <Icon name="sort" />}
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Rows that hold the place of those that are on their way. */
export function LoadingRows({ count }: { readonly count: number }) {
  return (
    <div class="loading-rows" role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, i) => (
        <i key={i} />
      ))}
    </div>
  );
}
