/** The answer of an identification or a verification. */

import type { ComponentChildren } from 'preact';
import type { Identified, Rejected, SubFactor, Verified } from '../../../src/exports/whorl/client/browser.ts';
import { Fault } from '../parts/notice.tsx';
import { falseMatchWords } from '../words/false-match-words.ts';
import { rejectWords } from '../words/fault-words.ts';
import { fingerWords } from '../words/finger-words.ts';
import { identityWords } from '../words/identity-words.ts';
import type { Claim, MatchAnswer, MatchState } from './match-run.ts';

export interface MatchResultProps {
  readonly state: MatchState;
  readonly answer: MatchAnswer | undefined;
  readonly ownSid: string;
  /** How many operations wait on the reader, including ours. */
  readonly waiting: number;
}

export function MatchResult({ state, answer, ownSid, waiting }: MatchResultProps) {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'beginning':
      return <p>Asking for the reader…</p>;
    case 'canceled':
      return <p>Canceled.</p>;
    case 'failed':
      return <Fault words={state.words} />;
    case 'waiting':
      return (
        <>
          {answer !== undefined && <Answer {...answer} ownSid={ownSid} />}
          <p class="next-words">
            {answer === undefined ? 'Waiting for a finger: touch the sensor.' : 'Waiting for the next finger.'}
          </p>
          {waiting > 1 && (
            <p class="quiet">
              {waiting} operations wait on this reader. The process that asked last has the focus and gets the next
              finger; the others wait until it is done.
            </p>
          )}
        </>
      );
    case 'done':
      return answer === undefined ? null : <Answer {...answer} ownSid={ownSid} />;
    default:
      return state satisfies never;
  }
}

function Answer({ outcome, claim, ownSid }: MatchAnswer & { readonly ownSid: string }) {
  switch (outcome.kind) {
    case 'identified':
      return (
        <Verdict good title="Identified">
          <Who identity={identityWords(outcome.identity, ownSid)} finger={outcome.subFactor} />
          <Score {...outcome} />
        </Verdict>
      );
    case 'unknown-identity':
      return (
        <Verdict good={false} title="Not enrolled">
          <p>
            This finger is none of the enrolled ones. Touch again, try another finger, or{' '}
            <a href="#enroll">enroll it</a>.
          </p>
        </Verdict>
      );
    case 'match':
      return (
        <Verdict good title="Match">
          <Who {...claimWords(claim, ownSid)} />
          <Score {...outcome} />
        </Verdict>
      );
    case 'non-match':
      return (
        <Verdict good={false} title="No match">
          <p>This is not the claimed finger. Touch again, or try another finger.</p>
          <Who {...claimWords(claim, ownSid)} />
          <Score {...outcome} />
        </Verdict>
      );
    case 'not-valid':
      return (
        <Verdict good={false} title="Not valid now">
          <Who identity={outcome.person.name} finger={outcome.subFactor} />
        </Verdict>
      );
    case 'rejected':
      return <Refused {...outcome} />;
    default:
      return outcome satisfies never;
  }
}

function claimWords(claim: Claim | undefined, ownSid: string) {
  return { identity: claim === undefined ? '' : identityWords(claim.identity, ownSid), finger: claim?.finger };
}

interface VerdictProps {
  readonly good: boolean;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Verdict({ good, title, children }: VerdictProps) {
  return (
    <div class={`verdict ${good ? 'verdict-good' : 'verdict-bad'}`}>
      <p class="verdict-title">{title}</p>
      {children}
    </div>
  );
}

function Who({ identity, finger }: { readonly identity: string; readonly finger: SubFactor | undefined }) {
  return (
    <p class="who">
      <b>{identity}</b>
      <span>{finger === undefined ? 'any finger' : fingerWords(finger)}</span>
    </p>
  );
}

function Score({ score, threshold }: Pick<Identified | Verified, 'score' | 'threshold'>) {
  if (score === undefined) return null;
  const isMatch = threshold === undefined || score >= threshold;
  return (
    <>
      <dl class="score">
        <div>
          <dt>score</dt>
          <dd>{score.toFixed(2)}</dd>
        </div>
        {threshold !== undefined && (
          <div>
            <dt>threshold</dt>
            <dd>{threshold.toFixed(2)}</dd>
          </div>
        )}
      </dl>
      <p class="quiet">
        {isMatch
          ? `${capitalized(falseMatchWords(score))} would reach this score.`
          : `A match needs a score that ${falseMatchWords(threshold)} would reach.`}
      </p>
    </>
  );
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Refused({ detail, report }: Rejected) {
  const { reason, advice } = rejectWords(detail);
  return (
    <Verdict good={false} title="The sample could not be used">
      <p>
        Reason: {reason}. {report?.advice[0]?.words ?? advice}
      </p>
    </Verdict>
  );
}
