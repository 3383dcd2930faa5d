/** Enrolls a finger: which, touch by touch, and whether to keep it. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FingerName } from '../../../src/exports/whorl/client/browser.ts';
import { EnrollmentProgress } from '../enrollment/enrollment-progress.tsx';
import { OwnerChoice } from '../enrollment/owner-choice.tsx';
import { Hands } from '../hands/hands.tsx';
import { NoReader } from '../parts/no-reader.tsx';
import { Empty } from '../parts/notice.tsx';
import { ownFingers, type PoolChoice } from '../pools/pool-choice.ts';
import { useSampleWatch } from '../sample/use-sample-watch.ts';
import { TouchDrawer } from '../touch/touch-drawer.tsx';
import type { PageProps } from './page-props.ts';

export function EnrollPage({ service, pad, enrollment: run }: PageProps) {
  const watch = useSampleWatch();
  const finger = useSignal<FingerName>('right-index');
  const pool = useSignal<PoolChoice>('system');
  const enrolled = useSignal<readonly number[]>([]);
  const state = run.state.value;
  const refresh = async () => {
    // Without an answer the hands just show no marks.
    enrolled.value = await ownFingers(service).catch(() => []);
  };
  useEffect(() => {
    void refresh();
    return () => run.leave();
  }, []);
  useEffect(() => {
    if (!run.isUnderWay) void refresh();
  }, [state.kind]);
  const begin = async () => {
    pad.finger.value = finger.value;
    await run.start(service, finger.value, pool.value, watch);
    watch.stopSoon();
  };
  if (!service.account.mayEnroll && !service.account.administrator) return <MayNotEnroll />;
  if (service.units.value.length === 0 && state.kind === 'idle') {
    return <NoReader title="There is no reader to enroll with" />;
  }
  return (
    <>
      <EnrollmentProgress service={service} run={run} watch={watch} />
      {!run.isUnderWay && (
        <section class="card">
          <Hands
            legend={state.kind === 'idle' ? 'Which finger?' : 'The next one'}
            chosen={finger.value}
            enrolled={pool.value === 'system' ? enrolled.value : []}
            onChoose={(chosen) => (finger.value = chosen)}
          />
          <OwnerChoice service={service} pool={pool.value} onChoose={(chosen) => (pool.value = chosen)} />
          <div class="actions">
            <button type="button" class="primary" onClick={() => void begin()}>
              Start enrolling
            </button>
          </div>
        </section>
      )}
      {run.isUnderWay && <TouchDrawer service={service} pad={pad} />}
    </>
  );
}

function MayNotEnroll() {
  return (
    <Empty title="This account may not enroll">
      <p>
        An administrator can allow it with <code>access.enroll</code> in the configuration. Or open a link that{' '}
        <code>whorl console</code> printed for an account that may.
      </p>
    </Empty>
  );
}
