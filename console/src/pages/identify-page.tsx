/** Tells whose finger it is, or whether it belongs to a claimed owner. */

import { useEffect, useMemo } from 'preact/hooks';
import { MatchChoices } from '../matching/match-choices.tsx';
import { MatchForm } from '../matching/match-form.ts';
import { MatchResult } from '../matching/match-result.tsx';
import { MatchSample } from '../matching/match-sample.tsx';
import { NoReader } from '../parts/no-reader.tsx';
import { useSampleWatch } from '../sample/use-sample-watch.ts';
import { TouchDrawer } from '../touch/touch-drawer.tsx';
import type { PageProps } from './page-props.ts';

export function IdentifyPage({ service, pad, match: run }: PageProps) {
  const watch = useSampleWatch();
  const form = useMemo(() => new MatchForm(), []);
  const pool = form.pool.value;
  useEffect(() => () => run.leave(), []);
  useEffect(() => void form.readOwners(service), [pool]);
  const state = run.state.value;
  const answer = run.answer.value;
  if (service.units.value.length === 0 && state.kind === 'idle') return <NoReader title="There is no reader" />;
  const begin = async () => {
    await run.start(service, form.question, watch);
    watch.stopSoon();
  };
  const waiting = Math.max(0, ...(service.health.value?.units ?? []).map((unit) => unit.waiting.length));
  return (
    <>
      <section class="card">
        <MatchChoices service={service} form={form} disabled={run.isUnderWay} />
        <div class="actions">
          {run.isUnderWay ? (
            <button type="button" onClick={() => run.cancel()}>
              Cancel
            </button>
          ) : (
            <button type="button" class="primary" disabled={!form.isComplete} onClick={() => void begin()}>
              {form.verifies.value ? 'Start verifying' : 'Start identifying'}
            </button>
          )}
        </div>
        <div class="result" aria-live="polite" data-match={answer?.outcome.kind ?? state.kind}>
          <MatchResult state={state} answer={answer} ownSid={service.account.sid} waiting={waiting} />
        </div>
        {answer !== undefined && <MatchSample outcome={answer.outcome} watch={watch} />}
      </section>
      <TouchDrawer service={service} pad={pad} />
    </>
  );
}
