/** The console link: a token in the fragment, good for one pairing. */

/** Takes the token out of the address, so that neither history nor a bookmark keeps it; undefined without one. */
export function takePairingToken(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): string | undefined {
  const token = /^#pair=([\w-]+)/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', `${location.pathname}${location.search}`);
  return token;
}

/** What became of a token: paired by a cookie from now on, refused (used or unknown), or nobody answered. */
export type PairingResult = 'paired' | 'refused' | 'unanswered';

/** Exchanges the token for the cookie of this browser. */
export async function pair(token: string): Promise<PairingResult> {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify({ token }), credentials: 'same-origin' } as const;
  const response = await fetch('pair', request).catch(() => undefined);
  if (response === undefined) return 'unanswered';
  return response.ok ? 'paired' : 'refused';
}
