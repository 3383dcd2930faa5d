/** The journal: every touch and what came of it, filtered, followed, in detail, and as a file. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JournalLine } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery, linkTo } from '../../browser/address.ts';
import { preferences } from '../../browser/preferences.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { kindWords, LOOKS, moreWords, whereWords, whoWords } from '../../journal/line-words.ts';
import { Fault } from '../../parts/alert.tsx';
import { Avatar } from '../../parts/avatar.tsx';
import { Chip } from '../../parts/chip.tsx';
import { type Column, DataTable, LoadingRows } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Pager, placeInList } from '../../parts/pager.tsx';
import { saveText } from '../../parts/save-text.ts';
import { identityKey } from '../../people/identity-key.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { dayKey, momentText, numberText, secondsText } from '../../words/formats.ts';
import { DayBars } from './day-bars.tsx';
import { JournalFilters } from './journal-filters.tsx';
import { journalQuery } from './journal-query.ts';
import { JournalViews } from './journal-views.tsx';
import { LineDetail } from './line-detail.tsx';

/** Counting ends here. */
const COUNTED = 10_000;

export function JournalPage({ service }: PageProps) {
  const { query } = address.value;
  const asked = journalQuery(query);
  const name = JSON.stringify(asked);
  const { cursor, page } = placeInList();
  const limit = preferences.rows.value;
  const list = useAnswer(
    () => service.client.journal.list({ ...asked, limit, ...(cursor !== undefined && { cursor }) }),
    [service, name, cursor, limit],
  );
  const follows = useSignal(true);
  const newer = useNewLines(service, name, follows.value && page === 1 ? list.reload : undefined);
  const open = list.value?.items.find(({ number }) => String(number) === query.open);
  const isOneDay = query.day !== undefined && (query.until ?? query.day) === query.day;
  return (
    <PageFrame
      title={t('nav.journal')}
      withoutFinder
      actions={
        <>
          <JournalViews view="journal" />
          <Follow isOn={follows.value} onToggle={() => (follows.value = !follows.value)} />
          <ExportButton service={service} />
        </>
      }
    >
      <JournalFilters service={service} />
      {isOneDay && open === undefined && query.person === undefined && (
        <DayBars service={service} day={query.day ?? ''} query={asked} />
      )}
      {newer > 0 && (
        <button type="button" class="btn small center" onClick={list.reload}>
          {t('journal.newer', { count: newer })}
        </button>
      )}
      <div class={open === undefined ? 'journal' : 'journal split'}>
        <section class="card flush">
          {list.fault !== undefined && (
            <Fault
              words={list.fault}
              actions={
                <button type="button" class="btn small" onClick={list.reload}>
                  {t('again')}
                </button>
              }
            />
          )}
          {list.value === undefined && list.fault === undefined && <LoadingRows count={Math.min(limit, 12)} />}
          {list.value?.items.length === 0 && <NothingFound isFiltered={name !== '{}'} />}
          {list.value !== undefined && list.value.items.length > 0 && (
            <>
              <DataTable
                caption={t('journal.caption')}
                columns={columns(isOneDay)}
                rows={list.value.items}
                keyOf={({ number }) => number}
                isOpen={({ number }) => number === open?.number}
                isLoading={list.isLoading}
              />
              <Pager
                total={list.value.total}
                isMore={list.value.total >= COUNTED}
                shown={list.value.items.length}
                next={list.value.next}
              />
            </>
          )}
        </section>
        {open !== undefined && <LineDetail service={service} line={open} onClose={() => changeQuery({ open: '' })} />}
      </div>
    </PageFrame>
  );
}

