/**
 * Clients that the system does not vouch for, such as web pages: an administrator pairs an origin with an account and
 * gets a token. The file holds hashes of tokens; a token itself is shown once and kept nowhere.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeStateFolder } from '../../composition/state/state-directory.ts';
import { writeDurably } from '../../composition/state/write-durably.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Principal } from '../../service/access/principal.ts';

const TOKEN_BYTES = 32;

const pairing = z.strictObject({
  id: z.string(),
  /** SHA-256 of the token, hexadecimal. */
  hash: z.string().length(64),
  origin: z.string(),
  sid: z.string(),
  administrator: z.boolean(),
  mayEnroll: z.boolean(),
  createdAt: z.string(),
});

/** A pairing as it is kept. */
export type Pairing = z.infer<typeof pairing>;

/** What an administrator decides about one. */
export type NewPairing = Pick<Pairing, 'origin' | 'sid' | 'administrator' | 'mayEnroll'>;

export class Pairings {
  readonly #path: string;

  constructor(stateDirectory: string) {
    this.#path = join(stateDirectory, 'keys', 'pairings.json');
  }

  /** All there are. Throws WHORL_E_CONFIGURATION when the file is damaged. */
  list(): readonly Pairing[] {
    if (!existsSync(this.#path)) return [];
    try {
      return z.array(pairing).parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch (cause) {
      throw new BiometricError('WHORL_E_CONFIGURATION', `${this.#path} is damaged; remove it and pair again`, {
        cause,
      });
    }
  }

  /** Makes one; the token is not to be had again. Throws WHORL_E_CONFIGURATION for what is no origin. */
  add(wanted: NewPairing): { readonly pairing: Pairing; readonly token: string } {
    if (!URL.canParse(wanted.origin) || new URL(wanted.origin).origin !== wanted.origin) {
      throw new BiometricError('WHORL_E_CONFIGURATION', 'origin: give one such as https://example.org, without a path');
    }
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const id = randomBytes(4).toString('hex');
    const made = { ...wanted, id, hash: hashOf(token).toString('hex'), createdAt: new Date().toISOString() };
    this.#write([...this.list(), made]);
    return { pairing: made, token };
  }

  /** Ends one; says whether there was one of this id. */
  remove(id: string): boolean {
    const all = this.list();
    const left = all.filter((each) => each.id !== id);
    if (left.length === all.length) return false;
    this.#write(left);
    return true;
  }

  /** Whom a token of this origin stands for. Throws E_ACCESSDENIED, stage `authorize`. */
  principalOf(token: string | undefined, origin: string, remote: boolean): Principal {
    const found = this.#find(token ?? '', origin);
    if (found === undefined) {
      throw new BiometricError(
        'E_ACCESSDENIED',
        'the token is not that of a pairing with this origin: run whorl pair',
        {
          stage: 'authorize',
        },
      );
    }
    const { sid, administrator, mayEnroll } = found;
    return { sid, administrator, mayEnroll, remote };
  }

  /** Whether a token is that of a pairing with this origin. */
  has(token: string, origin: string): boolean {
    return this.#find(token, origin) !== undefined;
  }

  #find(token: string, origin: string): Pairing | undefined {
    const hash = hashOf(token);
    return this.list().find((each) => timingSafeEqual(Buffer.from(each.hash, 'hex'), hash) && each.origin === origin);
  }

  #write(all: readonly Pairing[]): void {
    makeStateFolder(dirname(this.#path));
    writeDurably(this.#path, `${JSON.stringify(all, null, 2)}\n`);
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
