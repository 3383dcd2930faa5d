/** `whorl delete`: deletes templates of an account. */

import { BiometricError } from '../../core/biometric-error.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import { ownerNames } from './names.ts';
import { fingerOf, identityOf, onSession, type SessionCommandOptions } from './on-session.ts';

export interface DeleteOptions extends SessionCommandOptions {
  readonly identity?: string;
  readonly finger?: string;
  /** All fingers. */
  readonly all?: boolean;
}

/** Deletes one finger, or all of them with `--all`; the exit code is 3 when there was nothing to delete. */
export async function deleteTemplates(options: DeleteOptions): Promise<void> {
  const { finger, all } = options;
  if ((finger === undefined) === (all !== true))
    throw new BiometricError('E_INVALIDARG', 'name one --finger, or --all');
  const identity = identityOf(options.identity);
  const target = { identity, ...(finger !== undefined && { finger: fingerOf(finger) }) };
  const deleted = await onSession(options, [], ({ session }) => session.deleteTemplate(target));
  if (!deleted) process.exitCode = EXIT_NO;
  const nameOf = await ownerNames();
  const what = `${finger ?? 'all fingers'} of ${nameOf(identity)}`;
  print(options.json, { deleted }, deleted ? `${what}: deleted` : `${what}: nothing was enrolled`);
}
