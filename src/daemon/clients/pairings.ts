/**
 * Clients that the system does not vouch for, such as web pages: an administrator pairs an origin with an account and
 * gets a token. The file holds hashes of tokens; a token itself is shown once and kept nowhere.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type FileKeys, readAuthenticated, writeAuthenticated } from '../../composition/state/authenticated-file.ts';
import { makeStateFolder, statePlaces } from '../../composition/state/state-directory.ts';
import { readHead } from '../../composition/state/state-head.ts';
import { writeDurably } from '../../composition/state/write-durably.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { PairingRole } from '../../core/pairing-report.ts';

const TOKEN_BYTES = 32;
const natural = z.int().min(0);

const pairing = z.strictObject({
  id: z.string(),
  /** SHA-256 of the token, hexadecimal. */
  hash: z.string().length(64),
  origin: z.string(),
  sid: z.string(),
  /** The most that its pages may do; what the account itself may do is for the configuration to say. */
  administrator: z.boolean(),
  mayEnroll: z.boolean(),
  /** Given by a person. */
  name: z.string().max(64).optional(),
  /** More than `administrator` and `mayEnroll` say, or less. */
  role: z.enum(['operator', 'screen']).optional(),
  /** The door of a screen. */
  door: z.string().max(64).optional(),
  createdAt: z.string(),
  /** From then on it is as good as revoked; a year after it was made when absent. */
  expiresAt: z.string().optional(),
});

/** A pairing as it is kept. */
export type Pairing = z.infer<typeof pairing>;

/** The file: how many times it was written, and what it holds. */
const content = z.union([
  z.strictObject({ generation: natural, pairings: z.array(pairing) }),
  // Of before that was counted.
  z.array(pairing).transform((pairings) => ({ generation: 0, pairings })),
]);

/** Knows how many times the file was written at least; of a file that was written less often nothing is believed. */
export interface PairingsWatch {
  readonly leastPairings: number;
  sawPairings(generation: number): void;
}

/** What an administrator decides about one. */
export interface NewPairing
  extends Pick<Pairing, 'origin' | 'sid' | 'administrator' | 'mayEnroll' | 'name' | 'role' | 'door'> {
  /** How long it lasts, days. Default: 365. */
  readonly days?: number;
}

/** Pairings of an account; of more, the oldest ends. */
const MOST_PER_ACCOUNT = 50;
const DAY_MS = 24 * 60 * 60 * 1000;
const USUAL_DAYS = 365;

export class Pairings {
  readonly #path: string;
  readonly #keyring: FileKeys | undefined;
  readonly #watch: PairingsWatch;
  #generation = 0;
  /** What the file held when it was read, and how the file system tells one version of it from another. */
  #read: { readonly version: string; readonly all: readonly Pairing[] } | undefined;

  /** With a keyring, a file that was written without its keys pairs no one; state in memory has none. */
  constructor(stateDirectory: string, keyring: FileKeys | undefined, watch?: PairingsWatch) {
    const { pairings, keysFolder } = statePlaces(stateDirectory);
    this.#path = pairings;
    this.#keyring = keyring;
    this.#watch = watch ?? (keyring === undefined ? NOT_WATCHED : watchOf(keysFolder, keyring));
  }

  /** All that have not expired. Throws WHORL_E_CONFIGURATION when the file is damaged. */
  list(): readonly Pairing[] {
    const stat = statSync(this.#path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    const version = `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
    if (this.#read?.version !== version) this.#read = { version, all: this.#readAll() };
    const nowMs = Date.now();
    return this.#read.all.filter((each) => expiryOf(each) > nowMs);
  }

  /** Makes one; the token is not to be had again. Throws WHORL_E_CONFIGURATION for what is no origin. */
  add(wanted: NewPairing): { readonly pairing: Pairing; readonly token: string } {
    if (!URL.canParse(wanted.origin) || new URL(wanted.origin).origin !== wanted.origin) {
      throw new BiometricError('WHORL_E_CONFIGURATION', 'origin: give one such as https://example.org, without a path');
    }
    const { days = USUAL_DAYS, ...pairing } = wanted;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = Date.now();
    const made = {
      ...pairing,
      id: randomBytes(4).toString('hex'),
      hash: hashOf(token).toString('hex'),
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + days * DAY_MS).toISOString(),
    };
    const all = this.list();
    // The list is in the order they were made.
    const own = all.filter(({ sid }) => sid === made.sid);
    const ended = new Set(own.slice(0, Math.max(0, own.length + 1 - MOST_PER_ACCOUNT)));
    this.#write([...all.filter((each) => !ended.has(each)), made]);
    return { pairing: made, token };
  }

  /** Names one; says whether there was one of this id. */
  rename(id: string, name: string): boolean {
    const all = this.list();
    if (!all.some((each) => each.id === id)) return false;
    this.#write(all.map((each) => (each.id === id ? { ...each, name } : each)));
    return true;
  }

  /** Ends one; says whether there was one of this id. */
  remove(id: string): boolean {
    const all = this.list();
    const left = all.filter((each) => each.id !== id);
    if (left.length === all.length) return false;
    this.#write(left);
    return true;
  }

  /** The pairing with this origin that a token belongs to. */
  find(token: string, origin: string): Pairing | undefined {
    const hash = hashOf(token);
    return this.list().find((each) => timingSafeEqual(Buffer.from(each.hash, 'hex'), hash) && each.origin === origin);
  }

  #readAll(): readonly Pairing[] {
    try {
      const text = this.#keyring ? readAuthenticated(this.#path, this.#keyring) : readFileSync(this.#path, 'utf8');
      const { generation, pairings } = content.parse(JSON.parse(text));
      if (generation < this.#watch.leastPairings) throw new TypeError('the file is of an earlier day');
      this.#generation = generation;
      this.#watch.sawPairings(generation);
      return pairings;
    } catch (cause) {
      throw new BiometricError(
        'WHORL_E_CONFIGURATION',
        `${this.#path} is damaged or of an earlier day, or was not written by this service; remove it and pair again`,
        {
          cause,
        },
      );
    }
  }

  #write(all: readonly Pairing[]): void {
    makeStateFolder(dirname(this.#path));
    const generation = Math.max(this.#generation, this.#watch.leastPairings) + 1;
    const text = JSON.stringify({ generation, pairings: all }, null, 2);
    if (this.#keyring) writeAuthenticated(this.#path, text, this.#keyring);
    else writeDurably(this.#path, `${text}\n`);
  }
}

/** What its pages may do, in a word. */
export function roleOf({ role, administrator }: Pick<Pairing, 'role' | 'administrator'>): PairingRole {
  return role ?? (administrator ? 'administrator' : 'user');
}

/** When it ends, milliseconds since 1970. */
export function expiryOf({ createdAt, expiresAt }: Pick<Pairing, 'createdAt' | 'expiresAt'>): number {
  return expiresAt === undefined ? Date.parse(createdAt) + USUAL_DAYS * DAY_MS : Date.parse(expiresAt);
}

const NOT_WATCHED: PairingsWatch = { leastPairings: 0, sawPairings: () => {} };

/** What a service has seen that may be running elsewhere, or not at all. */
function watchOf(keysFolder: string, keyring: FileKeys): PairingsWatch {
  return {
    get leastPairings() {
      return readHead(keysFolder, keyring)?.pairings ?? 0;
    },
    sawPairings: () => {},
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
