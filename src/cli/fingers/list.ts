/** `whorl list`: lists the enrolled fingers of an account. */

import { fingerName } from '../../exports/whorl/index.ts';
import { print } from '../print.ts';
import { ownerNames } from './names.ts';
import { identityOf, onSession, type SessionCommandOptions } from './on-session.ts';

export interface ListOptions extends SessionCommandOptions {
  readonly identity?: string;
}

export async function list(options: ListOptions): Promise<void> {
  const identity = identityOf(options.identity);
  const subFactors = await onSession(options, [], ({ session }) => session.enrollments(identity));
  const fingers = subFactors.map((subFactor) => fingerName(subFactor));
  const nameOf = await ownerNames();
  const text = fingers.length === 0 ? `no finger of ${nameOf(identity)} is enrolled` : fingers.join('\n');
  print(options.json, { identity, fingers, subFactors }, text);
}
