/**
 * Clients that come with the token of a pairing. What they may do is worked out anew at each greeting: as much as their
 * account may now, and no more than the pairing allows. A pairing that is revoked ends its connections.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import type { HRESULT } from '../../core/hresult.ts';
import { S_OK } from '../../core/result-constants.ts';
import { unixUserId } from '../../core/sid.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { NewPairing, Pairing, Pairings } from './pairings.ts';

/** How often pairings that were made and revoked are looked for; `whorl pair` works on the file. */
const LOOK_MS = 500;

/** What paired clients need of the service. */
export interface PairedClientsParts {
  readonly pairings: Pairings;
  /** What an account of the system may do now; rejects with E_ACCESSDENIED. */
  readonly admit: (uid: number) => Promise<Principal>;
  /** Records that a pairing was made, or was revoked. */
  readonly audit: (record: {
    readonly action: string;
    readonly sid: string;
    readonly hresult: HRESULT;
  }) => Promise<void>;
}

/** A connection that ends when its pairing does. */
interface Connected {
  readonly end: () => void;
}

export class PairedClients implements Disposable {
  readonly #parts: PairedClientsParts;
  readonly #connected = new Map<string, Set<Connected>>();
  readonly #timer: NodeJS.Timeout;
  /** Accounts of the pairings there were at the last look, by id. */
  #known: ReadonlyMap<string, string>;

  constructor(parts: PairedClientsParts) {
    this.#parts = parts;
    this.#known = this.#list();
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  /** Whom a token of this origin stands for, and the pairing it belongs to. Rejects with E_ACCESSDENIED, stage `authorize`. */
  async admit(
    token: string | undefined,
    origin: string,
    remote: boolean,
  ): Promise<{ readonly principal: Principal; readonly pairing: Pairing }> {
    const pairing = this.#parts.pairings.find(token ?? '', origin);
    if (pairing === undefined) throw denied('the token is not that of a pairing with this origin: run whorl pair');
    const uid = unixUserId(pairing.sid);
    if (uid === undefined) throw denied('the account of this pairing is not one of this machine');
    const { sid, administrator, mayEnroll } = await this.#parts.admit(uid);
    const principal = {
      sid,
      administrator: administrator && pairing.administrator,
      mayEnroll: mayEnroll && (pairing.mayEnroll || pairing.administrator),
      remote,
    };
    return { principal, pairing };
  }

  /** Ends a connection when its pairing is gone; disposing says that it has ended by itself. */
  hold({ id }: Pairing, end: () => void): Disposable {
    const connected = { end };
    const all = this.#connected.get(id) ?? new Set();
    this.#connected.set(id, all.add(connected));
    return {
      [Symbol.dispose]: () => {
        all.delete(connected);
        if (all.size === 0) this.#connected.delete(id);
      },
    };
  }

  /** Pairs a browser that a link of its account has opened. */
  pair(wanted: NewPairing): string {
    return this.#parts.pairings.add(wanted).token;
  }

  isPaired(token: string, origin: string): boolean {
    return this.#parts.pairings.find(token, origin) !== undefined;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const before = this.#known;
    this.#known = this.#list();
    for (const [id, sid] of this.#known) if (!before.has(id)) this.#record('pair', sid);
    for (const [id, sid] of before) if (!this.#known.has(id)) this.#record('unpair', sid);
    for (const [id, connected] of this.#connected) {
      if (!this.#known.has(id)) for (const { end } of connected) end();
    }
  }

  /** A damaged file pairs no one. */
  #list(): ReadonlyMap<string, string> {
    try {
      return new Map(this.#parts.pairings.list().map(({ id, sid }) => [id, sid]));
    } catch {
      return new Map();
    }
  }

  #record(action: 'pair' | 'unpair', sid: string): void {
    // A log that cannot be written is told of by every other line that it should have.
    this.#parts.audit({ action, sid, hresult: S_OK }).catch(() => {});
  }
}

function denied(text: string): BiometricError {
  return new BiometricError('E_ACCESSDENIED', text, { stage: 'authorize' });
}
