/** Requests beside the interface of the service, answered by whoever composed it. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Principal } from '../../service/access/principal.ts';

/** Answers a request of a client. May throw a BiometricError. */
export type Extension = (body: unknown, principal: Principal) => Promise<unknown>;

/** Extensions by name. */
export type Extensions = ReadonlyMap<string, Extension>;

/** Runs an extension. Throws E_NOTIMPL when there is none of that name. */
export async function runExtension(
  extensions: Extensions,
  name: string,
  body: unknown,
  principal: Principal,
): Promise<unknown> {
  const extension = extensions.get(name);
  if (extension === undefined) throw new BiometricError('E_NOTIMPL', `the service has no ${name}`);
  return await extension(body, principal);
}
