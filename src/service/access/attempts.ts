/**
 * Counts failed attempts to match, for each reader and for each account that someone claims to be, and locks after too
 * many in a row. Each further failure doubles the lock; a match ends the row.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { AttemptLock } from '../../core/service-report.ts';

/** How many failures in a row lock, and for how long. */
export interface AttemptPolicy {
  /** Failed verifications of one account before it is locked. */
  readonly perAccount: number;
  /** Failed verifications and identifications at one reader before it is locked. */
  readonly perReader: number;
  /** The first lock, milliseconds. */
  readonly lockMs: number;
  /** The longest lock, milliseconds. */
  readonly longestLockMs: number;
}

/** What an attempt is counted for: the name of a reader, or the key of an account. */
export interface AttemptSubject extends Pick<AttemptLock, 'kind' | 'name'> {
  /** What people call a reader. Default: its name. */
  readonly title?: string;
}

/** A row of failures is forgotten after so long without another one, beyond its lock. */
const FORGOTTEN_AFTER_MS = 60 * 60 * 1000;
/** Subjects that are remembered; more would be a way to fill the memory. */
const REMEMBERED = 10_000;

interface Row extends AttemptSubject {
  failures: number;
  lastMs: number;
  lockedUntilMs: number;
}

export class Attempts {
  readonly #policy: AttemptPolicy | undefined;
  readonly #clock: Clock;
  /** The one that failed longest ago comes first. */
  readonly #rows = new Map<string, Row>();

  /** Without a policy nothing is ever locked. */
  constructor(policy: AttemptPolicy | undefined, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
  }

  /** True when there is a policy. */
  get counts(): boolean {
    return this.#policy !== undefined;
  }

  /** Throws WINBIO_E_CRED_PROV_SECURITY_LOCKOUT, saying for how long, when one of them is locked. */
  require(...subjects: readonly AttemptSubject[]): void {
    const [longest] = subjects
      .flatMap((subject) => {
        const lock = this.#lockOf(subject);
        return lock === undefined ? [] : [{ ...lock, title: subject.title ?? lock.name }];
      })
      .sort((a, b) => b.remainingMs - a.remainingMs);
    if (longest === undefined) return;
    const seconds = Math.ceil(longest.remainingMs / 1000);
    const what = longest.kind === 'reader' ? `the reader ${longest.title}` : 'the account';
    throw new BiometricError(
      'WINBIO_E_CRED_PROV_SECURITY_LOCKOUT',
      `${what} is locked for ${seconds} s after ${longest.failures} failed attempts`,
    );
  }

  /** Counts a failure for each; returns those that it has locked. */
  failed(...subjects: readonly AttemptSubject[]): readonly AttemptLock[] {
    const policy = this.#policy;
    if (policy === undefined) return [];
    return subjects.flatMap((subject) => {
      const row = this.#row(subject);
      const nowMs = this.#clock.nowMs();
      row.failures += 1;
      row.lastMs = nowMs;
      const free = subject.kind === 'account' ? policy.perAccount : policy.perReader;
      if (row.failures < free) return [];
      const lockMs = Math.min(policy.longestLockMs, policy.lockMs * 2 ** (row.failures - free));
      row.lockedUntilMs = nowMs + lockMs;
      const { kind, name } = subject;
      return [{ kind, name, failures: row.failures, remainingMs: lockMs }];
    });
  }

  /** A match ends the rows of all of them. */
  succeeded(...subjects: readonly AttemptSubject[]): void {
    for (const subject of subjects) this.#rows.delete(keyOf(subject));
  }

  /** Failures that are left before it is locked; undefined where nothing is counted. */
  left(subject: AttemptSubject): number | undefined {
    if (this.#policy === undefined) return undefined;
    const most = subject.kind === 'account' ? this.#policy.perAccount : this.#policy.perReader;
    return Math.max(0, most - (this.#rows.get(keyOf(subject))?.failures ?? 0));
  }

  /** What is locked now. */
  get locks(): readonly AttemptLock[] {
    return [...this.#rows.values()].flatMap((row) => this.#lockOf(row) ?? []);
  }

  /** Opens what is locked, of one name or all of it; returns what was. */
  unlock(name?: string): readonly AttemptLock[] {
    const opened = this.locks.filter((lock) => name === undefined || lock.name === name);
    this.succeeded(...opened);
    return opened;
  }

  #row(subject: AttemptSubject): Row {
    const key = keyOf(subject);
    const known = this.#rows.get(key);
    const nowMs = this.#clock.nowMs();
    const stale = known === undefined || nowMs > Math.max(known.lastMs, known.lockedUntilMs) + FORGOTTEN_AFTER_MS;
    const row = stale
      ? { kind: subject.kind, name: subject.name, failures: 0, lastMs: nowMs, lockedUntilMs: 0 }
      : known;
    this.#rows.delete(key);
    this.#rows.set(key, row);
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > REMEMBERED && oldest !== undefined) this.#rows.delete(oldest);
    return row;
  }

  #lockOf({ kind, name }: AttemptSubject): AttemptLock | undefined {
    const row = this.#rows.get(keyOf({ kind, name }));
    const remainingMs = (row?.lockedUntilMs ?? 0) - this.#clock.nowMs();
    return row !== undefined && remainingMs > 0 ? { kind, name, failures: row.failures, remainingMs } : undefined;
  }
}

function keyOf({ kind, name }: AttemptSubject): string {
  return `${kind} ${name}`;
}
