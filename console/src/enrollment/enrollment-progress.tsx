/** How an enrollment goes: what the last touch showed, how much of the finger was seen, and what to do next. */

import { FINGERS } from '../../../src/exports/whorl/client/browser.ts';
import { Coverage } from '../sample/coverage.tsx';
import { LiveSample } from '../sample/live-sample.tsx';
import { NoImages } from '../sample/no-images.tsx';
import { Quality } from '../sample/quality.tsx';
import type { SampleWatch } from '../sample/sample-watch.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { fingerWords } from '../words/finger-words.ts';
import type { EnrollmentRun } from './enrollment-run.ts';
import { EnrollmentStanding } from './enrollment-standing.tsx';
import { TouchList } from './touch-list.tsx';

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
  const percent = touches.at(-1)?.step.percentComplete ?? 0;
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
        <EnrollmentStanding run={run} ownSid={service.account.sid} />
      </div>
      <Actions run={run} />
      {(touches.length > 0 || run.isUnderWay) && <LastTouch run={run} watch={watch} />}
      {touches.length > 0 && <TouchList touches={touches} />}
    </section>
  );
}

function Actions({ run }: Pick<EnrollmentProgressProps, 'run'>) {
  const { kind } = run.state.value;
  return (
    <div class="actions">
      {(kind === 'sufficient' || kind === 'saving') && (
        <button type="button" class="primary" disabled={kind === 'saving'} onClick={() => void run.save()}>
          Save
        </button>
      )}
      {(kind === 'sufficient' || kind === 'duplicate') && (
        <button type="button" onClick={() => void run.discard()}>
          Discard
        </button>
      )}
      {(kind === 'beginning' || kind === 'capturing') && (
        <button type="button" onClick={() => void run.discard()}>
          Cancel
        </button>
      )}
    </div>
  );
}

function LastTouch({ run, watch }: Pick<EnrollmentProgressProps, 'run' | 'watch'>) {
  const touches = run.touches.value;
  const report = touches.at(-1)?.step.report;
  const coverage = touches.findLast(({ step }) => step.coverage !== undefined)?.step.coverage;
  return (
    <div class="sample-grid">
      {watch.state.value === 'not-allowed' ? (
        <NoImages />
      ) : (
        <LiveSample
          picture={watch.sampleOf(['enroll-capture'])?.picture}
          count={watch.count.value}
          empty="The first touch appears here."
        />
      )}
      <div class="sample-side">
        {report !== undefined && <Quality report={report} />}
        {coverage !== undefined && <Coverage coverage={coverage} />}
      </div>
    </div>
  );
}
