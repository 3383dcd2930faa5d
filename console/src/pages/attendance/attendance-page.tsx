/** First in, last out and hours by person, for a day, a week or a month; times that no reader saw are entered here. */

import { useSignal } from '@preact/signals';
import type { AttendanceDay } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery } from '../../browser/address.ts';
import { preferences } from '../../browser/preferences.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { Fault } from '../../parts/alert.tsx';
import { Avatar } from '../../parts/avatar.tsx';
import { Chip } from '../../parts/chip.tsx';
import { type Column, DataTable, LoadingRows } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FROM_THE_START, Pager, placeInList } from '../../parts/pager.tsx';
import { saveText } from '../../parts/save-text.ts';
import { identityKey } from '../../people/identity-key.ts';
import { nowMs } from '../../service/clock.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { dayKey, dayStart, hoursText, timeText, weekdayDateText } from '../../words/formats.ts';
import { JournalViews } from '../journal/journal-views.tsx';
import { CorrectDialog } from './correct-dialog.tsx';
import { PersonMonth } from './person-month.tsx';
import { SPANS, type SpanName, spanOf, spanWords, stepped } from './spans.ts';

const DAY_MS = 86_400_000;

export function AttendancePage({ service }: PageProps) {
  const { query } = address.value;
  const span = query.span !== undefined && query.span in SPANS ? (query.span as SpanName) : 'day';
  const day = query.day ?? dayKey(Date.now());
  const { from, until } = spanOf(span, day);
  const uses = (['all', 'clock'] as const).find((each) => each === query.uses);
  const asked = {
    from,
    until,
    ...(query.group && { group: query.group }),
    ...(query.text && { text: query.text }),
    ...(uses && { uses }),
  };
  const { cursor } = placeInList();
  const limit = preferences.rows.value;
  const list = useAnswer(
    () => service.client.journal.attendance({ ...asked, limit, ...(cursor !== undefined && { cursor }) }),
    [service, JSON.stringify(asked), cursor, limit],
  );
  const groups = useAnswer(() => service.client.people.groups(), [service]);
  const correcting = useSignal<AttendanceDay | 'new' | undefined>(undefined);
  const work = useWork();
  const set = (change: Readonly<Record<string, string>>) => changeQuery({ ...FROM_THE_START, ...change });
  const isToday = day === dayKey(Date.now()) && span === 'day';
  const here = list.value?.items.filter(({ open }) => open).length ?? 0;
  return (
    <PageFrame
      title={t('attendance.title')}
      withoutFinder
      actions={
        <>
          <JournalViews view="attendance" />
          <button type="button" class="btn" onClick={() => (correcting.value = 'new')}>
            <Icon name="clock" />
            <span class="t">{t('attendance.enter')}</span>
          </button>
          <button
            type="button"
            class="btn"
            disabled={work.isBusy}
            onClick={() =>
              void work.run(() =>
                saveText(`attendance-${from}-${until}.csv`, service.client.journal.exportAttendance(asked)),
              )
            }
          >
            <Icon name="download" />
            <span class="t">{t('export.csv')}</span>
          </button>
        </>
      }
    >
      <div class="filters">
        <Field label={t('people.group')}>
          <select value={query.group ?? ''} onChange={(event) => set({ group: event.currentTarget.value })}>
            <option value="">{t('attendance.everybody')}</option>
            {groups.value?.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Select
          label={t('attendance.counts')}
          value={uses ?? ''}
          options={[
            ['', t('attendance.counts.usual')],
            ['clock', t('attendance.counts.clock')],
            ['all', t('attendance.counts.all')],
          ]}
          onChoose={(chosen) => set({ uses: chosen })}
        />
        <Select
          label={t('attendance.span')}
          value={span}
          options={(Object.keys(SPANS) as SpanName[]).map((each) => [each, t(`attendance.span.${each}`)] as const)}
          onChoose={(chosen) => set({ span: chosen === 'day' ? '' : chosen })}
        />
        <div class="field wide">
          <label class="label" for="attendance-day">
            {t('attendance.day')}
          </label>
          <div class="with-button">
            <button
              type="button"
              class="btn icon-only"
              aria-label={t('attendance.before')}
              onClick={() => set({ day: stepped(span, day, -1) })}
            >
              <Icon name="previous" />
            </button>
            <input
              id="attendance-day"
              type="date"
              value={day}
              onChange={(event) => set({ day: event.currentTarget.value })}
            />
            <button
              type="button"
              class="btn icon-only"
              aria-label={t('attendance.after')}
              onClick={() => set({ day: stepped(span, day, 1) })}
            >
              <Icon name="next" />
            </button>
          </div>
        </div>
      </div>
      {work.fault !== undefined && <Fault words={work.fault} />}
      <section class="card flush" aria-labelledby="span-title">
        <div class="card-head">
          <h2 id="span-title">{spanWords(span, day)}</h2>
          <span class="grow" />
          {isToday && list.value !== undefined && (
            <>
              <Chip mood="ok">{t('attendance.here', { count: here })}</Chip>
              <Chip>{t('attendance.left', { count: list.value.items.length - here })}</Chip>
            </>
          )}
        </div>
        {list.fault !== undefined && <Fault words={list.fault} />}
        {list.value === undefined && list.fault === undefined && <LoadingRows count={8} />}
        {list.value?.items.length === 0 && <Empty title={t('attendance.none')}>{t('attendance.none.text')}</Empty>}
        {list.value !== undefined && list.value.items.length > 0 && (
          <>
            <DataTable
              caption={spanWords(span, day)}
              columns={columns(span, (chosen) => (correcting.value = chosen))}
              rows={list.value.items}
              keyOf={({ person, day: of }) => `${identityKey(person.identity)} ${of}`}
              isLoading={list.isLoading}
            />
            <Pager total={list.value.total} shown={list.value.items.length} next={list.value.next} />
          </>
        )}
      </section>
      {query.person !== undefined && (
        <PersonMonth service={service} id={query.person} day={day} onClose={() => changeQuery({ person: '' })} />
      )}
      <p class="small quiet">{t('attendance.note')}</p>
      {correcting.value !== undefined && (
        <CorrectDialog
          service={service}
          day={correcting.value === 'new' ? undefined : correcting.value}
          onClose={() => (correcting.value = undefined)}
          onDone={list.reload}
        />
      )}
    </PageFrame>
  );
}

function columns(span: SpanName, onCorrect: (day: AttendanceDay) => void): readonly Column<AttendanceDay>[] {
  return [
    {
      name: 'person',
      title: t('person'),
      phone: 'lead',
      cell: ({ person }) => (
        <div class="person">
          <Avatar name={person.name || undefined} of={identityKey(person.identity)} />
          <div>
            <button
              type="button"
              class="row link"
              onClick={() => changeQuery({ person: identityKey(person.identity) }, 'push')}
            >
              <bdi>{person.name || t('people.unknown')}</bdi>
            </button>
          </div>
        </div>
      ),
    },
    ...(span === 'day'
      ? []
      : ([
          {
            name: 'day',
            title: t('attendance.day'),
            phone: 'field',
            class: 'nowrap',
            cell: ({ day }) => weekdayDateText(dayStart(day) ?? 0),
          },
        ] as const satisfies readonly Column<AttendanceDay>[])),
    {
      name: 'in',
      title: t('attendance.firstIn'),
      phone: 'field',
      class: 'num mono',
      cell: ({ firstInMs }) => timeText(firstInMs),
    },
    {
      name: 'out',
      title: t('attendance.lastOut'),
      phone: 'field',
      class: 'num mono',
      cell: ({ lastOutMs }) => (lastOutMs === undefined ? '–' : timeText(lastOutMs)),
    },
    {
      name: 'bar',
      title: t('attendance.when'),
      phone: 'hidden',
      class: 'span-column',
      cell: (day) => <SpanBar day={day} />,
    },
    {
      name: 'hours',
      title: t('attendance.hours'),
      phone: 'field',
      class: 'num',
      cell: ({ minutes, open }) => (open ? '–' : hoursText(minutes)),
    },
    {
      name: 'now',
      title: t('attendance.now'),
      phone: 'trail',
      cell: ({ open, day, corrections }) => (
        <span class="chips">
          {open && day === dayKey(nowMs.value) && <Chip mood="ok">{t('attendance.isHere')}</Chip>}
          {open && day !== dayKey(nowMs.value) && <Chip mood="warn">{t('attendance.open')}</Chip>}
          {!open && <Chip icon="check">{t('attendance.hasLeft')}</Chip>}
          {corrections.length > 0 && (
            <Chip mood="on" icon="clock">
              {t('attendance.corrected')}
            </Chip>
          )}
        </span>
      ),
    },
    {
      name: 'correct',
      title: '',
      phone: 'field',
      class: 'opens',
      cell: (day) => (
        <button type="button" class="btn plain small" onClick={() => onCorrect(day)}>
          {t('attendance.correct')}
          <span class="sr"> {day.person.name}</span>
        </button>
      ),
    },
  ];
}

/** First hour and last hour that a bar shows. */
const HOURS = { first: 5, last: 21 } as const;

function SpanBar({ day: { day, firstInMs, lastOutMs, open } }: { readonly day: AttendanceDay }) {
  const startMs = (dayStart(day) ?? 0) + HOURS.first * 3_600_000;
  const lengthMs = (HOURS.last - HOURS.first) * 3_600_000;
  const endMs = lastOutMs ?? (open && day === dayKey(Date.now()) ? Math.min(Date.now(), startMs + DAY_MS) : firstInMs);
  const at = (ms: number) => Math.min(100, Math.max(0, (100 * (ms - startMs)) / lengthMs));
  return (
    <span class="span" aria-hidden="true">
      <i
        class={open ? '' : 'left'}
        style={{ insetInlineStart: `${at(firstInMs)}%`, inlineSize: `${Math.max(0.8, at(endMs) - at(firstInMs))}%` }}
      />
    </span>
  );
}
