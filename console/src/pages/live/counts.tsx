/** The day in numbers; each leads to what it counts. */

import { useEffect } from 'preact/hooks';
import type { JournalKind } from '../../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../../browser/address.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { dayKey, dayStart, numberText } from '../../words/formats.ts';

/** Least time between two counts, however many touches there are. */
const EVERY_MS = 2000;

export interface CountsProps {
  readonly service: ConnectedService;
  /** Number of the newest line: counted anew when there is another. */
  readonly newest: number;
}

export function Counts({ service, newest }: CountsProps) {
  const today = dayKey(Date.now());
  const counted = useAnswer(async () => {
    const { journal } = service.client;
    const [days, attendance] = await Promise.all([
      journal.counts({ fromMs: dayStart(today) ?? 0, untilMs: Date.now() + 1000 }, 'day'),
      journal.attendance({ from: today, until: today, uses: 'all', limit: 1 }),
    ]);
    return { kinds: days.at(-1)?.counts ?? {}, here: attendance.total };
  }, [service, today]);
  useEffect(() => {
    const timer = setTimeout(counted.reload, EVERY_MS);
    return () => clearTimeout(timer);
  }, [newest]);
  const sum = (...kinds: readonly JournalKind[]) =>
    counted.value === undefined
      ? '…'
      : numberText(kinds.reduce((all, kind) => all + (counted.value?.kinds[kind] ?? 0), 0));
  return (
    <div class="counts">
      <a href={linkTo('attendance')}>
        <b>{counted.value === undefined ? '…' : numberText(counted.value.here)}</b>
        <span>{t('live.here')}</span>
      </a>
      <a href={linkTo('journal', [], { day: today, result: 'yes' })}>
        <b>{sum('recognised', 'verified')}</b>
        <span>{t('live.recognised')}</span>
      </a>
      <a href={linkTo('journal', [], { day: today, result: 'no' })}>
        <b>{sum('unknown', 'not-verified')}</b>
        <span>{t('live.notRecognised')}</span>
      </a>
      <a href={linkTo('journal', [], { day: today, result: 'refused' })}>
        <b>{sum('not-valid', 'locked')}</b>
        <span>{t('live.refused')}</span>
      </a>
    </div>
  );
}
