/** The stage: what to do now, how far it is, and the virtual reader beside it. */

import { useEffect, useMemo, useRef } from 'preact/hooks';
import {
  FINGERS,
  type FingerName,
  fingerName,
  type KeptEnrollment,
} from '../../../../src/exports/whorl/client/browser.ts';
import { go, linkTo } from '../../browser/address.ts';
import { enrollmentRun } from '../../enrollment/enrollment-run.ts';
import { type StageWords, stageWords } from '../../enrollment/stage-words.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Avatar } from '../../parts/avatar.tsx';
import { Chip } from '../../parts/chip.tsx';
import { GrowingPrint } from '../../parts/growing-print.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Progress } from '../../parts/meter.tsx';
import { identityKey } from '../../people/identity-key.ts';
import { SampleWatch } from '../../sample/sample-watch.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { syntheticPerson } from '../../touch/synthetic-person.ts';
import { touchPad } from '../../touch/touch-pad.ts';
import { VirtualPad } from '../../touch/virtual-pad.tsx';
import { t } from '../../words/catalogue.ts';
import { codeFaultWords } from '../../words/fault-words.ts';
import { fingerTitle, fingerWords } from '../../words/finger-words.ts';
import { numberText } from '../../words/formats.ts';
import { qualityWords } from '../../words/score-words.ts';
import { Touches } from './touches.tsx';

export function Stage({ service }: { readonly service: ConnectedService }) {
  const kept = enrollmentRun.kept.value;
  const fault = enrollmentRun.fault.value;
  const watch = useMemo(() => new SampleWatch(), [service]);
  useEffect(() => {
    void watch.start(service);
    return () => watch.stop();
  }, [watch]);
  const token = kept?.token;
  useEffect(() => {
    if (kept === undefined) return;
    // A virtual reader has the finger of the person on it, after a reload too.
    touchPad.person.value = syntheticPerson(identityKey(kept.identity));
    const name = fingerName(kept.subFactor);
    if (name in FINGERS) touchPad.finger.value = name as FingerName;
  }, [token]);
  if (kept === undefined) {
    return fault === undefined ? <div aria-busy="true" /> : <Over words={fault} />;
  }
  const place = service.places.value.find(({ reader }) => reader === kept.reader);
  const virtual = place && service.virtualNameOf(place);
  const title = place?.title ?? kept.reader;
  return (
    <div class={virtual === undefined ? 'stage without-pad' : 'stage'}>
      <StageMain service={service} kept={kept} title={title} watch={watch} hasPad={virtual !== undefined} />
      {virtual !== undefined && place !== undefined && (
        <VirtualPad service={service} pad={touchPad} reader={virtual} title={title} />
      )}
    </div>
  );
}

function Over({ words }: { readonly words: NonNullable<typeof enrollmentRun.fault.value> }) {
  return (
    <Fault
      words={words}
      actions={
        <a class="btn small" href={linkTo('enroll')}>
          {t('enroll.again')}
        </a>
      }
    />
  );
}

interface StageMainProps {
  readonly service: ConnectedService;
  readonly kept: KeptEnrollment;
  readonly title: string;
  readonly watch: SampleWatch;
  readonly hasPad: boolean;
}

