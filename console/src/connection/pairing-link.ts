/** The console link: a token in the fragment, valid for one pairing. */

import { connectWebSocket, type WhorlService } from '../../../src/exports/whorl/client/browser.ts';

/** Removes the token from the address, so that neither history nor bookmarks keep it; undefined when there is none. */
export function takePairingToken(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): string | undefined {
  const token = /^#pair=([\w-]+)/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', `${location.pathname}${location.search}`);
  return token;
}

/** What became of a token: the browser is paired, the token was used or unknown, or the service did not answer. */
export type PairingResult = 'paired' | 'refused' | 'unanswered';

/** Where this page stores its half of the pairing; the other half is a cookie. */
const KEY = 'whorl-console';

/** Connects as the paired browser; the service refuses others. */
export function connectPaired(): Promise<WhorlService> {
  const token = localStorage.getItem(KEY);
  return connectWebSocket(token === null ? {} : { token });
}

/** Exchanges the token for the pairing of this browser. */
export async function pair(token: string): Promise<PairingResult> {
  const headers = { 'content-type': 'application/json' };
  const known = localStorage.getItem(KEY) ?? undefined;
  const body = JSON.stringify({ token, key: known });
  const request = { method: 'POST', headers, body, credentials: 'same-origin' } as const;
  const response = await fetch('pair', request).catch(() => undefined);
  if (response === undefined) return 'unanswered';
  if (!response.ok) return 'refused';
  const { key } = (await response.json()) as { readonly key: string };
  localStorage.setItem(KEY, key);
  return 'paired';
}
