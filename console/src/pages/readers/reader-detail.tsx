/** One reader: its name and place, a live test, its doors, and what it is for developers. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ReaderPlace, ReaderUse, UnitDescription } from '../../../../src/exports/whorl/client/browser.ts';
import { changeQuery } from '../../browser/address.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { toast } from '../../parts/toasts.tsx';
import { nowWords, wordsOfUse } from '../../people/place-words.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { Doors } from './doors.tsx';
import { TestCapture } from './test-capture.tsx';

export interface ReaderDetailProps {
  readonly service: ConnectedService;
  readonly place: ReaderPlace;
  readonly unit: UnitDescription | undefined;
  readonly onClose: () => void;
}

const USES: readonly ReaderUse[] = ['door', 'clock', 'desk', 'kiosk'];

export function ReaderDetail({ service, place, unit, onClose }: ReaderDetailProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const activity = service.activityOf(place);
  const now = nowWords(place, activity);
  return (
    <section class="card drawer" aria-labelledby="reader-title">
      <div class="card-head">
        <h2 id="reader-title" ref={heading} tabIndex={-1}>
          <bdi>{place.title}</bdi>
        </h2>
        <span class="grow" />
        <button type="button" class="btn plain small icon-only" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {now.mood === 'bad' && (
        <Alert mood="bad" icon="unplugged" title={now.title}>
          <p>{t('readers.unplugged.text')}</p>
        </Alert>
      )}
      <NameForm service={service} place={place} />
      {place.attached && <TestCapture service={service} place={place} />}
      <Doors service={service} reader={place.reader} />
      <Cable service={service} place={place} />
      {unit !== undefined && (
        <details class="small">
          <summary class="quiet">{t('forDevelopers')}</summary>
          <dl class="facts">
            {(
              [
                [t('readers.configured'), place.reader],
                [t('readers.unit'), String(unit.unitId)],
                [t('readers.device'), unit.description],
                [t('readers.maker'), unit.manufacturer],
                [t('readers.model'), unit.model],
                [t('readers.serial'), unit.serialNumber],
                [t('readers.firmware'), `${unit.firmwareVersion.major}.${unit.firmwareVersion.minor}`],
                [t('readers.waiting'), (activity?.waiting ?? []).join(', ')],
              ] as const
            ).map(
              ([name, value]) =>
                value !== '' && (
                  <div class="contents" key={name}>
                    <dt>{name}</dt>
                    <dd class="mono xs" dir="ltr">
                      {value}
                    </dd>
                  </div>
                ),
            )}
          </dl>
        </details>
      )}
    </section>
  );
}

/** Name, place and use; saved together. */
export function NameForm({ service, place }: { readonly service: ConnectedService; readonly place: ReaderPlace }) {
  const title = useSignal(place.title);
  const where = useSignal(place.place);
  const use = useSignal<ReaderUse>(place.use);
  const work = useWork();
  const isChanged = title.value !== place.title || where.value !== place.place || use.value !== place.use;
  const save = async () => {
    const change = { title: title.value.trim(), place: where.value.trim(), use: use.value };
    if (!(await work.run(() => service.client.places.change(place.reader, change)))) return;
    toast({ text: t('saved') });
    await service.refresh();
  };
  return (
    <form
      class="stack-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t('people.name')}>
        <input
          type="text"
          maxLength={64}
          required
          value={title.value}
          onInput={(event) => (title.value = event.currentTarget.value)}
        />
      </Field>
      <div class="cols">
        <Field label={t('readers.place')} optional>
          <input
            type="text"
            maxLength={64}
            placeholder={t('readers.place.example')}
            value={where.value}
            onInput={(event) => (where.value = event.currentTarget.value)}
          />
        </Field>
        <Select
          label={t('readers.use')}
          value={use.value}
          options={USES.map((each) => [each, wordsOfUse(each)] as const)}
          onChoose={(chosen) => (use.value = chosen as ReaderUse)}
        />
      </div>
      {work.fault !== undefined && <Fault words={work.fault} />}
      <div class="actions">
        <button
          type="submit"
          class={isChanged ? 'btn primary small' : 'btn small'}
          disabled={!isChanged || work.isBusy || title.value.trim() === ''}
        >
          {t('save')}
        </button>
      </div>
    </form>
  );
}

/** Pulls the cable of a virtual reader, or plugs it in; forgets a real one that will not come back. */
function Cable({ service, place }: { readonly service: ConnectedService; readonly place: ReaderPlace }) {
  const work = useWork();
  const virtual = service.virtualNameOf(place);
  const run = (what: () => Promise<unknown>) =>
    void work.run(async () => {
      await what();
      await service.refresh();
    });
  return (
    <>
      <div class="actions">
        {virtual !== undefined && (
          <button
            type="button"
            class="btn small"
            disabled={work.isBusy}
            onClick={() => run(() => service.client.virtualReader(virtual).unplug())}
          >
            <Icon name="unplugged" />
            {t('readers.unplug')}
          </button>
        )}
        {!place.attached && (
          <>
            <button
              type="button"
              class="btn small"
              disabled={work.isBusy}
              onClick={() => run(() => service.client.virtualReader(place.reader).plug())}
            >
              {t('readers.plug')}
            </button>
            <button
              type="button"
              class="btn small danger"
              disabled={work.isBusy}
              onClick={() =>
                run(async () => {
                  await service.client.places.forget(place.reader);
                  changeQuery({ open: '' });
                })
              }
            >
              {t('readers.forget')}
            </button>
          </>
        )}
      </div>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </>
  );
}
