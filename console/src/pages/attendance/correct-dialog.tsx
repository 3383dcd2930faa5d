/** Enters a time that no reader saw, or takes one back that was entered. */

import { useSignal } from '@preact/signals';
import type { AttendanceDay, Person } from '../../../../src/exports/whorl/client/browser.ts';
import { Fault } from '../../parts/alert.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { toast } from '../../parts/toasts.tsx';
import { PersonPicker } from '../../people/person-picker.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { dateTimeText, dayKey, dayStart } from '../../words/formats.ts';

export interface CorrectDialogProps {
  readonly service: ConnectedService;
  /** Undefined: whose and which day is asked for. */
  readonly day: AttendanceDay | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function CorrectDialog({ service, day, onClose, onDone }: CorrectDialogProps) {
  const person = useSignal<Person | undefined>(undefined);
  const date = useSignal(day?.day ?? dayKey(Date.now()));
  const time = useSignal('17:00');
  const reason = useSignal('');
  const work = useWork();
  const identity = day?.person.identity ?? person.value?.identity;
  const entered = useAnswer(async () => {
    if (day === undefined || day.corrections.length === 0) return [];
    const { items } = await service.client.journal.list({
      identity: day.person.identity,
      kinds: ['corrected'],
      limit: 100,
    });
    return items.filter(({ number }) => day.corrections.includes(number));
  }, [day]);
  const send = async (withdraws?: number) => {
    if (identity === undefined) return;
    const [hours = 0, minutes = 0] = time.value.split(':').map(Number);
    const atMs = (dayStart(date.value) ?? 0) + (hours * 60 + minutes) * 60_000;
    const correction = {
      identity,
      atMs,
      reason: reason.value.trim() || t('attendance.withdrawn'),
      ...(withdraws !== undefined && { withdraws }),
    };
    if (!(await work.run(() => service.client.journal.correct(correction)))) return;
    onClose();
    toast({ text: t('saved') });
    onDone();
  };
  const isReady = identity !== undefined && date.value !== '' && time.value !== '' && reason.value.trim() !== '';
  return (
    <Dialog
      title={day === undefined ? t('attendance.enter') : t('attendance.correctOf', { name: day.person.name })}
      onClose={onClose}
      actions={
        <button type="button" class="btn primary" disabled={!isReady || work.isBusy} onClick={() => void send()}>
          {t('attendance.enterTime')}
        </button>
      }
    >
      <p class="help">{t('attendance.correct.text')}</p>
      {day === undefined && (
        <PersonPicker
          service={service}
          label={t('person')}
          chosen={person.value}
          onChoose={(chosen) => (person.value = chosen)}
        />
      )}
      <div class="cols">
        <Field label={t('attendance.day')}>
          <input
            type="date"
            value={date.value}
            max={dayKey(Date.now())}
            onInput={(event) => (date.value = event.currentTarget.value)}
          />
        </Field>
        <Field label={t('journal.time')}>
          <input type="time" value={time.value} onInput={(event) => (time.value = event.currentTarget.value)} />
        </Field>
      </div>
      <Field label={t('attendance.reason')}>
        <input
          type="text"
          maxLength={200}
          value={reason.value}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
      </Field>
      {entered.value?.map((line) => (
        <p class="small" key={line.number}>
          {t('attendance.enteredBefore', { time: dateTimeText(line.correctedMs ?? line.atMs) })}{' '}
          <bdi class="quiet">{line.reason}</bdi>{' '}
          <button type="button" class="btn plain small" disabled={work.isBusy} onClick={() => void send(line.number)}>
            {t('attendance.withdraw')}
          </button>
        </p>
      ))}
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}
