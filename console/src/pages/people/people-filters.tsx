/** Search and filters of the list of people. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { address, changeQuery } from '../../browser/address.ts';
import { Field, Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FROM_THE_START } from '../../parts/pager.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';

/** Wait after a key before the list is asked for. */
const PAUSE_MS = 150;

export function PeopleFilters({ service }: { readonly service: ConnectedService }) {
  const { text = '', group = '', fingers = '', valid = '' } = address.value.query;
  const typed = useSignal(text);
  const open = useSignal(false);
  const groups = useAnswer(() => service.client.people.groups(), [service]);
  useEffect(() => {
    typed.value = text;
  }, [text]);
  useEffect(() => {
    if (typed.value === text) return;
    const timer = setTimeout(() => changeQuery({ ...FROM_THE_START, text: typed.value }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const set = (name: string) => (value: string) => changeQuery({ ...FROM_THE_START, [name]: value });
  return (
    <search class={open.value ? 'filters collapses open' : 'filters collapses'}>
      <Field label={t('search')} wide>
        <input
          type="search"
          placeholder={t('people.nameOrNumber')}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
      </Field>
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
        label={t('people.group')}
        value={group}
        options={[['', t('people.everyGroup')], ...(groups.value ?? []).map(({ name }) => [name, name] as const)]}
        onChoose={set('group')}
      />
      <Select
        label={t('people.fingers')}
        value={fingers}
        options={[
          ['', t('people.fingers.any')],
          ['some', t('people.fingers.some')],
          ['none', t('people.fingers.none')],
        ]}
        onChoose={set('fingers')}
      />
      <Select
        label={t('people.valid')}
        value={valid}
        options={[
          ['', t('people.valid.any')],
          ['yes', t('people.valid.yes')],
          ['no', t('people.valid.no')],
        ]}
        onChoose={set('valid')}
      />
    </search>
  );
}
