/** One person: fingers, what happened, and what is known. */

import { useSignal } from '@preact/signals';
import {
  FINGERS,
  type FingerName,
  fingerName,
  type Person,
  type PersonFinger,
} from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery, go, linkTo } from '../../browser/address.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { Hands } from '../../hands/hands.tsx';
import { Stream } from '../../journal/stream.tsx';
import { useJournalTail } from '../../journal/use-journal-tail.ts';
import { Fault } from '../../parts/alert.tsx';
import { Chip } from '../../parts/chip.tsx';
import { LoadingRows } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Empty } from '../../parts/empty.tsx';
import { GrowingPrint } from '../../parts/growing-print.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { toast } from '../../parts/toasts.tsx';
import { isLeaving } from '../../people/delete-person.ts';
import { identityKey, identityOf } from '../../people/identity-key.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { fingerTitle, fingerWords } from '../../words/finger-words.ts';
import { dateText } from '../../words/formats.ts';
import { DeleteDialog } from '../people/delete-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { NewPerson } from './new-person.tsx';
import { PersonDetailsCard } from './person-details.tsx';

const HISTORY_LINES = 8;

export function PersonPage({ service }: PageProps) {
  const [key = ''] = address.value.rest;
  if (key === 'new') return <NewPerson service={service} />;
  return <KnownPerson service={service} id={key} />;
}

function KnownPerson({ service, id }: { readonly service: ConnectedService; readonly id: string }) {
  const found = useAnswer(() => service.client.people.get(identityOf(id)), [service, id]);
  const deleting = useSignal(false);
  const { query } = address.value;
  const person = found.value;
  const crumb = <a href={linkTo('people')}>{t('nav.people')}</a>;
  if (person === undefined || isLeaving(person)) {
    return (
      <PageFrame title={t('person')} crumb={crumb}>
        {found.fault !== undefined ? (
          <Fault
            words={found.fault}
            actions={
              <a class="btn small" href={linkTo('people')}>
                {t('nav.people')}
              </a>
            }
          />
        ) : (
          <section class="card">
            {person === undefined ? (
              <LoadingRows count={6} />
            ) : (
              <Empty title={t('delete.toast', { name: person.name })} />
            )}
          </section>
        )}
      </PageFrame>
    );
  }
  return (
    <PageFrame
      title={<bdi>{person.name}</bdi>}
      windowTitle={person.name}
      crumb={crumb}
      withoutFinder
      actions={
        <>
          <button type="button" class="btn" onClick={() => changeQuery({ merge: 'ask' }, 'push')}>
            <Icon name="merge" />
            <span class="t">{t('merge.button')}</span>
          </button>
          <button type="button" class="btn" onClick={() => changeQuery({ export: '1' }, 'push')}>
            <Icon name="download" />
            <span class="t">{t('people.export')}</span>
          </button>
          <button type="button" class="btn danger" onClick={() => (deleting.value = true)}>
            <Icon name="delete" />
            <span class="t">{t('delete.button')}</span>
          </button>
        </>
      }
    >
      <div class="cols side">
        <div class="stack-4">
          <Fingers service={service} person={person} onChange={found.reload} />
          <History service={service} person={person} />
        </div>
        <PersonDetailsCard service={service} person={person} onChange={found.reload} />
      </div>
      {deleting.value && (
        <DeleteDialog
          service={service}
          people={[person]}
          onClose={() => (deleting.value = false)}
          onDone={() => go(linkTo('people'))}
        />
      )}
      {query.merge !== undefined && (
        <MergeDialog
          service={service}
          person={person}
          other={query.merge}
          onClose={() => changeQuery({ merge: '' })}
          onDone={found.reload}
        />
      )}
      {query.export !== undefined && (
        <ExportDialog service={service} person={person} onClose={() => changeQuery({ export: '' })} />
      )}
    </PageFrame>
  );
}

interface FingersProps {
  readonly service: ConnectedService;
  readonly person: Person;
  readonly onChange: () => void;
}

