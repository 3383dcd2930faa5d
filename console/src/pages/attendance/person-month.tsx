/** One person's month: each day, and the hours together. */

import { linkTo } from '../../browser/address.ts';
import { Fault } from '../../parts/alert.tsx';
import { DataTable, LoadingRows } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Empty } from '../../parts/empty.tsx';
import { identityKey, identityOf } from '../../people/identity-key.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { dayStart, hoursText, timeText, weekdayDateText } from '../../words/formats.ts';
import { spanOf, spanWords } from './spans.ts';

export interface PersonMonthProps {
  readonly service: ConnectedService;
  readonly id: string;
  readonly day: string;
  readonly onClose: () => void;
}

export function PersonMonth({ service, id, day, onClose }: PersonMonthProps) {
  const person = useAnswer(() => service.client.people.get(identityOf(id)), [service, id]);
  const name = person.value?.name ?? '';
  const days = useAnswer(async () => {
    const { name: text } = await service.client.people.get(identityOf(id));
    const { items } = await service.client.journal.attendance({ ...spanOf('month', day), text, limit: 1000 });
    return items.filter((each) => identityKey(each.person.identity) === id).sort((a, b) => (a.day < b.day ? -1 : 1));
  }, [service, id, day]);
  const minutes = days.value?.reduce((sum, each) => sum + each.minutes, 0) ?? 0;
  const fault = days.fault ?? person.fault;
  return (
    <Dialog
      title={`${name} · ${spanWords('month', day)}`}
      large
      closeLabel={t('close')}
      onClose={onClose}
      actions={
        <a class="btn" href={linkTo('person', [id])}>
          {t('people.open', { name })}
        </a>
      }
    >
      {fault !== undefined && <Fault words={fault} />}
      {days.value === undefined && fault === undefined && <LoadingRows count={6} />}
      {days.value?.length === 0 && <Empty title={t('attendance.none')} />}
      {days.value !== undefined && days.value.length > 0 && (
        <>
          <p>
            <b>{t('attendance.total', { hours: hoursText(minutes), count: days.value.length })}</b>
          </p>
          <DataTable
            caption={spanWords('month', day)}
            rows={days.value}
            keyOf={(each) => each.day}
            columns={[
              {
                name: 'day',
                title: t('attendance.day'),
                phone: 'lead',
                cell: (each) => weekdayDateText(dayStart(each.day) ?? 0),
              },
              {
                name: 'in',
                title: t('attendance.firstIn'),
                phone: 'field',
                class: 'num mono',
                cell: (each) => timeText(each.firstInMs),
              },
              {
                name: 'out',
                title: t('attendance.lastOut'),
                phone: 'field',
                class: 'num mono',
                cell: (each) => (each.lastOutMs === undefined ? '–' : timeText(each.lastOutMs)),
              },
              {
                name: 'hours',
                title: t('attendance.hours'),
                phone: 'trail',
                class: 'num',
                cell: (each) => (each.open ? t('attendance.open') : hoursText(each.minutes)),
              },
            ]}
          />
        </>
      )}
    </Dialog>
  );
}
