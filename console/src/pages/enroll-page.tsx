/** Enrolls a finger: which, touch by touch, and whether to keep it. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FingerName } from '../../../src/exports/whorl/client/browser.ts';
import { EnrollmentProgress } from '../enrollment/enrollment-progress.tsx';
import { Hands } from '../hands/hands.tsx';
import { Empty } from '../parts/notice.tsx';
import { ownFingers, type PoolChoice, privateDatabases } from '../pools/pool-choice.ts';
import { useSampleWatch } from '../sample/use-sample-watch.ts';
import type { ConnectedService } from '../service/connected-service.ts';

import { TouchDrawer } from '../touch/touch-drawer.tsx';
import type { PageProps } from './page-props.ts';

export function EnrollPage({ service, pad, enrollment: run }: PageProps) {
  const watch = useSampleWatch();
  const finger = useSignal<FingerName>('right-index');
  const pool = useSignal<PoolChoice>('system');
  const enrolled = useSignal<readonly number[]>([]);
  const state = run.state.value;
  const refresh = async () => {
    // Nobody's business here when it fails: the hands are just not marked.
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
  if (!service.account.mayEnroll && !service.account.administrator) {
    return (
      <Empty title="This account may not enroll">
        <p>
          An administrator can allow it: <code>access.enroll</code> in the configuration, or a link of{' '}
          <code>whorl console</code> from an account that may.
        </p>
      </Empty>
    );
  }
  if (service.units.value.length === 0 && state.kind === 'idle') {
    return (
      <Empty title="There is no reader to enroll with">
        <p>
          Plug one in; on the page <a href="#units">Units</a> it appears at once.
        </p>
      </Empty>
    );
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
            onChoose={(chosen) => {
              finger.value = chosen;
            }}
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

interface OwnerChoiceProps {
  readonly service: ConnectedService;
  readonly pool: PoolChoice;
  readonly onChoose: (pool: PoolChoice) => void;
}

/** Whose template it becomes: that of the account, or of a new identity in a private pool. */
function OwnerChoice({ service, pool, onChoose }: OwnerChoiceProps) {
  const { account } = service;
  const privates = privateDatabases(service);
  if (privates.length === 0) return null;
  return (
    <fieldset class="choices">
      <legend>For whom?</legend>
      <label class="choice">
        <input type="radio" name="owner" checked={pool === 'system'} onChange={() => onChoose('system')} />
        <span>
          my account <small>{account.sid}</small>
        </span>
      </label>
      {privates.map((databaseId) => (
        <label class="choice" key={databaseId}>
          <input
            type="radio"
            name="owner"
            checked={pool !== 'system' && pool.databaseId === databaseId}
            onChange={() => onChoose({ databaseId })}
          />
          <span>
            a new identity in a private pool <small>database {databaseId}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
