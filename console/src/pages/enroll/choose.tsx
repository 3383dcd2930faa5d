/** Before an enrollment: whose finger, which one, and at which reader. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  FINGERS,
  type FingerName,
  fingerName,
  type KeptEnrollment,
  type Person,
  type ReaderPlace,
} from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery, linkTo } from '../../browser/address.ts';
import { preferences } from '../../browser/preferences.ts';
import { enrollmentRun } from '../../enrollment/enrollment-run.ts';
import { Hands } from '../../hands/hands.tsx';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Chip } from '../../parts/chip.tsx';
import { Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { identityKey, identityOf } from '../../people/identity-key.ts';
import { PersonPicker } from '../../people/person-picker.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { fingerTitle, fingerWords } from '../../words/finger-words.ts';
import { numberText } from '../../words/formats.ts';
import { AddPerson } from './add-person.tsx';

export interface ChooseProps {
  readonly service: ConnectedService;
  readonly onBegun: (token: string) => void;
}

/** Fingers in the order in which they are suggested. */
const SUGGESTED: readonly FingerName[] = [
  'right-index',
  'left-index',
  'right-middle',
  'left-middle',
  'right-thumb',
  'left-thumb',
  'right-ring',
  'left-ring',
  'right-little',
  'left-little',
];

export function Choose({ service, onBegun }: ChooseProps) {
  const { person: key, finger: wanted, reader: asked } = address.value.query;
  const person = useSignal<Person | undefined>(undefined);
  const adding = useSignal<string | undefined>(undefined);
  const work = useWork();
  const unfinished = useAnswer(() => service.client.enrollments.list(), [service]);
  useEffect(() => {
    if (key === undefined || identityKey(person.value?.identity ?? { type: 'guid', guid: '' }) === key) return;
    void service.client.people.get(identityOf(key)).then(
      (found) => (person.value = found),
      () => changeQuery({ person: '' }),
    );
  }, [service, key]);
  const enrolled = person.value?.fingers.map(({ subFactor }) => subFactor) ?? [];
  const suggestion = SUGGESTED.find((each) => !enrolled.includes(FINGERS[each])) ?? 'right-index';
  const finger = wanted !== undefined && wanted in FINGERS ? (wanted as FingerName) : suggestion;
  const readers = readersToChoose(service);
  const reader = readers.find((each) => each.reader === asked) ?? usualReader(readers);
  const isTaken = enrolled.includes(FINGERS[finger]);
  const choose = (chosen: Person | undefined) => {
    person.value = chosen;
    changeQuery({ person: chosen === undefined ? '' : identityKey(chosen.identity), finger: '' });
  };
  const begin = () =>
    work.run(async () => {
      if (person.value === undefined || reader === undefined) return;
      const { identity } = person.value;
      preferences.reader.value = reader.reader;
      const { token } = await enrollmentRun.begin(service, {
        identity,
        subFactor: FINGERS[finger],
        reader: reader.reader,
      });
      onBegun(token);
    });
  return (
    <>
      {unfinished.value?.filter(isUnfinished).map((each) => (
        <Unfinished key={each.token} kept={each} onResume={() => onBegun(each.token)} />
      ))}
      <div class="cols wide-start">
        <section class="card" aria-label={t('enroll.who')}>
          <div class="card-head">
            <h2>{t('enroll.who')}</h2>
          </div>
          <PersonPicker
            service={service}
            label={t('person')}
            chosen={person.value}
            onChoose={choose}
            onAdd={(name) => (adding.value = name)}
          />
          {adding.value !== undefined ? (
            <AddPerson
              service={service}
              name={adding.value}
              onAdded={(added) => {
                adding.value = undefined;
                choose(added);
              }}
              onCancel={() => (adding.value = undefined)}
            />
          ) : (
            person.value === undefined && (
              <p class="help">
                {t('enroll.who.help')}{' '}
                <button type="button" class="btn plain small" onClick={() => (adding.value = '')}>
                  <Icon name="add" />
                  {t('people.add')}
                </button>
              </p>
            )
          )}
          <h3>{t('enroll.which')}</h3>
          <Hands
            legend={t('enroll.which')}
            chosen={finger}
            enrolled={enrolled}
            onChoose={(each) => changeQuery({ finger: each })}
          />
          <p class="small quiet center">
            <b class="ink">{fingerTitle(FINGERS[finger])}</b>
            {isTaken ? `: ${t('enroll.taken')}` : ''} {t('enroll.advice')}
          </p>
        </section>
        <section class="card" aria-label={t('enroll.where')}>
          <div class="card-head">
            <h2>{t('enroll.where')}</h2>
            <span class="grow" />
            {reader !== undefined && service.virtualNameOf(reader) !== undefined && (
              <Chip icon="chip">{t('pad.virtual')}</Chip>
            )}
          </div>
          {reader === undefined ? (
            <Alert
              mood="warn"
              icon="unplugged"
              title={t('enroll.noReader')}
              actions={
                <a class="btn small" href={linkTo('readers', [], { add: '1' })}>
                  {t('readers.add')}
                </a>
              }
            >
              <p>{t('enroll.noReader.text')}</p>
            </Alert>
          ) : (
            <Select
              label={t('reader')}
              value={reader.reader}
              options={readers.map((each) => [each.reader, readerLabel(each)] as const)}
              onChoose={(each) => changeQuery({ reader: each })}
            />
          )}
          {work.fault !== undefined && <Fault words={work.fault} />}
          <button
            type="button"
            class="btn primary wide"
            disabled={person.value === undefined || reader === undefined || isTaken || work.isBusy}
            title={startTitle(person.value, reader, isTaken)}
            onClick={() => void begin()}
          >
            <Icon name="finger" />
            {t('enroll.start')}
          </button>
          <ul class="help tips">
            <li>{t('enroll.tip.clean')}</li>
            <li>{t('enroll.tip.flat')}</li>
            <li>{t('enroll.tip.two')}</li>
          </ul>
        </section>
      </div>
    </>
  );
}

function startTitle(person: Person | undefined, reader: ReaderPlace | undefined, isTaken: boolean): string | undefined {
  if (person === undefined) return t('enroll.needsPerson');
  if (reader === undefined) return t('enroll.noReader');
  return isTaken ? t('enroll.taken') : undefined;
}

/** Readers that are plugged in, those for desks first. */
function readersToChoose(service: ConnectedService): readonly ReaderPlace[] {
  const attached = service.places.value.filter((each) => each.attached);
  return [...attached.filter(({ use }) => use === 'desk'), ...attached.filter(({ use }) => use !== 'desk')];
}

function usualReader(readers: readonly ReaderPlace[]): ReaderPlace | undefined {
  return readers.find(({ reader }) => reader === preferences.reader.value) ?? readers[0];
}

function readerLabel({ title, place }: ReaderPlace): string {
  return place === '' || place === title ? title : `${title} · ${place}`;
}

function isUnfinished({ stage }: KeptEnrollment): boolean {
  return stage !== 'saved' && stage !== 'ended';
}

function Unfinished({ kept, onResume }: { readonly kept: KeptEnrollment; readonly onResume: () => void }) {
  const { name, subFactor, percentComplete } = kept;
  return (
    <Alert
      mood="info"
      title={t('enroll.unfinished', { name, finger: fingerWords(subFactor) })}
      actions={
        <button type="button" class="btn small" onClick={onResume} data-finger={fingerName(subFactor)}>
          {t('enroll.resume')}
        </button>
      }
    >
      <p>{t('enroll.unfinished.text', { percent: numberText(percentComplete) })}</p>
    </Alert>
  );
}
