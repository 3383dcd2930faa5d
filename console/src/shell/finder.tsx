/** Finds a page, a person or a reader by typing; Ctrl K from anywhere. */

import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { go, linkTo } from '../browser/address.ts';
import { finding } from '../frame/finding.tsx';
import { helping } from '../frame/helping.ts';
import type { PageProps } from '../frame/page-props.ts';
import type { Key } from '../languages/catalogue.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { identityKey } from '../people/identity-key.ts';
import { USE_ICONS } from '../people/place-words.ts';
import { t } from '../words/catalogue.ts';

interface Found {
  readonly name: string;
  readonly icon: IconName;
  readonly text: string;
  readonly more: string;
  readonly run: () => void;
}

const PAGES: readonly (readonly [page: string, title: Key, icon: IconName, administrator: boolean])[] = [
  ['live', 'nav.live', 'live', false],
  ['enroll', 'nav.enroll', 'finger', false],
  ['people', 'nav.people', 'people', false],
  ['journal', 'nav.journal', 'journal', false],
  ['attendance', 'attendance.title', 'clock', false],
  ['identify', 'identify.title', 'search', false],
  ['readers', 'nav.readers', 'reader', true],
  ['door', 'door.title', 'door', true],
  ['settings', 'nav.settings', 'settings', true],
  ['access', 'access.title', 'key', true],
  ['backup', 'backup.title', 'download', true],
  ['audit', 'audit.title', 'shield', true],
  ['health', 'health.title', 'live', true],
  ['developers', 'nav.developers', 'developers', false],
  ['compare', 'compare.title', 'copy', false],
];

/** Role of a field that holds its list itself. */
const COMBOBOX = 'combobox' as const;
/** Wait after a key before people are asked for. */
const PAUSE_MS = 120;
const MOST_PEOPLE = 6;

export function Finder({ service }: PageProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const text = useSignal('');
  const people = useSignal<readonly Found[]>([]);
  const at = useSignal(0);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const wanted = text.value.trim().toLocaleLowerCase();
  useEffect(() => {
    people.value = [];
    if (wanted === '' || !service.isOperator) return;
    let gone = false;
    const timer = setTimeout(() => {
      void service.client.people.list({ text: wanted, limit: MOST_PEOPLE }).then(
        ({ items }) => {
          if (gone) return;
          people.value = items.map(({ identity, name, number = '' }) => ({
            name: identityKey(identity),
            icon: 'people',
            text: name,
            more: number,
            run: () => go(linkTo('person', [identityKey(identity)])),
          }));
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const pages = PAGES.filter(([, , , administrator]) => !administrator || service.account.administrator).map(
    ([page, title, icon]): Found => ({
      name: page,
      icon,
      text: t(title as 'nav.live'),
      more: t('find.page'),
      run: () => go(linkTo(page)),
    }),
  );
  const places = service.places.value.map(
    ({ reader, title, place, use }): Found => ({
      name: `reader ${reader}`,
      icon: USE_ICONS[use],
      text: title,
      more: place,
      run: () =>
        go(
          service.account.administrator ? linkTo('readers', [], { open: reader }) : linkTo('identify', [], { reader }),
        ),
    }),
  );
  const help: Found = {
    name: 'keys',
    icon: 'info',
    text: t('keys.title'),
    more: '?',
    run: () => (helping.value = true),
  };
  const fits = ({ text: name, more }: Found) => `${name} ${more}`.toLocaleLowerCase().includes(wanted);
  const found = [
    ...people.value,
    ...[...pages, help].filter(fits),
    ...(wanted === '' ? [] : places.filter(fits).slice(0, 6)),
  ];
  const close = () => (finding.value = false);
  const choose = (each: Found | undefined) => {
    if (each === undefined) return;
    close();
    each.run();
  };
  const index = Math.min(at.value, Math.max(0, found.length - 1));
  return (
    <dialog
      ref={dialog}
      class="dialog finder"
      aria-label={t('find.short')}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => event.target === dialog.current && close()}
    >
      <input
        type="search"
        role={COMBOBOX}
        list={undefined}
        autocomplete="off"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}list`}
        aria-activedescendant={found.length > 0 ? `${id}${index}` : undefined}
        aria-label={t('find.short')}
        placeholder={t('find.short')}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') at.value = (index + 1) % Math.max(1, found.length);
          else if (event.key === 'ArrowUp') at.value = (index - 1 + found.length) % Math.max(1, found.length);
          else if (event.key === 'Enter') choose(found[index]);
          else return;
          event.preventDefault();
        }}
      />
      <div id={`${id}list`} role="listbox" aria-label={t('find.results')}>
        {found.map((each, i) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
          <div key={each.name} id={`${id}${i}`} role="option" aria-selected={i === index} onClick={() => choose(each)}>
            <Icon name={each.icon} />
            <bdi>{each.text}</bdi>
            <span class="grow" />
            <small class="quiet">
              <bdi>{each.more}</bdi>
            </small>
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="quiet">{t('find.nothing')}</p>}
    </dialog>
  );
}