function Fingers({ service, person, onChange }: FingersProps) {
  const enrolled = person.fingers.map(({ subFactor }) => subFactor);
  const names = Object.keys(FINGERS) as FingerName[];
  const free = (['right-index', 'left-index', 'right-middle', 'left-middle', ...names] as const).find(
    (each) => !enrolled.includes(FINGERS[each]),
  );
  const chosen = useSignal<FingerName | undefined>(undefined);
  const deleting = useSignal<PersonFinger | undefined>(undefined);
  const lines = useAnswer(
    async () =>
      (await service.client.journal.list({ identity: person.identity, kinds: ['enrolled'], limit: 50 })).items,
    [service, identityKey(person.identity), enrolled.length],
  );
  const finger = chosen.value ?? free ?? 'right-index';
  const isTaken = enrolled.includes(FINGERS[finger]);
  const add = linkTo('enroll', [], { person: identityKey(person.identity), finger });
  return (
    <section class="card" aria-labelledby="fingers-title">
      <div class="card-head">
        <h2 id="fingers-title">{t('people.fingers')}</h2>
        <Chip mood="on">{t('person.ofTen', { count: new Set(enrolled).size })}</Chip>
        <span class="grow" />
        {!isTaken && (
          <a class="btn primary" href={add}>
            <Icon name="add" />
            {t('person.addFinger')}
          </a>
        )}
      </div>
      <Hands
        legend={t('person.fingerToAdd')}
        chosen={finger}
        enrolled={enrolled}
        onChoose={(each) => (chosen.value = each)}
      />
      <p class="small quiet center">
        <b class="ink">{fingerTitle(FINGERS[finger])}</b>
        {`: ${isTaken ? t('person.enrolled') : t('person.notEnrolled')}`} {t('enroll.tip.two')}
      </p>
      {person.fingers.length > 0 && (
        <div class="fingers">
          {person.fingers.map((each) => {
            const line = lines.value?.find(({ subFactor }) => subFactor === each.subFactor);
            const words = fingerTitle(each.subFactor);
            return (
              <article class="finger-card" key={`${each.databaseId}${each.subFactor}`}>
                <GrowingPrint isComplete />
                <div>
                  <div class="card-head tight">
                    <h3>{words}</h3>
                    <span class="grow" />
                    <Menu
                      label={t('person.moreFor', { finger: fingerWords(each.subFactor) })}
                      items={[
                        {
                          label: t('person.deleteFinger'),
                          icon: 'delete',
                          danger: true,
                          onChoose: () => (deleting.value = each),
                        },
                      ]}
                    />
                  </div>
                  <p class="xs quiet">{line === undefined ? t('person.enrolled') : dateText(line.atMs)}</p>
                  {line?.title !== undefined && (
                    <p class="xs quiet">
                      <bdi>{line.title}</bdi>
                    </p>
                  )}
                </div>
              </article>
            );
          })}
          {!isTaken && (
            <a class="finger-card add" href={add}>
              <span>
                <Icon name="add" /> {t('person.addNamed', { finger: fingerWords(FINGERS[finger]) })}
              </span>
            </a>
          )}
        </div>
      )}
      {deleting.value !== undefined && (
        <DeleteFinger
          service={service}
          person={person}
          finger={deleting.value}
          onClose={() => (deleting.value = undefined)}
          onDone={onChange}
        />
      )}
    </section>
  );
}

interface DeleteFingerProps {
  readonly service: ConnectedService;
  readonly person: Person;
  readonly finger: PersonFinger;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function DeleteFinger({ service, person, finger, onClose, onDone }: DeleteFingerProps) {
  const work = useWork();
  const words = fingerWords(finger.subFactor);
  const run = async () => {
    if (!(await work.run(() => service.client.people.deleteFinger(person.identity, finger)))) return;
    onClose();
    toast({ text: t('person.fingerDeleted', { finger: words, name: person.name }) });
    onDone();
  };
  return (
    <Dialog
      title={t('person.deleteFinger.ask', { finger: words, name: person.name })}
      onClose={onClose}
      actions={
        <button
          type="button"
          class="btn destroy"
          disabled={work.isBusy}
          onClick={() => void run()}
          data-finger={fingerName(finger.subFactor)}
        >
          {t('person.deleteFinger')}
        </button>
      }
    >
      <p>{t('person.deleteFinger.text')}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

function History({ service, person }: { readonly service: ConnectedService; readonly person: Person }) {
  const tail = useJournalTail(service, { identity: person.identity }, HISTORY_LINES);
  return (
    <section class="card flush" aria-labelledby="history-title">
      <div class="card-head">
        <h2 id="history-title">{t('people.history')}</h2>
        <span class="grow" />
        <a class="btn plain small" href={linkTo('journal', [], { person: identityKey(person.identity) })}>
          {t('person.allInJournal')}
        </a>
      </div>
      {tail.fault !== undefined && <Fault words={tail.fault} />}
      {tail.lines === undefined && tail.fault === undefined && <LoadingRows count={4} />}
      {tail.lines?.length === 0 && <Empty title={t('person.noHistory')} />}
      {tail.lines !== undefined && tail.lines.length > 0 && (
        <Stream lines={tail.lines} before={tail.before} withoutNames />
      )}
    </section>
  );
}
