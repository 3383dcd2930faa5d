/** Why a page cannot reach a service. A browser does not tell a WebSocket, so the page asks in other ways. */

import { BiometricError } from '../../core/biometric-error.ts';

/** How long the service has to answer a question over HTTP. */
const PATIENCE_MS = 2000;

/** Names under which browsers ask people whether a page may reach this machine or its network. */
const PERMISSIONS = ['loopback-network', 'local-network', 'local-network-access'];

/**
 * The fault of a WebSocket that did not open: E_ACCESSDENIED at stage `origin` when the service answers and refuses the
 * page, at stage `permission` when the browser keeps the page away, WHORL_E_SERVICE_NOT_RUNNING at stage `reach` otherwise.
 */
export async function unreachableReason(address: string): Promise<BiometricError> {
  const url = new URL(address);
  const here = globalThis.location?.origin ?? 'this program';
  if (await answersHttp(url)) {
    const text = `the service at ${url.host} refuses pages of ${here}: list it in http.origins, and pair it with \`whorl pair ${here}\``;
    return new BiometricError('E_ACCESSDENIED', text, { stage: 'origin' });
  }
  if (await isKeptAway()) {
    const text = `the browser does not let pages of ${here} reach ${url.host}: allow access to the local network in its settings of this site`;
    return new BiometricError('E_ACCESSDENIED', text, { stage: 'permission' });
  }
  return new BiometricError('WHORL_E_SERVICE_NOT_RUNNING', `nothing answers at ${address}`, { stage: 'reach' });
}

/** Whatever the answer is, it shows that someone listens; a page of another origin is not shown more. */
async function answersHttp({ protocol, host }: URL): Promise<boolean> {
  const address = `${protocol === 'wss:' ? 'https:' : 'http:'}//${host}/health`;
  const init = { mode: 'no-cors', cache: 'no-store', credentials: 'omit' } as const;
  const answer = fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  return await answer.then(
    () => true,
    () => false,
  );
}

async function isKeptAway(): Promise<boolean> {
  const states = PERMISSIONS.map(async (name) => {
    // A browser that does not know the name rejects, and has no such permission.
    const query = globalThis.navigator?.permissions?.query({ name: name as PermissionName });
    return (await query?.catch(() => undefined))?.state;
  });
  return (await Promise.all(states)).includes('denied');
}
