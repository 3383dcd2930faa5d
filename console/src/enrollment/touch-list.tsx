/** The touches of an enrollment, each with its outcome. */

import { rejectWords } from '../words/fault-words.ts';
import type { EnrollmentTouch } from './enrollment-run.ts';

export function TouchList({ touches }: { readonly touches: readonly EnrollmentTouch[] }) {
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
