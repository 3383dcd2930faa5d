/** `whorl verify`: is this a finger of that account? */

import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import { rejection, scoreText } from './identify.ts';
import { ownerNames } from './names.ts';
import { fingerOf, identityOf, onSession, type SessionCommandOptions, tell } from './on-session.ts';

export interface VerifyCommandOptions extends SessionCommandOptions {
  readonly identity?: string;
  readonly finger?: string;
}

/** Waits for a finger and compares it; the exit code is 3 when it does not match. */
export async function verify(options: VerifyCommandOptions): Promise<void> {
  const identity = identityOf(options.identity);
  const claim = { identity, ...(options.finger !== undefined && { finger: fingerOf(options.finger) }) };
  const outcome = await onSession(options, [], async ({ session, signal }) => {
    tell('touch a reader ...');
    return await session.verify(claim, { signal });
  });
  if (outcome.kind !== 'match') process.exitCode = EXIT_NO;
  const nameOf = await ownerNames();
  const text =
    outcome.kind === 'rejected'
      ? rejection(outcome.detail)
      : `${outcome.kind === 'match' ? 'a finger' : 'no finger'} of ${nameOf(identity)}${scoreText(outcome.score)}`;
  print(options.json, outcome, text);
}
