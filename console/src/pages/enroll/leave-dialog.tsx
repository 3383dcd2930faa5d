/** A finger is ready and not saved: save it, keep it for later, or throw it away. */

import { go } from '../../browser/address.ts';
import { enrollmentRun } from '../../enrollment/enrollment-run.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { t } from '../../words/catalogue.ts';

export interface LeaveDialogProps {
  /** Where to. */
  readonly to: string;
  readonly onStay: () => void;
}

export function LeaveDialog({ to, onStay }: LeaveDialogProps) {
  const name = enrollmentRun.kept.value?.name ?? '';
  const leave = async (first: () => Promise<void>, isDone: () => boolean) => {
    await first();
    onStay();
    if (isDone()) {
      enrollmentRun.leave();
      // The guard is gone with the next drawing.
      setTimeout(() => go(to));
    }
  };
  return (
    <Dialog
      title={t('leave.title', { name })}
      closeLabel={t('leave.stay')}
      onClose={onStay}
      actions={
        <>
          <button
            type="button"
            class="btn"
            onClick={() =>
              void leave(
                async () => undefined,
                () => true,
              )
            }
          >
            {t('leave.later')}
          </button>
          <button
            type="button"
            class="btn danger"
            onClick={() =>
              void leave(
                () => enrollmentRun.discard(),
                () => enrollmentRun.fault.value === undefined,
              )
            }
          >
            {t('enroll.discard')}
          </button>
          <button
            type="button"
            class="btn primary"
            onClick={() =>
              void leave(
                () => enrollmentRun.save(),
                () => enrollmentRun.kept.value?.stage === 'saved',
              )
            }
          >
            {t('save')}
          </button>
        </>
      }
    >
      <p>{t('leave.text')}</p>
    </Dialog>
  );
}
