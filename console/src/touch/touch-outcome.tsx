/** What became of the last touch. */

import { Fault } from '../parts/notice.tsx';
import type { TouchNote } from './touch-pad.ts';

export function TouchOutcome({ note }: { readonly note: TouchNote | undefined }) {
  return (
    <div class="touch-outcome" aria-live="polite">
      {note === undefined && (
        <p class="quiet">Drag the finger, turn it with the wheel, and press Enter or the button.</p>
      )}
      {note?.kind === 'captured' && <p class="good">Captured (touch {note.count}).</p>}
      {note?.kind === 'lost' && <p class="warn">Lost: nothing was waiting for a finger (touch {note.count}).</p>}
      {note?.kind === 'failed' && <Fault words={note.words} />}
    </div>
  );
}
