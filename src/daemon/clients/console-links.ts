/** Addresses that open the console once, already paired with the account they were made for. */

import { createHash, randomBytes } from 'node:crypto';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Principal } from '../../service/access/principal.ts';

/** How long an address serves, milliseconds. */
const LIFE_MS = 24 * 60 * 60 * 1000;
/** Addresses that may be open at once; of more, the oldest ends. */
const MAX_OPEN = 100;

interface Offer {
  readonly principal: Principal;
  readonly untilMs: number;
}

export class ConsoleLinks {
  readonly #offers = new Map<string, Offer>();
  #url: string | undefined;

  /** The console is served from here on. */
  serveAt(url: string): void {
    this.#url = url;
  }

  /** A new address. Throws E_NOTIMPL when no pages are served. */
  make(principal: Principal): string {
    if (this.#url === undefined) {
      throw new BiometricError('E_NOTIMPL', 'the service serves no pages: start it with --http, or configure http');
    }
    const token = randomBytes(32).toString('base64url');
    this.#offers.set(hashOf(token), { principal, untilMs: Date.now() + LIFE_MS });
    for (const oldest of this.#offers.keys()) {
      if (this.#offers.size <= MAX_OPEN) break;
      this.#offers.delete(oldest);
    }
    return `${this.#url}/#pair=${token}`;
  }

  /** Whom the token of an address was made for; it serves once. */
  take(token: string): Principal | undefined {
    const hash = hashOf(token);
    const offer = this.#offers.get(hash);
    this.#offers.delete(hash);
    return offer !== undefined && offer.untilMs >= Date.now() ? offer.principal : undefined;
  }
}

/** Looked up by its hash, a token does not tell by the time it takes how much of it is right. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
