/** Finds a person by typing; a list below the field is walked with the arrow keys. */

import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Person } from '../../../src/exports/whorl/client/browser.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { t } from '../words/catalogue.ts';
import { identityKey, isSame } from './identity-key.ts';

/** Role of a field that holds its list itself. */
const COMBOBOX = 'combobox' as const;
/** Wait after a key before the service is asked. */
const PAUSE_MS = 120;
const MOST = 8;

export interface PersonPickerProps {
  readonly service: ConnectedService;
  readonly label: string;
  readonly placeholder?: string;
  readonly chosen: Person | undefined;
  readonly onChoose: (person: Person | undefined) => void;
  /** Offers to add somebody of the name that was typed. */
  readonly onAdd?: (name: string) => void;
  readonly without?: Person;
}

export function PersonPicker(props: PersonPickerProps) {
  const { service, label, placeholder = t('people.nameOrNumber'), chosen, onChoose, onAdd, without } = props;
  const text = useSignal(chosen?.name ?? '');
  const found = useSignal<readonly Person[]>([]);
  const open = useSignal(false);
  const at = useSignal(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    text.value = chosen?.name ?? '';
  }, [chosen && identityKey(chosen.identity)]);
  useEffect(() => {
    if (!open.value) return;
    let gone = false;
    const timer = setTimeout(() => {
      void service.client.people.list({ text: text.value.trim(), limit: MOST }).then(
        ({ items }) => {
          if (gone) return;
          found.value = items.filter((each) => !isSame(each.identity, without?.identity));
          at.value = -1;
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text.value, open.value]);
  const mayAdd = onAdd !== undefined && text.value.trim() !== '' && chosen?.name !== text.value;
  const count = found.value.length + (mayAdd ? 1 : 0);
  const choose = (index: number) => {
    const person = found.value[index];
    open.value = false;
    if (person !== undefined) {
      text.value = person.name;
      onChoose(person);
    } else if (mayAdd) onAdd?.(text.value.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      open.value = true;
      at.value = count === 0 ? -1 : (at.value + (event.key === 'ArrowDown' ? 1 : -1) + count) % count;
    } else if (event.key === 'Enter' && open.value && count > 0) choose(Math.max(0, at.value));
    else if (event.key === 'Escape' && open.value) open.value = false;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const showsList = open.value && count > 0;
  return (
    <div class="picker">
      <label class="field">
        <span>{label}</span>
        <input
          ref={input}
          type="search"
          role={COMBOBOX}
          list={undefined}
          autocomplete="off"
          aria-expanded={showsList}
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={at.value >= 0 ? `${id}${at.value}` : undefined}
          placeholder={placeholder}
          value={text.value}
          onFocus={() => (open.value = true)}
          onBlur={() => (open.value = false)}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            open.value = true;
            if (chosen !== undefined) onChoose(undefined);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div id={`${id}list`} class="picker-list" role="listbox" aria-label={label} hidden={!showsList}>
        {found.value.map((person, i) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
          <div
            key={identityKey(person.identity)}
            id={`${id}${i}`}
            role="option"
            aria-selected={i === at.value}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(i)}
          >
            <Avatar name={person.name} of={identityKey(person.identity)} size="tiny" />
            <bdi>{person.name}</bdi>
            {person.number !== undefined && <span class="quiet mono">{person.number}</span>}
          </div>
        ))}
        {mayAdd && (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
          <div
            id={`${id}${found.value.length}`}
            role="option"
            aria-selected={at.value === found.value.length}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(found.value.length)}
          >
            <Icon name="add" />
            {t('people.addNamed', { name: text.value.trim() })}
          </div>
        )}
      </div>
    </div>
  );
}