function StageMain({ service, kept, title, watch, hasPad }: StageMainProps) {
  const { name, subFactor, identity, stage, percentComplete } = kept;
  const cells = enrollmentRun.cells.value;
  const touches = enrollmentRun.touches.value;
  const fault = enrollmentRun.fault.value;
  const words = stageWords(kept, cells, touches.at(-1));
  const heading = useRef<HTMLHeadingElement>(null);
  // After Start the focus is on the statement, so that Space touches and a screen reader begins there.
  useEffect(() => heading.current?.focus(), [kept.token]);
  useSaveKey(stage === 'complete');
  const isDone = stage === 'complete' || stage === 'saved';
  const percent = isDone ? 100 : percentComplete;
  const seen = t('stage.seen', { percent: numberText(percent) });
  return (
    <section
      class="card stage-main"
      aria-label={t('enroll.title')}
      data-enrollment={stage}
      data-touch-number={touches.at(-1)?.number ?? 0}
    >
      <div class="stage-head">
        <div class="person">
          <Avatar name={name} of={identityKey(identity)} />
          <div>
            <b>
              <bdi>{name}</bdi>
            </b>
            <small>{fingerTitle(subFactor)}</small>
          </div>
        </div>
        <span class="grow" />
        <Chip mood={kept.unitId === undefined ? 'bad' : 'on'} icon={kept.unitId === undefined ? 'unplugged' : 'reader'}>
          <bdi>{title}</bdi>
        </Chip>
      </div>
      <div class="stage-body">
        <div>
          <GrowingPrint
            label={seen}
            cells={cells}
            isWaiting={stage === 'touch' && touches.length === 0 && cells.length === 0}
            isDim={stage === 'duplicate' || stage === 'waiting' || stage === 'ended'}
            isComplete={isDone}
            edges={words.edges ?? {}}
            arrow={words.arrow}
          />
        </div>
        <div class="stage-say">
          <div role="status" class="stack-3">
            <h2 class="say" ref={heading} tabIndex={-1}>
              {words.say}
            </h2>
            <More kept={kept} words={words} title={title} touches={touches.length} />
          </div>
          {fault !== undefined && <Fault words={fault} />}
          {stage !== 'duplicate' && stage !== 'ended' && (
            <div class="stack-2">
              <Progress label={t('stage.progress')} percent={percent} />
              <Steps step={words.step} isDone={isDone} />
              <p class="small quiet">{seen}</p>
            </div>
          )}
          <Touches touches={touches} watch={watch} />
        </div>
      </div>
      <Foot service={service} kept={kept} hasPad={hasPad} />
    </section>
  );
}

