/** The hours of a day as bars, beside those of a week before. */

import type { JournalCount, JournalKind, JournalQuery } from '../../../../src/exports/whorl/client/browser.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { dayStart, dayText, numberText, timeText } from '../../words/formats.ts';

const HOUR_MS = 3_600_000;
/** Hours that are always shown. */
const USUAL_HOURS = { first: 7, last: 18 } as const;
const WEEK_MS = 7 * 24 * HOUR_MS;
const YES: readonly JournalKind[] = ['recognised', 'verified'];
const NO: readonly JournalKind[] = ['unknown', 'not-verified', 'not-valid', 'rejected', 'locked'];

export interface DayBarsProps {
  readonly service: ConnectedService;
  readonly day: string;
  readonly query: JournalQuery;
}

interface Hour {
  readonly atMs: number;
  readonly yes: number;
  readonly no: number;
  /** A week before. */
  readonly usual: number;
}

export function DayBars({ service, day, query }: DayBarsProps) {
  const startMs = dayStart(day) ?? 0;
  const counted = useAnswer(async () => {
    const { journal } = service.client;
    const { place, reader } = query;
    const where = { ...(place !== undefined && { place }), ...(reader !== undefined && { reader }) };
    const of = (fromMs: number) => journal.counts({ ...where, fromMs, untilMs: fromMs + 24 * HOUR_MS }, 'hour');
    const [now, before] = await Promise.all([of(startMs), of(startMs - WEEK_MS)]);
    return hours(startMs, now, before);
  }, [service, day, query.place, query.reader]);
  const all = counted.value;
  if (all === undefined) return null;
  const used = all.filter(({ yes, no, usual }) => yes + no + usual > 0);
  if (used.length === 0) return null;
  const shown = all.slice(
    Math.min(USUAL_HOURS.first, all.indexOf(used[0]!)),
    Math.max(USUAL_HOURS.last, all.indexOf(used.at(-1)!)) + 1,
  );
  const most = Math.max(...shown.map(({ yes, no, usual }) => Math.max(yes + no, usual)));
  const top = niceTop(most);
  const sum = (of: (hour: Hour) => number) => numberText(shown.reduce((total, hour) => total + of(hour), 0));
  const share = (count: number) => `${(100 * count) / top}%`;
  const nowHour = new Date().setMinutes(0, 0, 0);
  return (
    <section class="card" aria-labelledby="day-title">
      <div class="card-head">
        <h2 id="day-title">{dayText(startMs)}</h2>
        <span class="grow" />
        <div class="legend">
          <span>
            <i />
            {t('journal.bars.yes', { number: sum(({ yes }) => yes) })}
          </span>
          <span>
            <i class="two" />
            {t('journal.bars.no', { number: sum(({ no }) => no) })}
          </span>
          <span>
            <i class="three" />
            {t('journal.bars.before')}
          </span>
        </div>
      </div>
      <div
        class="bars"
        role="img"
        aria-label={shown.map(({ atMs, yes, no }) => `${timeText(atMs)} ${numberText(yes + no)}`).join(', ')}
      >
        <div class="bars-y" aria-hidden="true">
          <span>{numberText(top)}</span>
          <span>{numberText(top / 2)}</span>
          <span>0</span>
        </div>
        <div class="bars-x" aria-hidden="true">
          {shown.map(({ atMs, yes, no, usual }) => (
            <div key={atMs} class={atMs === nowHour ? 'is-now' : ''}>
              <div class="col">
                <i class="usual" style={{ blockSize: share(usual) }} />
                <span>
                  {no > 0 && <i class="b2" style={{ blockSize: `max(3px, ${share(no)})` }} />}
                  {yes > 0 && <i class="b1" style={{ blockSize: `max(3px, ${share(yes)})` }} />}
                </span>
              </div>
              <small>{String(new Date(atMs).getHours()).padStart(2, '0')}</small>
            </div>
          ))}
        </div>
      </div>
      <details class="small">
        <summary class="quiet">{t('asTable')}</summary>
        <DataTable
          caption={dayText(startMs)}
          rows={shown}
          keyOf={({ atMs }) => atMs}
          columns={[
            { name: 'hour', title: t('journal.time'), phone: 'lead', cell: ({ atMs }) => timeText(atMs) },
            { name: 'yes', title: t('journal.result.yes'), phone: 'field', cell: ({ yes }) => numberText(yes) },
            { name: 'no', title: t('journal.result.no'), phone: 'field', cell: ({ no }) => numberText(no) },
          ]}
        />
      </details>
    </section>
  );
}

function hours(startMs: number, now: readonly JournalCount[], before: readonly JournalCount[]): readonly Hour[] {
  const of = (counts: readonly JournalCount[], atMs: number, kinds: readonly JournalKind[]) =>
    counts
      .filter(({ fromMs }) => fromMs >= atMs && fromMs < atMs + HOUR_MS)
      .reduce((sum, each) => sum + kinds.reduce((all, kind) => all + (each.counts[kind] ?? 0), 0), 0);
  return Array.from({ length: 24 }, (_, i) => {
    const atMs = startMs + i * HOUR_MS;
    return { atMs, yes: of(now, atMs, YES), no: of(now, atMs, NO), usual: of(before, atMs - WEEK_MS, [...YES, ...NO]) };
  });
}

/** The next round number that is even. */
function niceTop(most: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [2, 4, 6, 10].map((each) => each * step).find((each) => each >= most) ?? 10 * step;
}
