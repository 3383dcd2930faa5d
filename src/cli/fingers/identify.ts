/** `whorl identify`: whose finger is this? */

import {
  fingerName,
  fingerprintRejectDetail,
  type IdentifyOutcome,
  type InvalidReason,
} from '../../exports/whorl/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import { type NameOwner, ownerNames, readerName } from './names.ts';
import { onSession, type SessionCommandOptions, tell } from './on-session.ts';

/**
 * Waits for a finger and searches for its owner; the exit code is 3 when there is none, and templates that cannot be used are
 * named: the owner's may be among them.
 */
export async function identify(options: SessionCommandOptions): Promise<void> {
  const { outcome, reader } = await onSession(options, [], async ({ service, session, signal }) => {
    tell('touch a reader ...');
    const outcome = await session.identify({ signal });
    if (outcome.kind === 'unknown-identity')
      for (const { message } of (await service.administration.status()).faults) tell(message);
    return { outcome, reader: await readerName(service, outcome.unitId) };
  });
  if (outcome.kind !== 'identified') process.exitCode = EXIT_NO;
  print(options.json, outcome, inWords(outcome, reader, await ownerNames()));
}

function inWords(outcome: IdentifyOutcome, reader: string, nameOf: NameOwner): string {
  if (outcome.kind === 'identified' || outcome.kind === 'not-valid') {
    const { identity, subFactor, score, person } = outcome;
    const who = person?.name ?? nameOf(identity);
    const why = outcome.kind === 'not-valid' ? `, who does not count now: ${INVALID[outcome.reason]}` : '';
    return `${fingerName(subFactor)} of ${who}${scoreText(score)}, at ${reader}${why}`;
  }
  return outcome.kind === 'rejected' ? rejection(outcome.detail) : 'not enrolled';
}

/** Why a person does not count, in words. */
const INVALID: Readonly<Record<InvalidReason, string>> = {
  suspended: 'suspended',
  'not-yet': 'the first day is still to come',
  expired: 'the last day is over',
  'out-of-hours': 'not at this hour',
  'other-place': 'not at this place',
};

/** Why a sample was rejected, and what to do. */
export function rejection(detail: number): string {
  const entry = fingerprintRejectDetail(detail);
  return entry === undefined ? `rejected, reject detail ${detail}` : `${entry.name}: ${entry.advice}`;
}

/** The score, to those who may learn it. */
export function scoreText(score: number | undefined): string {
  return score === undefined ? '' : `, score ${score.toFixed(1)}`;
}
