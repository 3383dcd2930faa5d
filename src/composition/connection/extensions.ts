/** Requests beside the interface of the service, answered by whoever composed it. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Principal } from '../../service/access/principal.ts';

/** Answers a request of a client. May throw a BiometricError. */
export type Extension = (body: unknown, principal: Principal) => Promise<unknown>;

/** Extensions by name. */
export type Extensions = ReadonlyMap<string, Extension>;

/** An extension that few services are ever asked: it is loaded with the first request, once. */
export function loadedWhenAsked(load: () => Promise<Extension>): Extension {
  let loading: Promise<Extension> | undefined;
  return async (body, principal) => {
    loading ??= load();
    return await (await loading)(body, principal);
  };
}

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
