/** Touches a virtual reader. */

import { Hands } from '../hands/hands.tsx';
import { TouchPanel } from '../touch/touch-panel.tsx';
import { waitingWords } from '../words/unit-words.ts';
import type { PageProps } from './page-props.ts';

export function TouchPage({ service, pad }: PageProps) {
  const waiting = (service.health.value?.units ?? []).flatMap((unit) => unit.waiting);
  return (
    <>
      <p class="lead">
        Synthetic fingers for a virtual reader: no real person’s data. Each number is a person with ten fingers.
      </p>
      <p class="quiet" role="status">
        {waiting.length === 0 ? (
          <>
            No operation is waiting for a finger. Start on <a href="#enroll">Enroll</a> or{' '}
            <a href="#identify">Identify</a>.
          </>
        ) : (
          `Waiting for a finger: ${waitingWords(waiting)}.`
        )}
      </p>
      <section class="card" aria-label="Touch">
        <TouchPanel service={service} pad={pad} withoutFinger />
      </section>
      {service.readers.value.length > 0 && (
        <section class="card">
          <Hands
            legend="Finger that touches"
            chosen={pad.finger.value}
            onChoose={(finger) => {
              pad.finger.value = finger;
            }}
          />
        </section>
      )}
    </>
  );
}
