/** The list of people: search, filters, pages, a selection, import and export. */

import { useSignal } from '@preact/signals';
import type { Person } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery, go, linkTo } from '../../browser/address.ts';
import { preferences } from '../../browser/preferences.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { Fault } from '../../parts/alert.tsx';
import { Avatar } from '../../parts/avatar.tsx';
import { Chip } from '../../parts/chip.tsx';
import { type Column, DataTable, LoadingRows } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FingerGlyph } from '../../parts/finger-glyph.tsx';
import { GrowingPrint } from '../../parts/growing-print.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { FROM_THE_START, Pager, placeInList } from '../../parts/pager.tsx';
import { saveText } from '../../parts/save-text.ts';
import { isLeaving } from '../../people/delete-person.ts';
import { identityKey } from '../../people/identity-key.ts';
import { validMark } from '../../people/validity-words.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { dateText, dayKey, dayStart, momentText } from '../../words/formats.ts';
import { BulkBar } from './bulk-bar.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PeopleFilters } from './people-filters.tsx';
import { peopleQuery } from './people-query.ts';

export function PeoplePage({ service }: PageProps) {
  const { query } = address.value;
  const asked = peopleQuery(query);
  const { cursor } = placeInList();
  const limit = preferences.rows.value;
  const list = useAnswer(
    () => service.client.people.list({ ...asked, limit, ...(cursor !== undefined && { cursor }) }),
    [service, JSON.stringify(asked), cursor, limit],
  );
  const selected = useSignal<ReadonlyMap<string, Person>>(new Map());
  const deleting = useSignal<readonly Person[]>([]);
  const work = useWork();
  const rows = (list.value?.items ?? []).filter((each) => !isLeaving(each));
  const isFiltered = Object.keys(asked).some((each) => !['sort', 'descending'].includes(each));
  const isEmpty = list.value?.total === 0 && !isFiltered;
  const done = () => {
    selected.value = new Map();
    list.reload();
  };
  const exportAll = () =>
    work.run(() => saveText(`people-${dayKey(Date.now())}.csv`, service.client.people.export(asked)));
  return (
    <PageFrame
      title={t('nav.people')}
      actions={
        <>
          <button type="button" class="btn" onClick={() => changeQuery({ import: '1' }, 'push')}>
            <Icon name="upload" />
            <span class="t">{t('people.import')}</span>
          </button>
          <button type="button" class="btn" disabled={work.isBusy || isEmpty} onClick={() => void exportAll()}>
            <Icon name="download" />
            <span class="t">{t('people.export')}</span>
          </button>
          <a class="btn primary" href={linkTo('person', ['new'])}>
            <Icon name="add" />
            <span class="t">{t('people.add')}</span>
          </a>
        </>
      }
      withoutFinder
    >
      {work.fault !== undefined && <Fault words={work.fault} />}
      {!isEmpty && <PeopleFilters service={service} />}
      <section class="card flush">
        {selected.value.size > 0 && (
          <BulkBar
            service={service}
            people={[...selected.value.values()]}
            onDelete={() => (deleting.value = [...selected.value.values()])}
            onNone={() => (selected.value = new Map())}
            onDone={done}
          />
        )}
        {list.fault !== undefined && (
          <Fault
            words={list.fault}
            actions={
              <button type="button" class="btn small" onClick={list.reload}>
                {t('again')}
              </button>
            }
          />
        )}
        {list.value === undefined && list.fault === undefined && <LoadingRows count={Math.min(limit, 12)} />}
        {isEmpty && <Nobody />}
        {list.value?.total === 0 && isFiltered && <NothingFound text={query.text ?? ''} />}
        {list.value !== undefined && list.value.total > 0 && (
          <>
            <DataTable
              caption={t('people.caption')}
              columns={columns((person) => (deleting.value = [person]))}
              rows={rows}
              keyOf={({ identity }) => identityKey(identity)}
              sorted={{ by: asked.sort ?? 'name', descending: asked.descending ?? false }}
              onSort={(by) =>
                changeQuery({
                  ...FROM_THE_START,
                  sort: by === 'name' ? '' : by,
                  down: (asked.sort ?? 'name') === by && asked.descending !== true ? '1' : '',
                })
              }
              isLoading={list.isLoading}
              selection={{
                has: ({ identity }) => selected.value.has(identityKey(identity)),
                label: ({ name }) => name,
                toggle: (person, on) => {
                  const next = new Map(selected.value);
                  if (on) next.set(identityKey(person.identity), person);
                  else next.delete(identityKey(person.identity));
                  selected.value = next;
                },
                toggleAll: (on) => {
                  const next = new Map(selected.value);
                  for (const each of rows) {
                    if (on) next.set(identityKey(each.identity), each);
                    else next.delete(identityKey(each.identity));
                  }
                  selected.value = next;
                },
              }}
            />
            <Pager total={list.value.total} shown={list.value.items.length} next={list.value.next} />
          </>
        )}
      </section>
      {query.import !== undefined && (
        <ImportDialog service={service} onClose={() => changeQuery({ import: '' })} onDone={list.reload} />
      )}
      {deleting.value.length > 0 && (
        <DeleteDialog service={service} people={deleting.value} onClose={() => (deleting.value = [])} onDone={done} />
      )}
    </PageFrame>
  );
}

