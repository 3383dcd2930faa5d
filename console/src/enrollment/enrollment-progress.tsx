/** How an enrollment goes: what the last touch showed, what is seen of the finger, and what to do next. */

import { FINGERS } from '../../../src/exports/whorl/client/browser.ts';
import { Fault } from '../parts/notice.tsx';
import { Coverage } from '../sample/coverage.tsx';
import { LiveSample } from '../sample/live-sample.tsx';
import { Quality } from '../sample/quality.tsx';
import type { SampleWatch } from '../sample/sample-watch.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { rejectWords } from '../words/fault-words.ts';
import { fingerWords } from '../words/finger-words.ts';
import { identityWords } from '../words/identity-words.ts';
import type { EnrollmentRun, EnrollmentTouch } from './enrollment-run.ts';
import { nextWords } from './next-words.ts';

export interface EnrollmentProgressProps {
  readonly service: ConnectedService;
  readonly run: EnrollmentRun;
  readonly watch: SampleWatch;
}

export function EnrollmentProgress({ service, run, watch }: EnrollmentProgressProps) {
  const state = run.state.value;
  const finger = run.finger.value;
  if (state.kind === 'idle' || finger === undefined) return null;
  const touches = run.touches.value;
  const last = touches.at(-1)?.step;
  const coverage = touches.findLast(({ step }) => step.coverage !== undefined)?.step.coverage;
  const percent = last?.percentComplete ?? 0;
  return (
    <section class="card progress-card" aria-label="Enrollment">
      <header class="card-head">
        <h2>{fingerWords(FINGERS[finger])}</h2>
        <span class="percent">{percent} %</span>
      </header>
      <div
        class="progress"
        role="progressbar"
        aria-label="Enrollment"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div class="progress-fill" style={{ inlineSize: `${percent}%` }} />
      </div>
      <div class="result" aria-live="polite" data-enrollment={state.kind}>
        <Standing service={service} run={run} />
      </div>
      <div class="actions">
        {(state.kind === 'sufficient' || state.kind === 'saving') && (
          <button type="button" class="primary" disabled={state.kind === 'saving'} onClick={() => void run.save()}>
            Save
          </button>
        )}
        {(state.kind === 'sufficient' || state.kind === 'duplicate') && (
          <button type="button" onClick={() => void run.discard()}>
            Discard
          </button>
        )}
        {(state.kind === 'beginning' || state.kind === 'capturing') && (
          <button type="button" onClick={() => void run.discard()}>
            Cancel
          </button>
        )}
      </div>
      {(touches.length > 0 || run.isUnderWay) && (
        <div class="sample-grid">
          {watch.state.value === 'not-allowed' ? (
            <p class="notice">
              Images need a session with raw access, which this account has not; numbers are shown alone.
            </p>
          ) : (
            <LiveSample
              picture={watch.sampleOf(['enroll-capture'])?.picture}
              count={watch.count.value}
              empty="The first touch appears here."
            />
          )}
          <div class="sample-side">
            {last?.report !== undefined && <Quality report={last.report} />}
            {coverage !== undefined && <Coverage coverage={coverage} />}
          </div>
        </div>
      )}
      {touches.length > 0 && <TouchList touches={touches} />}
    </section>
  );
}

function Standing({ service, run }: Omit<EnrollmentProgressProps, 'watch'>) {
  const state = run.state.value;
  switch (state.kind) {
    case 'idle':
      return null;
    case 'beginning':
      return <p>Asking for the reader…</p>;
    case 'capturing':
      return <p class="next-words">{nextWords(run.touches.value)}</p>;
    case 'sufficient':
      return <p class="good">{nextWords(run.touches.value)}</p>;
    case 'saving':
      return <p>Storing the template, and reading it back…</p>;
    case 'stored':
      return (
        <p class="good">
          Stored for {identityWords(state.identity, service.account.sid)}. Now <a href="#identify">identify it</a>.
        </p>
      );
    case 'already-enrolled':
      return (
        <p class="good">
          Nothing was written: this finger is enrolled already, as the same finger of{' '}
          {identityWords(state.identity, service.account.sid)}.
        </p>
      );
    case 'duplicate':
      return (
        <div class="notice notice-fault">
          <p class="notice-title">This finger is in the database already</p>
          <p>
            It is the {fingerWords(state.subFactor)} of {identityWords(state.identity, service.account.sid)} there.
            Discard this enrollment, or delete that template first on the page <a href="#templates">Templates</a>.
          </p>
          <p class="code-name">WINBIO_E_DUPLICATE_TEMPLATE</p>
        </div>
      );
    case 'discarded':
      return <p>Discarded; nothing was stored.</p>;
    case 'canceled':
      return <p>Canceled; nothing was stored.</p>;
    case 'failed':
      return (
        <>
          <Fault words={state.words} />
          <p class="quiet">The enrollment ended; nothing was stored.</p>
        </>
      );
    default:
      return state satisfies never;
  }
}

function TouchList({ touches }: { readonly touches: readonly EnrollmentTouch[] }) {
  return (
    <details class="touch-list">
      <summary>
        {touches.length} {touches.length === 1 ? 'touch' : 'touches'}
      </summary>
      <ol>
        {touches.map(({ step, number, addedMm2 }) => (
          <li key={number}>
            {step.kind === 'rejected' ? `not used: ${rejectWords(step.detail).reason}` : `${step.percentComplete} %`}
            {step.report !== undefined && `, quality ${Math.round(step.report.quality)}`}
            {addedMm2 !== undefined && `, ${Math.round(addedMm2)} mm² new`}
          </li>
        ))}
      </ol>
    </details>
  );
}
