/** The doors that the service watches at a reader: whom they open for, when, and what they do. */

import { useSignal } from '@preact/signals';
import type { Door, DoorState } from '../../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../../browser/address.ts';
import { Fault } from '../../parts/alert.tsx';
import { Chip, type Mood } from '../../parts/chip.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { toast } from '../../parts/toasts.tsx';
import { HoursFields } from '../../people/details-form.tsx';
import { hoursText } from '../../people/validity-words.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { codeFaultWords } from '../../words/fault-words.ts';
import { listText, momentText } from '../../words/formats.ts';

const MOODS: Readonly<Record<DoorState['state'], Mood>> = {
  waiting: 'ok',
  'no-reader': 'bad',
  fault: 'bad',
  off: 'plain',
};

export function Doors({ service, reader }: { readonly service: ConnectedService; readonly reader: string }) {
  const doors = useAnswer(
    async () => (await service.client.doors.list()).filter((each) => each.reader === reader),
    [service, reader],
  );
  const editing = useSignal<Door | undefined>(undefined);
  const removing = useSignal<Door | undefined>(undefined);
  return (
    <section class="stack-3" aria-labelledby="doors-title">
      <div class="card-head tight">
        <h3 id="doors-title">{t('doors.title')}</h3>
        <span class="grow" />
        <button
          type="button"
          class="btn plain small"
          onClick={() => (editing.value = { name: '', reader, actions: [{ kind: 'webhook', url: '' }] })}
        >
          <Icon name="add" />
          {t('doors.add')}
        </button>
      </div>
      {doors.fault !== undefined && <Fault words={doors.fault} />}
      {doors.value?.length === 0 && <p class="small quiet">{t('doors.none')}</p>}
      {doors.value?.map((door) => (
        <article class="well" key={door.name}>
          <div class="card-head tight">
            <b>
              <bdi>{door.name}</bdi>
            </b>
            <Chip mood={MOODS[door.state]}>{t(`doors.state.${door.state}`)}</Chip>
            {door.configured && <Chip>{t('doors.configured')}</Chip>}
          </div>
          <p class="small quiet">
            {door.groups === undefined ? t('doors.everybody') : t('doors.groups', { groups: listText(door.groups) })}{' '}
            {hoursText(door.hours)}
          </p>
          {door.fault !== undefined && <p class="problem">{codeFaultWords(door.fault).title}</p>}
          {door.undelivered > 0 && (
            <p class="problem">{t('alert.undelivered', { door: door.name, count: door.undelivered })}</p>
          )}
          {door.last !== undefined && (
            <p class="small">
              {t(`door.said.${door.last.kind}`)} <span class="quiet">{momentText(door.last.atMs)}</span>
            </p>
          )}
          <div class="actions">
            <a class="btn small" href={linkTo('door', [door.name])}>
              <Icon name="expand" />
              {t('doors.view')}
            </a>
            {!door.configured && (
              <>
                <button type="button" class="btn small" onClick={() => (editing.value = door)}>
                  {t('person.edit')}
                </button>
                <button type="button" class="btn small danger" onClick={() => (removing.value = door)}>
                  {t('doors.remove')}
                </button>
              </>
            )}
          </div>
        </article>
      ))}
      {editing.value !== undefined && (
        <DoorDialog
          service={service}
          door={editing.value}
          onClose={() => (editing.value = undefined)}
          onDone={doors.reload}
        />
      )}
      {removing.value !== undefined && (
        <RemoveDialog
          service={service}
          door={removing.value}
          onClose={() => (removing.value = undefined)}
          onDone={doors.reload}
        />
      )}
    </section>
  );
}

interface DoorDialogProps {
  readonly service: ConnectedService;
  readonly door: Door;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function DoorDialog({ service, door, onClose, onDone }: DoorDialogProps) {
  const isNew = door.name === '';
  const name = useSignal(door.name);
  const hook = door.actions.find((each) => each.kind === 'webhook');
  const url = useSignal(hook?.kind === 'webhook' ? hook.url : '');
  const chosen = useSignal<readonly string[]>(door.groups ?? []);
  const hours = useSignal(door.hours ?? []);
  const enabled = useSignal(door.enabled ?? true);
  const groups = useAnswer(() => service.client.people.groups(), [service]);
  const work = useWork();
  const save = async () => {
    const address = url.value.trim();
    const changed: Door = {
      name: name.value.trim(),
      reader: door.reader,
      actions: [
        ...(address === '' ? [] : [{ kind: 'webhook' as const, url: address }]),
        ...door.actions.filter(({ kind }) => kind !== 'webhook'),
      ],
      enabled: enabled.value,
      ...(chosen.value.length > 0 && { groups: chosen.value }),
      ...(hours.value.length > 0 && { hours: hours.value }),
    };
    if (!(await work.run(() => service.client.doors.set(changed)))) return;
    onClose();
    toast({ text: t('saved') });
    onDone();
  };
  return (
    <Dialog
      title={isNew ? t('doors.add') : t('person.editNamed', { name: door.name })}
      onClose={onClose}
      actions={
        <button
          type="button"
          class="btn primary"
          disabled={work.isBusy || name.value.trim() === ''}
          onClick={() => void save()}
        >
          {t('save')}
        </button>
      }
    >
      <Field label={t('people.name')}>
        <input
          type="text"
          maxLength={64}
          value={name.value}
          readOnly={!isNew}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </Field>
      <fieldset class="field">
        <legend class="label">{t('doors.forWhom')}</legend>
        <div class="chips">
          {groups.value?.map(({ name: group }) => (
            <label class="check small" key={group}>
              <input
                type="checkbox"
                checked={chosen.value.includes(group)}
                onChange={(event) =>
                  (chosen.value = event.currentTarget.checked
                    ? [...chosen.value, group]
                    : chosen.value.filter((each) => each !== group))
                }
              />
              <bdi>{group}</bdi>
            </label>
          ))}
        </div>
        <small class="help">{t('doors.everybody')}</small>
      </fieldset>
      <HoursFields hours={hours.value} onChange={(changed) => (hours.value = changed)} />
      <Field label={t('doors.webhook')} optional help={t('doors.webhook.help')}>
        <input
          type="url"
          placeholder="https://"
          dir="ltr"
          value={url.value}
          onInput={(event) => (url.value = event.currentTarget.value)}
        />
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={enabled.value}
          onChange={(event) => (enabled.value = event.currentTarget.checked)}
        />
        {t('doors.enabled')}
      </label>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

function RemoveDialog({ service, door, onClose, onDone }: DoorDialogProps) {
  const work = useWork();
  const run = async () => {
    if (!(await work.run(() => service.client.doors.remove(door.name)))) return;
    onClose();
    onDone();
  };
  return (
    <Dialog
      title={t('doors.remove.ask', { name: door.name })}
      onClose={onClose}
      actions={
        <button type="button" class="btn destroy" disabled={work.isBusy} onClick={() => void run()}>
          {t('doors.remove')}
        </button>
      }
    >
      <p>{t('doors.remove.text')}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}