/** Enter saves, unless a control has the focus and uses it. */
function useSaveKey(isComplete: boolean): void {
  useEffect(() => {
    if (!isComplete) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isControl =
        event.target instanceof HTMLElement && event.target.closest('button, a, input, select, dialog') !== null;
      if (event.key !== 'Enter' || isControl || event.defaultPrevented) return;
      event.preventDefault();
      void enrollmentRun.save();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [isComplete]);
}

interface MoreProps {
  readonly kept: KeptEnrollment;
  readonly words: StageWords;
  readonly title: string;
  readonly touches: number;
}

function More({ kept, words, title, touches }: MoreProps) {
  const { stage, duplicate, coverage, lastTouch, reason } = kept;
  if (stage === 'duplicate' && duplicate !== undefined) {
    const who = duplicate.name === '' ? t('people.unknown') : duplicate.name;
    return (
      <Alert mood="bad" title={t('stage.duplicateOf', { name: who })} arrives>
        <p>{t('stage.duplicateOf.text', { finger: fingerWords(duplicate.subFactor), name: who })}</p>
      </Alert>
    );
  }
  if (stage === 'waiting' && kept.unitId === undefined) {
    return (
      <Alert mood="bad" icon="unplugged" title={t('stage.waitingFor', { reader: title })} arrives>
        <p>{t('stage.waitingFor.text', { count: touches })}</p>
      </Alert>
    );
  }
  if (stage === 'ended' && reason !== undefined) return <Fault words={codeFaultWords(reason)} />;
  if (stage === 'complete') {
    const area = t('unit.mm2', { value: numberText(Math.round(coverage?.areaMm2 ?? 0)) });
    const quality = lastTouch?.report?.quality;
    return (
      <p class="quiet">
        {coverage !== undefined && t('stage.complete.area', { area })}{' '}
        {quality !== undefined && t('stage.complete.quality', { quality: qualityWords(quality) })}
      </p>
    );
  }
  return (
    <>
      {words.trouble !== undefined && (
        <Alert mood="warn" title={words.trouble.title}>
          <p>
            {words.trouble.text} {t('stage.notCounted')}
          </p>
        </Alert>
      )}
      {words.more !== undefined && <p class="quiet">{words.more}</p>}
    </>
  );
}

function Steps({ step, isDone }: { readonly step: number; readonly isDone: boolean }) {
  return (
    <ol class="steps">
      {(['stage.step.middle', 'stage.step.edges', 'stage.step.done'] as const).map((key, i) => {
        const state = isDone || i < step ? 'done' : i === step ? 'now' : '';
        return (
          <li key={key} class={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span class="bead" aria-hidden="true" />
            {t(key)}
          </li>
        );
      })}
    </ol>
  );
}

interface FootProps {
  readonly service: ConnectedService;
  readonly kept: KeptEnrollment;
  readonly hasPad: boolean;
}

function Foot({ service, kept, hasPad }: FootProps) {
  const { stage, identity, duplicate } = kept;
  const next = () => go(linkTo('enroll', [], { person: identityKey(identity) }));
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (stage === 'saved') done.current?.focus();
  }, [stage]);
  const others = service.places.value.filter((each) => each.attached && each.reader !== kept.reader);
  return (
    <div class="stage-foot">
      {stage === 'complete' && (
        <>
          <button type="button" class="btn primary" aria-keyshortcuts="Enter" onClick={() => void enrollmentRun.save()}>
            {t('save')}
            <kbd>Enter</kbd>
          </button>
          <button
            type="button"
            class="btn"
            onClick={() =>
              void enrollmentRun.save().then(() => {
                if (enrollmentRun.kept.value?.stage === 'saved') next();
              })
            }
          >
            {t('enroll.saveAndNext')}
          </button>
          <Discard label={t('enroll.discard')} danger identity={identityKey(identity)} />
          <span class="grow" />
          <Chip mood="warn">{t('enroll.notSaved')}</Chip>
        </>
      )}
      {(stage === 'touch' || stage === 'waiting') && (
        <>
          {hasPad && (
            <button
              type="button"
              class="btn primary mobile-only"
              onClick={() => document.querySelector<HTMLElement>('[data-touch]')?.click()}
            >
              {t('pad.touch')}
            </button>
          )}
          {stage === 'waiting' &&
            others.slice(0, 2).map((each) => (
              <button
                key={each.reader}
                type="button"
                class="btn"
                onClick={() => void enrollmentRun.restart(each.reader)}
              >
                {t('enroll.useReader', { reader: each.title })}
              </button>
            ))}
          <Discard label={t('cancel')} identity={identityKey(identity)} />
        </>
      )}
      {stage === 'saved' && (
        <>
          <button ref={done} type="button" class="btn primary" onClick={next}>
            <Icon name="add" />
            {t('enroll.nextFinger')}
          </button>
          <a class="btn" href={linkTo('person', [identityKey(identity)])}>
            {t('people.open', { name: kept.name })}
          </a>
          <a class="btn plain" href={linkTo('enroll')}>
            {t('enroll.somebodyElse')}
          </a>
        </>
      )}
      {stage === 'duplicate' && (
        <>
          {duplicate !== undefined && duplicate.name !== '' && (
            <a class="btn primary" href={linkTo('person', [identityKey(duplicate.identity)])}>
              {t('people.open', { name: duplicate.name })}
            </a>
          )}
          <Discard label={t('enroll.otherFinger')} identity={identityKey(identity)} />
          {duplicate !== undefined &&
            duplicate.name !== '' &&
            identityKey(duplicate.identity) !== identityKey(identity) && (
              <a
                class="btn plain"
                href={linkTo('person', [identityKey(duplicate.identity)], { merge: identityKey(identity) })}
              >
                {t('enroll.samePerson')}
              </a>
            )}
        </>
      )}
      {stage === 'ended' && (
        <button
          type="button"
          class="btn primary"
          onClick={() =>
            go(
              linkTo('enroll', [], {
                person: identityKey(identity),
                finger: fingerName(kept.subFactor) in FINGERS ? fingerName(kept.subFactor) : '',
              }),
            )
          }
        >
          {t('enroll.again')}
        </button>
      )}
    </div>
  );
}

interface DiscardProps {
  readonly label: string;
  readonly identity: string;
  readonly danger?: boolean;
}

function Discard({ label, identity, danger = false }: DiscardProps) {
  return (
    <button
      type="button"
      class={danger ? 'btn danger' : 'btn'}
      onClick={() =>
        void enrollmentRun.discard().then(() => {
          if (enrollmentRun.fault.value === undefined) go(linkTo('enroll', [], { person: identity }));
        })
      }
    >
      {label}
    </button>
  );
}
