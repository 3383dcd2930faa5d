/** `whorl identify`: whose finger is this? */

import { fingerName, fingerprintRejectDetail, type IdentifyOutcome } from '../../exports/whorl/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import { onSession, ownerText, type SessionCommandOptions, tell } from './on-session.ts';

/** Waits for a finger and searches for its owner; the exit code is 3 when there is none. */
export async function identify(options: SessionCommandOptions): Promise<void> {
  const outcome = await onSession(options, [], async ({ session, signal }) => {
    tell('touch a reader ...');
    return await session.identify({ signal });
  });
  if (outcome.kind !== 'identified') process.exitCode = EXIT_NO;
  print(options.json, outcome, inWords(outcome));
}

function inWords(outcome: IdentifyOutcome): string {
  if (outcome.kind === 'identified') {
    const { identity, subFactor, score } = outcome;
    return `${fingerName(subFactor)} of ${ownerText(identity)}${scoreText(score)}, unit ${outcome.unitId}`;
  }
  return outcome.kind === 'rejected' ? rejection(outcome.detail) : 'not enrolled';
}

/** Why a sample was rejected, and what to do. */
export function rejection(detail: number): string {
  const entry = fingerprintRejectDetail(detail);
  return entry === undefined ? `rejected (${detail})` : `${entry.name}: ${entry.advice}`;
}

/** The score, to those who may learn it. */
export function scoreText(score: number | undefined): string {
  return score === undefined ? '' : `, score ${score.toFixed(1)}`;
}
