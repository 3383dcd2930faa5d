/** Enrolls a finger of a person: who, which and where; then touch by touch; then whether to keep it. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { address, changeQuery, linkTo } from '../../browser/address.ts';
import { enrollmentRun } from '../../enrollment/enrollment-run.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { Empty } from '../../parts/empty.tsx';
import { t } from '../../words/catalogue.ts';
import { Choose } from './choose.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { Stage } from './stage.tsx';
import { useLeaveGuard } from './use-leave-guard.ts';

export function EnrollPage({ service }: PageProps) {
  const { token } = address.value.query;
  const kept = enrollmentRun.kept.value;
  const leavingTo = useSignal<string | undefined>(undefined);
  useEffect(() => {
    if (token !== undefined) enrollmentRun.resume(service, token);
    else enrollmentRun.leave();
  }, [service, token]);
  useLeaveGuard(kept?.stage === 'complete', (link) => (leavingTo.value = link));
  if (!service.isOperator) {
    return (
      <PageFrame title={t('enroll.title')}>
        <section class="card">
          <Empty title={t('enroll.mayNot')}>{t('enroll.mayNot.text')}</Empty>
        </section>
      </PageFrame>
    );
  }
  const isRunning = token !== undefined && kept !== undefined;
  return (
    <PageFrame
      title={t('enroll.title')}
      note={isRunning ? t('enroll.kept') : undefined}
      withoutFinder={isRunning}
      actions={
        isRunning && kept.stage !== 'saved' ? (
          <a class="btn" href={linkTo('kiosk', [], { token })}>
            {t('enroll.kiosk')}
          </a>
        ) : undefined
      }
    >
      {token === undefined ? (
        <Choose service={service} onBegun={(begun) => changeQuery({ token: begun }, 'push')} />
      ) : (
        <Stage service={service} />
      )}
      {leavingTo.value !== undefined && (
        <LeaveDialog to={leavingTo.value} onStay={() => (leavingTo.value = undefined)} />
      )}
    </PageFrame>
  );
}
