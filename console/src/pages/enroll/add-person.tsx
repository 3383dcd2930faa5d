/** Adds a person where somebody is needed: only the name is asked for. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Person } from '../../../../src/exports/whorl/client/browser.ts';
import { Fault } from '../../parts/alert.tsx';
import { Field } from '../../parts/field.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';

export interface AddPersonProps {
  readonly service: ConnectedService;
  readonly name: string;
  readonly onAdded: (person: Person) => void;
  readonly onCancel: () => void;
}

export function AddPerson({ service, name: given, onAdded, onCancel }: AddPersonProps) {
  const name = useSignal(given);
  const number = useSignal('');
  const work = useWork();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const add = () =>
    work.run(async () => {
      const trimmed = number.value.trim();
      onAdded(
        await service.client.people.create({ name: name.value.trim(), ...(trimmed !== '' && { number: trimmed }) }),
      );
    });
  return (
    <form
      class="well"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="cols">
        <Field label={t('people.name')}>
          <input
            ref={first}
            type="text"
            required
            maxLength={200}
            autocomplete="off"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </Field>
        <Field label={t('people.number')} optional>
          <input
            type="text"
            maxLength={64}
            autocomplete="off"
            value={number.value}
            onInput={(event) => (number.value = event.currentTarget.value)}
          />
        </Field>
      </div>
      {work.fault !== undefined && <Fault words={work.fault} />}
      <div class="actions">
        <button type="submit" class="btn primary small" disabled={work.isBusy || name.value.trim() === ''}>
          {t('people.add')}
        </button>
        <button type="button" class="btn small" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
