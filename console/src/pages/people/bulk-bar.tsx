/** What can be done with the people that are selected. */

import { useSignal } from '@preact/signals';
import type { BulkChange, Person, PersonValidity } from '../../../../src/exports/whorl/client/browser.ts';
import { Fault } from '../../parts/alert.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { toast } from '../../parts/toasts.tsx';
import { ValidityFields } from '../../people/details-form.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';

export interface BulkBarProps {
  readonly service: ConnectedService;
  readonly people: readonly Person[];
  readonly onDelete: () => void;
  readonly onNone: () => void;
  readonly onDone: () => void;
}

export function BulkBar({ service, people, onDelete, onNone, onDone }: BulkBarProps) {
  const asking = useSignal<'group' | 'validity' | undefined>(undefined);
  const work = useWork();
  const change = (bulk: BulkChange) =>
    work.run(async () => {
      const count = await service.client.people.changeAll(
        people.map(({ identity }) => identity),
        bulk,
      );
      toast({ text: t('bulk.changed', { count }) });
      asking.value = undefined;
      onDone();
    });
  const areSuspended = people.every(({ suspended }) => suspended === true);
  return (
    <section class="bulk" aria-label={t('bulk.label')}>
      <b aria-live="polite">{t('bulk.selected', { count: people.length })}</b>
      <button type="button" class="btn plain small" onClick={onNone}>
        {t('bulk.none')}
      </button>
      <span class="grow" />
      <button type="button" class="btn small" onClick={() => (asking.value = 'group')}>
        {t('bulk.group')}
      </button>
      <button type="button" class="btn small" onClick={() => (asking.value = 'validity')}>
        {t('bulk.validity')}
      </button>
      <button
        type="button"
        class="btn small"
        disabled={work.isBusy}
        onClick={() => void change({ kind: areSuspended ? 'resume' : 'suspend' })}
      >
        {areSuspended ? t('bulk.resume') : t('bulk.suspend')}
      </button>
      <button type="button" class="btn small danger" onClick={onDelete}>
        <Icon name="delete" />
        {t('delete.button')}
      </button>
      {work.fault !== undefined && asking.value === undefined && <Fault words={work.fault} />}
      {asking.value === 'group' && (
        <GroupDialog
          work={work}
          onClose={() => (asking.value = undefined)}
          onChange={(kind, group) => void change({ kind, group })}
        />
      )}
      {asking.value === 'validity' && (
        <ValidityDialog
          service={service}
          work={work}
          count={people.length}
          onClose={() => (asking.value = undefined)}
          onChange={(validity) => void change({ kind: 'validity', validity })}
        />
      )}
    </section>
  );
}

interface GroupDialogProps {
  readonly work: ReturnType<typeof useWork>;
  readonly onClose: () => void;
  readonly onChange: (kind: 'add-group' | 'remove-group', group: string) => void;
}

function GroupDialog({ work, onClose, onChange }: GroupDialogProps) {
  const name = useSignal('');
  const isEmpty = name.value.trim() === '' || work.isBusy;
  return (
    <Dialog
      title={t('bulk.group')}
      onClose={onClose}
      actions={
        <>
          <button
            type="button"
            class="btn"
            disabled={isEmpty}
            onClick={() => onChange('remove-group', name.value.trim())}
          >
            {t('bulk.takeOut')}
          </button>
          <button
            type="button"
            class="btn primary"
            disabled={isEmpty}
            onClick={() => onChange('add-group', name.value.trim())}
          >
            {t('bulk.putIn')}
          </button>
        </>
      }
    >
      <Field label={t('people.groupName')}>
        <input
          type="text"
          maxLength={64}
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </Field>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

interface ValidityDialogProps {
  readonly service: ConnectedService;
  readonly work: ReturnType<typeof useWork>;
  readonly count: number;
  readonly onClose: () => void;
  readonly onChange: (validity: PersonValidity) => void;
}

function ValidityDialog({ service, work, count, onClose, onChange }: ValidityDialogProps) {
  const validity = useSignal<PersonValidity>({});
  return (
    <Dialog
      title={t('bulk.validity')}
      onClose={onClose}
      actions={
        <button
          type="button"
          class="btn primary"
          disabled={work.isBusy}
          onClick={() => onChange(cleaned(validity.value))}
        >
          {t('bulk.setFor', { count })}
        </button>
      }
    >
      <ValidityFields service={service} validity={validity.value} onChange={(chosen) => (validity.value = chosen)} />
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

function cleaned({ from, until, hours, places }: PersonValidity): PersonValidity {
  return {
    ...(from && { from }),
    ...(until && { until }),
    ...(hours !== undefined && hours.length > 0 && { hours }),
    ...(places !== undefined && places.length > 0 && { places }),
  };
}
