/**
 * Clients that come with the token of a pairing. What they may do is worked out anew at each greeting: as much as their
 * account may now, and no more than the pairing allows. A pairing that is revoked ends its connections.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import type { HRESULT } from '../../core/hresult.ts';
import { S_OK } from '../../core/result-constants.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { PairingUses } from './pairing-uses.ts';
import type { NewPairing, Pairing, Pairings } from './pairings.ts';

/** How often pairings that were made and revoked are looked for; `whorl pair` works on the file. */
const LOOK_MS = 500;
const MINUTE_MS = 60_000;

/** What paired clients need of the service. */
export interface PairedClientsParts {
  readonly pairings: Pairings;
  /** Where it is kept when each was used last. */
  readonly uses: PairingUses;
  /** What an account of the system may do now; rejects with E_ACCESSDENIED. */
  readonly admit: (sid: string) => Promise<Principal>;
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
  /** Accounts of the pairings that the audit log has, by id. */
  readonly #known: Map<string, string>;
  #lastLook: Promise<void> = Promise.resolve();

  /** By id, to the minute. */
  readonly #used: Map<string, number>;

  constructor(parts: PairedClientsParts) {
    this.#parts = parts;
    this.#used = new Map(Object.entries(parts.uses.read()));
    this.#known = this.#list();
    this.#timer = setInterval(() => void this.look(), LOOK_MS).unref();
  }

  /** Whom a token of this origin stands for, and the pairing it belongs to. Rejects with E_ACCESSDENIED, stage `authorize`. */
  async admit(
    token: string | undefined,
    origin: string,
    remote: boolean,
  ): Promise<{ readonly principal: Principal; readonly pairing: Pairing }> {
    const pairing = this.#parts.pairings.find(token ?? '', origin);
    if (pairing === undefined) throw denied('the token is not that of a pairing with this origin: run whorl pair');
    if (!this.#known.has(pairing.id)) await this.look();
    if (!this.#known.has(pairing.id)) throw denied('the pairing is not in the audit log, which cannot be written');
    return { principal: rightsOf(await this.#parts.admit(pairing.sid), pairing, remote), pairing };
  }

  /** Pages of a pairing that are connected, and when the last one was. */
  useOf(id: string): { readonly connected: number; readonly usedAtMs?: number } {
    const usedAtMs = this.#used.get(id);
    return { connected: this.#connected.get(id)?.size ?? 0, ...(usedAtMs !== undefined && { usedAtMs }) };
  }

  /** Ends a connection when its pairing is gone; disposing says that it has ended by itself. */
  hold({ id }: Pairing, end: () => void): Disposable {
    const connected = { end };
    const all = this.#connected.get(id) ?? new Set();
    this.#connected.set(id, all.add(connected));
    this.#note(id);
    return {
      [Symbol.dispose]: () => {
        all.delete(connected);
        if (all.size === 0) this.#connected.delete(id);
        this.#note(id);
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

  /** It is used now. */
  #note(id: string): void {
    const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    if (this.#used.get(id) === nowMs) return;
    this.#used.set(id, nowMs);
    const there = this.#list();
    this.#parts.uses.write(Object.fromEntries([...this.#used].filter(([each]) => there.has(each))));
  }

  /** Looks now. Connections of revoked pairings end at once; new pairings count once they are in the audit log. Never rejects. */
  look(): Promise<void> {
    const now = this.#list();
    for (const [id, connected] of this.#connected) {
      if (!now.has(id)) for (const { end } of connected) end();
    }
    this.#lastLook = this.#lastLook.then(() => this.#account());
    return this.#lastLook;
  }

  async #account(): Promise<void> {
    const now = this.#list();
    for (const [id, sid] of now) {
      if (!this.#known.has(id) && (await this.#record('pair', sid))) this.#known.set(id, sid);
    }
    for (const [id, sid] of this.#known) {
      if (!now.has(id) && (await this.#record('unpair', sid))) this.#known.delete(id);
    }
  }

  /** A damaged file pairs no one. */
  #list(): Map<string, string> {
    try {
      return new Map(this.#parts.pairings.list().map(({ id, sid }) => [id, sid]));
    } catch {
      return new Map();
    }
  }

  /** False when the log cannot be written; the next look tries again. */
  async #record(action: 'pair' | 'unpair', sid: string): Promise<boolean> {
    return await this.#parts.audit({ action, sid, hresult: S_OK }).then(
      () => true,
      () => false,
    );
  }
}

/** As much as the account may now, and no more than the pairing allows. */
function rightsOf(account: Principal, pairing: Pairing, remote: boolean): Principal {
  return { ...rightsWithin(account, pairing, remote), pairing: pairing.id };
}

function rightsWithin(account: Principal, pairing: Pairing, remote: boolean): Principal {
  const { sid, administrator, mayEnroll } = account;
  const mayOperate = administrator || account.operator === true;
  if (pairing.role === 'screen') {
    return { sid, administrator: false, mayEnroll: false, remote, screen: pairing.door ?? '' };
  }
  if (pairing.role === 'operator') return { sid, administrator: false, mayEnroll, operator: mayOperate, remote };
  return {
    sid,
    administrator: administrator && pairing.administrator,
    mayEnroll: mayEnroll && (pairing.mayEnroll || pairing.administrator),
    operator: mayOperate && pairing.administrator,
    remote,
  };
}

function denied(text: string): BiometricError {
  return new BiometricError('E_ACCESSDENIED', text, { stage: 'authorize' });
}
