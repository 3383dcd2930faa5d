/** Addresses that open the console once, already paired with the account they were made for. */

import { createHash, randomBytes } from 'node:crypto';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { NewPairing } from './pairings.ts';

/** How long an address serves, milliseconds. */
const LIFE_MS = 24 * 60 * 60 * 1000;
/** Addresses that may be open at once; of more, the oldest ends. */
const MAX_OPEN = 100;

/** What the browser that opens it is paired as. */
export type OfferedPairing = Omit<NewPairing, 'origin'>;

interface Offer {
  readonly pairing: OfferedPairing;
  readonly untilMs: number;
}

export class ConsoleLinks {
  readonly #offers = new Map<string, Offer>();
  #url: string | undefined;

  /** The console is served from here on. */
  serveAt(url: string): void {
    this.#url = url;
  }

  /** A new address for the account and the rights of a client. Throws as {@link offer} does, and E_ACCESSDENIED to screens. */
  make({ sid, administrator, mayEnroll, operator, screen }: Principal): string {
    if (screen !== undefined) throw new BiometricError('E_ACCESSDENIED', 'a screen opens no console');
    const role = operator === true && !administrator ? { role: 'operator' as const } : {};
    return this.offer({ sid, administrator, mayEnroll, ...role });
  }

  /** A new address that pairs so. Throws E_NOTIMPL when no pages are served. */
  offer(pairing: OfferedPairing): string {
    if (this.#url === undefined) {
      throw new BiometricError('E_NOTIMPL', 'the service serves no pages: start it with --http, or configure http');
    }
    const token = randomBytes(32).toString('base64url');
    this.#offers.set(hashOf(token), { pairing, untilMs: Date.now() + LIFE_MS });
    for (const oldest of this.#offers.keys()) {
      if (this.#offers.size <= MAX_OPEN) break;
      this.#offers.delete(oldest);
    }
    return `${this.#url}/#pair=${token}`;
  }

  /** What the token of an address pairs as; it serves once. */
  take(token: string): OfferedPairing | undefined {
    const hash = hashOf(token);
    const offer = this.#offers.get(hash);
    this.#offers.delete(hash);
    return offer !== undefined && offer.untilMs >= Date.now() ? offer.pairing : undefined;
  }
}

/** Looked up by its hash, a token does not tell by the time it takes how much of it is right. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
