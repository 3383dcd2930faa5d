/** Where an enrollment stands: what to do now, or how it ended. */

import { Fault } from '../parts/notice.tsx';
import { fingerWords } from '../words/finger-words.ts';
import { identityWords } from '../words/identity-words.ts';
import type { EnrollmentRun } from './enrollment-run.ts';
import { nextWords } from './next-words.ts';

export interface EnrollmentStandingProps {
  readonly run: EnrollmentRun;
  readonly ownSid: string;
}

export function EnrollmentStanding({ run, ownSid }: EnrollmentStandingProps) {
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
      return <p>Storing the template and reading it back…</p>;
    case 'stored':
      return (
        <p class="good">
          Stored for {identityWords(state.identity, ownSid)}. Now <a href="#identify">identify it</a>.
        </p>
      );
    case 'already-enrolled':
      return (
        <p class="good">
          Nothing was written: this finger is enrolled already, as the same finger of{' '}
          {identityWords(state.identity, ownSid)}.
        </p>
      );
    case 'duplicate':
      return (
        <div class="notice notice-fault">
          <p class="notice-title">This finger is in the database already</p>
          <p>
            It is enrolled as the {fingerWords(state.subFactor)} of {identityWords(state.identity, ownSid)}. Discard
            this enrollment, or first delete that template on the page <a href="#templates">Templates</a>.
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