/** How many lines came that are not on the page; a page that follows reads itself anew instead. */
function useNewLines(service: ConnectedService, query: string, reload: (() => void) | undefined): number {
  const count = useSignal(0);
  useEffect(() => {
    count.value = 0;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = async () => {
      for await (const _ of service.client.journal.follow({ query: JSON.parse(query), signal: stop.signal })) {
        if (reload === undefined) count.value += 1;
        // Touches come in crowds: read once for all of them.
        else
          timer ??= setTimeout(() => {
            timer = undefined;
            reload();
          }, 400);
      }
    };
    // A lost connection is shown by the frame of the page.
    void follow().catch(() => undefined);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [service, query, reload === undefined]);
  return count.value;
}

function Follow({ isOn, onToggle }: { readonly isOn: boolean; readonly onToggle: () => void }) {
  return (
    <button type="button" class="btn" aria-pressed={isOn} onClick={onToggle}>
      <Icon name={isOn ? 'live' : 'play'} />
      <span class="t">{t('journal.follow')}</span>
    </button>
  );
}

function ExportButton({ service }: { readonly service: ConnectedService }) {
  const work = useWork();
  const run = (format: 'csv' | 'jsonl') =>
    work.run(() =>
      saveText(
        `journal-${dayKey(Date.now())}.${format}`,
        service.client.journal.export(journalQuery(address.value.query), { format }),
        format === 'csv' ? 'text/csv' : 'application/x-ndjson',
      ),
    );
  return (
    <>
      <button type="button" class="btn" disabled={work.isBusy} aria-busy={work.isBusy} onClick={() => void run('csv')}>
        <Icon name="download" />
        <span class="t">{t('export.csv')}</span>
      </button>
      <button type="button" class="btn" disabled={work.isBusy} onClick={() => void run('jsonl')}>
        <Icon name="file" />
        <span class="t">{t('export.jsonl')}</span>
      </button>
      {work.fault !== undefined && (
        <p class="problem" role="alert">
          {work.fault.title}
        </p>
      )}
    </>
  );
}

function columns(isOneDay: boolean): readonly Column<JournalLine>[] {
  return [
    {
      name: 'time',
      title: t('journal.time'),
      phone: 'trail',
      class: 'mono nowrap',
      cell: ({ atMs }) => (
        <time dateTime={new Date(atMs).toISOString()}>{isOneDay ? secondsText(atMs) : momentText(atMs)}</time>
      ),
    },
    {
      name: 'who',
      title: t('journal.who'),
      phone: 'lead',
      cell: (line) => (
        <div class="person">
          <Avatar name={line.person?.name || undefined} of={line.person && identityKey(line.person.identity)} />
          <div>
            {line.person === undefined || line.person.name === '' ? (
              whoWords(line)
            ) : (
              <a class="row" href={linkTo('person', [identityKey(line.person.identity)])}>
                <bdi>{line.person.name}</bdi>
              </a>
            )}
          </div>
        </div>
      ),
    },
    {
      name: 'more',
      title: t('journal.finger'),
      phone: 'hidden',
      class: 'quiet small wide-only',
      cell: (line) => <bdi>{moreWords(line)}</bdi>,
    },
    { name: 'where', title: t('journal.where'), phone: 'field', cell: (line) => <bdi>{whereWords(line)}</bdi> },
    {
      name: 'result',
      title: t('journal.result'),
      phone: 'field',
      cell: ({ kind }) => (
        <Chip mood={LOOKS[kind].mood} icon={LOOKS[kind].icon}>
          {kindWords(kind)}
        </Chip>
      ),
    },
    {
      name: 'open',
      title: '',
      phone: 'field',
      class: 'opens',
      cell: (line) => (
        <button
          type="button"
          class="btn plain small icon-only row"
          aria-label={t('journal.detailsOf', { time: secondsText(line.atMs), number: numberText(line.number) })}
          onClick={() => changeQuery({ open: String(line.number) }, 'push')}
        >
          <Icon name="next" />
        </button>
      ),
    },
  ];
}

function NothingFound({ isFiltered }: { readonly isFiltered: boolean }) {
  if (!isFiltered) return <Empty title={t('journal.empty')}>{t('journal.empty.text')}</Empty>;
  return (
    <Empty
      title={t('journal.noneFit')}
      actions={
        <a class="btn" href={linkTo('journal')}>
          {t('clear')}
        </a>
      }
    >
      {t('journal.noneFit.text')}
    </Empty>
  );
}
