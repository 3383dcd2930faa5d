/** Whose finger is it, and why: the question, the answer, and what the engine compared. */

import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Person, WatchedSample } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery, linkTo } from '../../browser/address.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { reasonWords } from '../../journal/line-words.ts';
import { ComparisonPicture } from '../../matching/comparison-picture.tsx';
import { type MatchAnswer, MatchRun } from '../../matching/match-run.ts';
import { ScoreScale } from '../../matching/score-scale.tsx';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { identityKey } from '../../people/identity-key.ts';
import { PersonPicker } from '../../people/person-picker.tsx';
import { LiveSample } from '../../sample/live-sample.tsx';
import { Quality } from '../../sample/quality.tsx';
import { SampleWatch } from '../../sample/sample-watch.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { touchPad } from '../../touch/touch-pad.ts';
import { VirtualPad } from '../../touch/virtual-pad.tsx';
import { t } from '../../words/catalogue.ts';
import { fingerTitle, fingerWords } from '../../words/finger-words.ts';
import { rejectWords } from '../../words/reject-words.ts';

const ANY = '';

export function IdentifyPage({ service }: PageProps) {
  const { query } = address.value;
  const run = useMemo(() => new MatchRun(), [service]);
  const watch = useMemo(() => new SampleWatch(), [service]);
  const person = useSignal<Person | undefined>(undefined);
  const finger = useSignal(ANY);
  const goesOn = useSignal(false);
  useEffect(
    () => () => {
      run.cancel();
      watch.stop();
    },
    [run, watch],
  );
  const attached = service.places.value.filter((each) => each.attached);
  const place = attached.find(({ reader }) => reader === query.reader);
  const pad =
    place ?? (attached.length === 1 ? attached[0] : attached.find((each) => service.virtualNameOf(each) !== undefined));
  const virtual = pad && service.virtualNameOf(pad);
  const verifies = query.ask === 'verify';
  const state = run.state.value;
  const begin = () => {
    void watch.start(service).then(() =>
      run.start(service, {
        place,
        person: verifies ? person.value : undefined,
        finger: finger.value === ANY ? undefined : Number(finger.value),
        goesOn: goesOn.value,
      }),
    );
  };
  return (
    <PageFrame title={t('identify.title')} crumb={<a href={linkTo('live')}>{t('nav.live')}</a>}>
      <div class={virtual === undefined ? 'stage without-pad' : 'stage identify'}>
        <div class="stack-4">
          <section class="card" aria-label={t('identify.ask')}>
            <div class="filters">
              <Select
                label={t('identify.what')}
                value={verifies ? 'verify' : 'identify'}
                disabled={run.isUnderWay}
                options={[
                  ['identify', t('identify.who')],
                  ['verify', t('identify.isIt')],
                ]}
                onChoose={(ask) => changeQuery({ ask: ask === 'verify' ? ask : '' })}
              />
              <Select
                label={t('reader')}
                value={place?.reader ?? ''}
                disabled={run.isUnderWay}
                options={[['', t('identify.anyReader')], ...attached.map((each) => [each.reader, each.title] as const)]}
                onChoose={(reader) => changeQuery({ reader })}
              />
              {verifies && service.isOperator && (
                <PersonPicker
                  service={service}
                  label={t('person')}
                  chosen={person.value}
                  onChoose={(chosen) => (person.value = chosen)}
                />
              )}
              {verifies && person.value !== undefined && (
                <Field label={t('journal.finger')}>
                  <select
                    value={finger.value}
                    disabled={run.isUnderWay}
                    onChange={(event) => (finger.value = event.currentTarget.value)}
                  >
                    <option value={ANY}>{t('identify.anyFinger')}</option>
                    {person.value.fingers.map(({ subFactor }) => (
                      <option key={subFactor} value={String(subFactor)}>
                        {fingerWords(subFactor)}
                      </option>
                    ))}
                  </select>
                </Field>
              )}
            </div>
            <div class="actions">
              {run.isUnderWay ? (
                <button type="button" class="btn" onClick={() => run.cancel()}>
                  {t('cancel')}
                </button>
              ) : (
                <button
                  type="button"
                  class="btn primary"
                  disabled={attached.length === 0 || (verifies && person.value === undefined)}
                  onClick={begin}
                >
                  <Icon name="finger" />
                  {t('identify.start')}
                </button>
              )}
              <label class="check small">
                <input
                  type="checkbox"
                  disabled={run.isUnderWay}
                  checked={goesOn.value}
                  onChange={(event) => (goesOn.value = event.currentTarget.checked)}
                />
                {t('identify.goesOn')}
              </label>
            </div>
          </section>
          <section class="card" aria-label={t('identify.answer')} data-match={dataOf(state.kind, run.answer.value)}>
            <div role="status" class="stack-3">
              {state.kind === 'failed' && <Fault words={state.words} />}
              {state.kind === 'beginning' && <p>{t('loading')}</p>}
              {run.answer.value !== undefined && <AnswerView answer={run.answer.value} />}
              {state.kind === 'waiting' && (
                <p class="say small-say">
                  {run.answer.value === undefined ? t('stage.touch') : t('identify.nextFinger')}
                </p>
              )}
              {state.kind === 'canceled' && <p class="quiet">{t('identify.canceled')}</p>}
              {state.kind === 'idle' && <Empty title={t('identify.idle')}>{t('identify.idle.text')}</Empty>}
            </div>
            {run.answer.value !== undefined && <Why answer={run.answer.value} watch={watch} service={service} />}
          </section>
        </div>
        {virtual !== undefined && pad !== undefined && (
          <VirtualPad service={service} pad={touchPad} reader={virtual} title={pad.title} />
        )}
      </div>
    </PageFrame>
  );
}

