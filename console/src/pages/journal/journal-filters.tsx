/** Whose, where, what and when. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Person } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery } from '../../browser/address.ts';
import { Field, Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FROM_THE_START } from '../../parts/pager.tsx';
import { identityKey, identityOf } from '../../people/identity-key.ts';
import { PersonPicker } from '../../people/person-picker.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { t } from '../../words/catalogue.ts';
import { dayKey } from '../../words/formats.ts';
import { RESULTS, type ResultName } from './journal-query.ts';

export function JournalFilters({ service }: { readonly service: ConnectedService }) {
  const { person: key, place = '', reader = '', result = '', day = '', until = '' } = address.value.query;
  const person = useSignal<Person | undefined>(undefined);
  const open = useSignal(false);
  useEffect(() => {
    if (key === undefined) person.value = undefined;
    else if (person.value === undefined || identityKey(person.value.identity) !== key) {
      void service.client.people.get(identityOf(key)).then(
        (found) => (person.value = found),
        () => undefined,
      );
    }
  }, [service, key]);
  const set = (change: Readonly<Record<string, string>>) => changeQuery({ ...FROM_THE_START, open: '', ...change });
  const places = [...new Set(service.places.value.map((each) => each.place).filter((each) => each !== ''))];
  const where = reader !== '' ? `r:${reader}` : place !== '' ? `p:${place}` : '';
  return (
    <search class={open.value ? 'filters collapses open' : 'filters collapses'}>
      <PersonPicker
        service={service}
        label={t('person')}
        placeholder={t('journal.anybody')}
        chosen={person.value}
        onChoose={(chosen) => {
          person.value = chosen;
          set({ person: chosen === undefined ? '' : identityKey(chosen.identity) });
        }}
      />
      <button
        type="button"
        class="btn mobile-only"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name="settings" />
        {t('filters')}
      </button>
      <Select
        label={t('journal.where')}
        value={where}
        options={[
          ['', t('valid.everywhere')],
          ...places.map((each) => [`p:${each}`, each] as const),
          ...service.places.value.map((each) => [`r:${each.reader}`, each.title] as const),
        ]}
        onChoose={(chosen) =>
          set({
            place: chosen.startsWith('p:') ? chosen.slice(2) : '',
            reader: chosen.startsWith('r:') ? chosen.slice(2) : '',
          })
        }
      />
      <Select
        label={t('journal.result')}
        value={result in RESULTS ? result : ''}
        options={[
          ['', t('journal.result.all')],
          ...(Object.keys(RESULTS) as ResultName[]).map((each) => [each, t(`journal.result.${each}`)] as const),
        ]}
        onChoose={(chosen) => set({ result: chosen })}
      />
      <Field label={t('journal.fromDay')}>
        <input
          type="date"
          value={day}
          max={dayKey(Date.now())}
          onChange={(event) => set({ day: event.currentTarget.value, until: '' })}
        />
      </Field>
      <Field label={t('journal.untilDay')}>
        <input
          type="date"
          value={until === '' ? day : until}
          min={day}
          disabled={day === ''}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </Field>
    </search>
  );
}
