/** Goes through the pages of a list whose pages are known by cursors; the page is part of the address. */

import { useRef } from 'preact/hooks';
import { address, changeQuery } from '../browser/address.ts';
import { preferences } from '../browser/preferences.ts';
import { t } from '../words/catalogue.ts';
import { numberText } from '../words/formats.ts';
import { Icon } from './icon.tsx';

/** Where a list is: its number counts from 1. */
export interface Place {
  readonly page: number;
  readonly cursor: string | undefined;
}

export function placeInList(): Place {
  const { page = '1', cursor } = address.value.query;
  return cursor === undefined ? { page: 1, cursor: undefined } : { page: Math.max(1, Number(page) || 1), cursor };
}

/** What a filter changes beside itself: the list begins anew. */
export const FROM_THE_START = { page: '', cursor: '' } as const;

export interface PagerProps {
  readonly total: number;
  /** `total` is where counting ended. */
  readonly isMore?: boolean;
  readonly shown: number;
  readonly next: string | undefined;
}

export function Pager({ total, isMore = false, shown, next }: PagerProps) {
  const { page, cursor } = placeInList();
  const rows = preferences.rows.value;
  // Cursors lead forwards only; those of this visit are remembered for the way back.
  const before = useRef(new Map<number, string | undefined>());
  before.current.set(page, cursor);
  const first = (page - 1) * rows + 1;
  const back = () => {
    const to = page - 1;
    const known = before.current.get(to);
    changeQuery(to <= 1 || known === undefined ? FROM_THE_START : { page: String(to), cursor: known }, 'push');
  };
  return (
    <div class="pager">
      <span>
        {shown === 0
          ? ''
          : t(isMore ? 'pager.rangeOfMore' : 'pager.range', {
              from: first,
              to: first + shown - 1,
              total: numberText(total),
            })}
      </span>
      <span class="grow" />
      <label class="check small">
        <span>{t('pager.rows')}</span>
        <select
          class="auto small"
          value={rows}
          onChange={(event) => {
            preferences.rows.value = Number(event.currentTarget.value);
            changeQuery(FROM_THE_START);
          }}
        >
          {[10, 25, 50, 100].map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="btn small" disabled={page <= 1} onClick={back}>
        <Icon name="previous" />
        {t('pager.previous')}
      </button>
      <button
        type="button"
        class="btn small"
        disabled={next === undefined}
        onClick={() => next !== undefined && changeQuery({ page: String(page + 1), cursor: next }, 'push')}
      >
        {t('pager.next')}
        <Icon name="next" />
      </button>
    </div>
  );
}
