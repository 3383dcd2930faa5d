/** Readers by name and place: their health, a detail with a live test, their doors, and how to add one. */

import { useSignal } from '@preact/signals';
import type { ReaderPlace } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery, linkTo } from '../../browser/address.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { Chip } from '../../parts/chip.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { nowWords, placeLine, USE_ICONS, wordsOfUse } from '../../people/place-words.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { momentText } from '../../words/formats.ts';
import { AddReader } from './add-reader.tsx';
import { ReaderDetail } from './reader-detail.tsx';

const USES = ['door', 'clock', 'desk', 'kiosk'] as const;

export function ReadersPage({ service }: PageProps) {
  const { query } = address.value;
  const units = useAnswer(() => service.client.units(), [service, service.places.value]);
  const text = useSignal('');
  const all = service.places.value;
  const wanted = text.value.trim().toLocaleLowerCase();
  const rows = all.filter(
    (each) =>
      (query.use === undefined || each.use === query.use) &&
      (query.state === undefined || each.attached === (query.state === 'in')) &&
      `${each.title} ${each.place} ${each.reader}`.toLocaleLowerCase().includes(wanted),
  );
  const open = all.find(({ reader }) => reader === query.open);
  const describe = ({ unitId }: ReaderPlace) => units.value?.find((each) => each.unitId === unitId);
  return (
    <PageFrame
      title={t('nav.readers')}
      actions={
        <button type="button" class="btn primary" onClick={() => changeQuery({ add: '1' }, 'push')}>
          <Icon name="add" />
          <span class="t">{t('readers.add')}</span>
        </button>
      }
    >
      <search class="filters">
        <Field label={t('search')} wide>
          <input
            type="search"
            placeholder={t('readers.nameOrPlace')}
            value={text.value}
            onInput={(event) => (text.value = event.currentTarget.value)}
          />
        </Field>
        <Select
          label={t('readers.use')}
          value={query.use ?? ''}
          options={[['', t('readers.use.all')], ...USES.map((each) => [each, wordsOfUse(each)] as const)]}
          onChoose={(use) => changeQuery({ use })}
        />
        <Select
          label={t('readers.state')}
          value={query.state ?? ''}
          options={[
            ['', t('readers.state.all')],
            ['in', t('readers.state.in')],
            ['out', t('readers.state.out')],
          ]}
          onChoose={(state) => changeQuery({ state })}
        />
      </search>
      <div class={open === undefined ? 'journal' : 'journal split'}>
        <section class="card flush">
          {rows.length === 0 ? (
            <Empty
              title={all.length === 0 ? t('readers.none') : t('readers.noneFit')}
              actions={
                all.length > 0 ? (
                  <a class="btn" href={linkTo('readers')} onClick={() => (text.value = '')}>
                    {t('clear')}
                  </a>
                ) : undefined
              }
            >
              {all.length === 0 ? t('readers.none.text') : ''}
            </Empty>
          ) : (
            <>
              <DataTable
                caption={t('nav.readers')}
                columns={columns(service, (place) => describe(place)?.description ?? '')}
                rows={rows}
                keyOf={({ reader }) => reader}
                isOpen={({ reader }) => reader === open?.reader}
              />
              <p class="pager">{t('readers.count', { count: rows.length })}</p>
            </>
          )}
        </section>
        {open !== undefined && (
          <ReaderDetail
            key={open.reader}
            service={service}
            place={open}
            unit={describe(open)}
            onClose={() => changeQuery({ open: '' })}
          />
        )}
      </div>
      {query.add !== undefined && <AddReader service={service} onClose={() => changeQuery({ add: '' })} />}
    </PageFrame>
  );
}

function columns(service: ConnectedService, device: (place: ReaderPlace) => string): readonly Column<ReaderPlace>[] {
  return [
    {
      name: 'reader',
      title: t('reader'),
      phone: 'lead',
      cell: (place) => (
        <div class="person">
          <span class="avatar t4" aria-hidden="true">
            <Icon name={place.attached ? USE_ICONS[place.use] : 'unplugged'} />
          </span>
          <div>
            <a class="row" href={linkTo('readers', [], { ...address.value.query, open: place.reader })}>
              <bdi>{place.title}</bdi>
            </a>
            <small>
              <bdi>{placeLine(place)}</bdi>
            </small>
          </div>
        </div>
      ),
    },
    {
      name: 'health',
      title: t('readers.health'),
      phone: 'trail',
      cell: (place) => {
        const { mood, title } = nowWords(place, service.activityOf(place));
        return (
          <Chip mood={mood} {...(!place.attached && { icon: 'unplugged' as const })}>
            {title}
          </Chip>
        );
      },
    },
    {
      name: 'device',
      title: t('readers.device'),
      phone: 'field',
      class: 'small wide-only',
      cell: (place) => (
        <bdi>
          {device(place)}
          {service.virtualNameOf(place) !== undefined && ` · ${t('pad.virtual')}`}
        </bdi>
      ),
    },
    {
      name: 'seen',
      title: t('readers.lastSeen'),
      phone: 'hidden',
      class: 'small quiet wide-only nowrap',
      cell: ({ attached, seenAtMs }) =>
        attached ? t('readers.pluggedIn') : seenAtMs === undefined ? t('place.neverSeen') : momentText(seenAtMs),
    },
  ];
}