function dataOf(state: string, answer: MatchAnswer | undefined): string {
  return answer !== undefined && state !== 'failed'
    ? state === 'waiting'
      ? `waiting ${answer.outcome.kind}`
      : answer.outcome.kind
    : state;
}

function AnswerView({ answer: { outcome, person } }: { readonly answer: MatchAnswer }) {
  switch (outcome.kind) {
    case 'identified':
      return (
        <Alert mood="ok" title={outcome.person?.name ?? t('people.unknown')}>
          <p>
            {fingerTitle(outcome.subFactor)}
            {outcome.person !== undefined && (
              <>
                {' · '}
                <a href={linkTo('person', [identityKey(outcome.identity)])}>
                  {t('people.open', { name: outcome.person.name })}
                </a>
              </>
            )}
          </p>
        </Alert>
      );
    case 'match':
      return (
        <Alert mood="ok" title={t('identify.match', { name: person?.name ?? '' })}>
          <p>{t('identify.match.text')}</p>
        </Alert>
      );
    case 'not-valid':
      return (
        <Alert mood="bad" title={t('identify.notValid', { name: outcome.person.name })}>
          <p>
            {reasonWords(outcome.reason)} · {fingerWords(outcome.subFactor)}
          </p>
        </Alert>
      );
    case 'non-match':
      return (
        <Alert mood="warn" title={t('identify.nonMatch', { name: person?.name ?? '' })}>
          <p>{t('identify.nonMatch.text')}</p>
        </Alert>
      );
    case 'unknown-identity':
      return (
        <Alert mood="warn" title={t('identify.unknown')}>
          <p>
            {t('identify.unknown.text')} <a href={linkTo('enroll')}>{t('nav.enroll')}</a>
          </p>
        </Alert>
      );
    case 'rejected': {
      const { reason, advice } = rejectWords(outcome.detail, outcome.report);
      return (
        <Alert mood="warn" title={reason}>
          <p>{advice}</p>
        </Alert>
      );
    }
    default:
      return outcome satisfies never;
  }
}

interface WhyProps {
  readonly answer: MatchAnswer;
  readonly watch: SampleWatch;
  readonly service: ConnectedService;
}

function Why({ answer: { outcome }, watch, service }: WhyProps) {
  // The picture of the previous answer stays until that of this one arrives.
  const latest = useRef<WatchedSample>(undefined);
  latest.current = watch.sampleOf(['identify', 'verify'], outcome.report) ?? latest.current;
  const picture = latest.current?.picture;
  const reference = picture?.reference;
  const score = 'score' in outcome ? outcome.score : undefined;
  const threshold = 'threshold' in outcome ? outcome.threshold : undefined;
  return (
    <div class="stack-3">
      {score !== undefined && <ScoreScale score={score} threshold={threshold} />}
      {watch.state.value === 'not-allowed' && <p class="small quiet">{t('expert.notAllowed')}</p>}
      {service.account.administrator && reference !== undefined && <h2>{t('expert.title')}</h2>}
      <div class={reference === undefined ? 'cols' : 'stack-3'}>
        {picture !== undefined && reference !== undefined && (
          <ComparisonPicture picture={picture} reference={reference} count={watch.count.value} />
        )}
        {picture !== undefined && reference === undefined && <LiveSample picture={picture} count={watch.count.value} />}
        {outcome.report !== undefined && (
          <div>
            <Quality report={outcome.report} />
          </div>
        )}
      </div>
    </div>
  );
}