function columns(onDelete: (person: Person) => void): readonly Column<Person>[] {
  return [
    {
      name: 'name',
      title: t('people.name'),
      phone: 'lead',
      sort: 'name',
      cell: ({ identity, name }) => (
        <div class="person">
          <Avatar name={name} of={identityKey(identity)} />
          <div>
            <a class="row" href={linkTo('person', [identityKey(identity)])}>
              <bdi>{name}</bdi>
            </a>
          </div>
        </div>
      ),
    },
    {
      name: 'number',
      title: t('people.number'),
      phone: 'hidden',
      class: 'mono',
      sort: 'number',
      cell: ({ number }) => number ?? '',
    },
    {
      name: 'groups',
      title: t('people.groups'),
      phone: 'hidden',
      cell: ({ groups }) => (
        <span class="chips">
          {groups.slice(0, 1).map((each) => (
            <Chip key={each}>
              <bdi>{each}</bdi>
            </Chip>
          ))}
          {groups.length > 1 && (
            <span class="chip" title={groups.slice(1).join(', ')}>
              +{groups.length - 1}
              <span class="sr"> {groups.slice(1).join(', ')}</span>
            </span>
          )}
        </span>
      ),
    },
    {
      name: 'fingers',
      title: t('people.fingers'),
      phone: 'field',
      cell: ({ identity, fingers, name }) =>
        fingers.length === 0 ? (
          <a class="small nowrap" href={linkTo('enroll', [], { person: identityKey(identity) })}>
            {t('people.enroll')}
            <span class="sr"> {name}</span>
          </a>
        ) : (
          <FingerGlyph fingers={fingers.map(({ subFactor }) => subFactor)} />
        ),
    },
    {
      name: 'added',
      title: t('people.added'),
      phone: 'hidden',
      class: 'nowrap quiet',
      sort: 'created',
      cell: ({ createdAtMs }) => momentText(createdAtMs),
    },
    {
      name: 'valid',
      title: t('people.validUntil'),
      phone: 'field',
      class: 'nowrap',
      cell: (person) => {
        const mark = validMark(person);
        if (mark !== undefined) return <Chip mood={mark.mood}>{mark.text}</Chip>;
        const until = person.validity?.until;
        return until === undefined ? <span class="quiet">{t('valid.noEnd')}</span> : dateText(dayStart(until) ?? 0);
      },
    },
    {
      name: 'more',
      title: '',
      phone: 'trail',
      cell: (person) => (
        <Menu
          label={t('people.moreFor', { name: person.name })}
          items={[
            {
              label: t('people.enrollFinger'),
              icon: 'finger',
              onChoose: () => go(linkTo('enroll', [], { person: identityKey(person.identity) })),
            },
            {
              label: t('people.history'),
              icon: 'journal',
              onChoose: () => go(linkTo('journal', [], { person: identityKey(person.identity) })),
            },
            { label: t('delete.button'), icon: 'delete', danger: true, onChoose: () => onDelete(person) },
          ]}
        />
      ),
    },
  ];
}

function Nobody() {
  return (
    <Empty
      title={t('people.empty')}
      art={<GrowingPrint isWaiting />}
      actions={
        <>
          <a class="btn primary" href={linkTo('enroll')}>
            <Icon name="add" />
            {t('first.enroll')}
          </a>
          <button type="button" class="btn" onClick={() => changeQuery({ import: '1' }, 'push')}>
            <Icon name="upload" />
            {t('people.importList')}
          </button>
        </>
      }
    >
      {t('people.empty.text')}
    </Empty>
  );
}

function NothingFound({ text }: { readonly text: string }) {
  return (
    <Empty
      title={text === '' ? t('people.noneFit') : t('people.noneMatch', { text })}
      actions={
        <>
          <a class="btn" href={linkTo('people')}>
            {t('clear')}
          </a>
          {text !== '' && (
            <a class="btn" href={linkTo('person', ['new'], { name: text })}>
              <Icon name="add" />
              {t('people.addNamed', { name: text })}
            </a>
          )}
        </>
      }
    >
      {t('people.noneMatch.text')}
    </Empty>
  );
}
