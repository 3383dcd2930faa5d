/** Fetches what a registry has put down for the service, from the places that its configuration names and no others. */

import { AbisRefusal } from './abis-failure.ts';

const MOST_BYTES = 20 << 20;
const TIMEOUT_MS = 30_000;
const GONE = 410;

/** Throws an {@link AbisRefusal}; never follows to another address. */
export async function fetchBiometrics(
  address: string,
  sources: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const url = URL.canParse(address) ? new URL(address).href : '';
  if (!sources.some((source) => url.startsWith(new URL(source).href))) throw new AbisRefusal('not-fetched');
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.ok) return await bodyOf(response);
    await response.body?.cancel();
    throw new AbisRefusal(response.status === GONE ? 'expired' : 'not-fetched');
  } catch (thrown) {
    if (thrown instanceof AbisRefusal) throw thrown;
    throw new AbisRefusal(signal.aborted ? 'aborted' : 'not-fetched');
  }
}

async function bodyOf({ body }: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    // Leaving the loop ends the connection.
    if (bytes > MOST_BYTES) throw new AbisRefusal('cbeff');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
