/**
 * The journal where services share it: each writes its lines here first, so that no answer waits for another machine, and
 * tells them to the others as soon as they can be reached; lines of others are taken in (ADR 26).
 */

import type { JournalStore } from '../../../adapters/journal-store.ts';
import type { Position } from '../../../adapters/shared-history.ts';
import type { SharedLog } from '../../../adapters/shared-log.ts';
import { hresultOf } from '../../../core/biometric-error.ts';
import type { Clock } from '../../../core/clock.ts';
import { Follower } from '../../../core/follower.ts';
import { WHORL_E_RESYNC } from '../../../core/result-constants.ts';
import { SUBJECTS_KEY } from '../journal/shared-lines.ts';
import type { SqliteJournal } from '../journal/sqlite-journal.ts';
import { tellFirst } from './tell-first.ts';

type Asked<M extends 'share' | 'sharedSecret' | 'unsent' | 'sent' | 'takeIn' | 'forgetting' | 'merging'> = (
  ...given: Parameters<SqliteJournal[M]>
) => Promise<ReturnType<SqliteJournal[M]>>;

/** What a journal offers beside what everybody asks, to be shared. */
export interface JournalCopy extends JournalStore {
  readonly share: Asked<'share'>;
  readonly sharedSecret: Asked<'sharedSecret'>;
  readonly unsent: Asked<'unsent'>;
  readonly sent: Asked<'sent'>;
  readonly takeIn: Asked<'takeIn'>;
  readonly forgetting: Asked<'forgetting'>;
  readonly merging: Asked<'merging'>;
}

/** What it depends on. */
export interface SharedJournalParts {
  readonly copy: JournalCopy;
  readonly log: SharedLog;
  readonly clock: Clock;
  /** Told of each change of whether the log is reached, and why it is not. */
  readonly onLive?: (live: boolean, cause: unknown) => void;
  /** Told when lines of other services have come. */
  readonly onLines?: () => void;
}

const BEGINNING: Position = { incarnation: '', change: 0, token: '' };

export class SharedJournal implements AsyncDisposable {
  /** The journal, as everybody asks it. */
  readonly store: JournalStore;
  readonly #parts: SharedJournalParts;
  readonly #follower: Follower;
  #position: Position | undefined;
  #waiting = 0;
  #sentTo = 0;

  constructor(parts: SharedJournalParts) {
    this.#parts = parts;
    const { copy, log, clock, onLive } = parts;
    const watch = async (onHint: () => void) => log.watch(onHint);
    this.#follower = new Follower({ watch, pull: () => this.#pull() }, { clock, ...(onLive && { onLive }) });
    this.store = {
      ...copy,
      append: async (lines) => {
        const written = await copy.append(lines);
        this.#waiting += lines.length;
        this.start();
        return written;
      },
      forget: async (identity) => {
        await copy.share();
        const forgotten = await copy.forget(identity);
        // Told when nothing is left here: whoever is interrupted begins again.
        if (forgotten === 0) await log.push(await copy.forgetting(identity));
        return forgotten;
      },
      merge: async (from, into) => {
        await copy.share();
        await copy.merge(from, into);
        await log.push(await copy.merging(from, into));
      },
      reseal: async () => {
        const resealed = await copy.reseal();
        if (resealed === 0) await this.#sealAgain();
        return resealed;
      },
      trim: async (retention) => {
        const trimmed = await copy.trim(retention);
        // What cannot be reached now is trimmed another day.
        return trimmed > 0 ? trimmed : await log.trim(retention.linesBeforeMs).catch(() => 0);
      },
    };
  }

  /** Lines that others were not told of yet, as far as this process knows. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Begins to tell and to follow. */
  start(): void {
    this.#follower.start();
  }

  /** Tells everything, and takes in everything that was told by now. Rejects with WHORL_E_OFFLINE. */
  catchUp(): Promise<void> {
    return this.#follower.catchUp();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#follower[Symbol.asyncDispose]();
    await this.#parts.log[Symbol.asyncDispose]();
  }

  async #pull(): Promise<void> {
    const { copy, log, onLines = () => {} } = this.#parts;
    this.#position ??= (await copy.share()) ?? BEGINNING;
    const before = this.#position;
    try {
      await this.#read();
    } catch (thrown) {
      if (hresultOf(thrown) !== WHORL_E_RESYNC) throw thrown;
      // Another history, or one that begins later: what is known already is not taken in twice.
      this.#position = BEGINNING;
      await this.#read();
      await this.#tellAgain();
    }
    // Whoever comes first says what subjects are made with.
    if (this.#position.change === 0) {
      await tellFirst(log, SUBJECTS_KEY, await copy.sharedSecret());
      await this.#read();
    }
    await this.#send();
    if (this.#position !== before) onLines();
  }

  async #read(): Promise<void> {
    const { copy, log } = this.#parts;
    for await (const batch of log.since(this.#position ?? BEGINNING)) {
      await copy.takeIn(batch);
      this.#position = batch.at(-1)?.position ?? this.#position;
    }
  }

  /** What was told under another key is told again: whoever joins has only the new one. */
  async #sealAgain(): Promise<void> {
    const { copy, log } = this.#parts;
    await this.catchUp();
    await log.push([{ key: SUBJECTS_KEY, body: await copy.sharedSecret() }]);
    for (let after = 0; ; ) {
      const { entries, last } = await copy.unsent(after);
      if (last === after) return;
      if (entries.length > 0) await log.push(entries);
      after = last;
    }
  }

  async #send(): Promise<void> {
    const { copy, log } = this.#parts;
    for (;;) {
      const { entries, last } = await copy.unsent();
      // Told twice after an interruption, a line is kept once.
      if (entries.length > 0) await log.push(entries, { once: true });
      this.#waiting = Math.max(0, this.#waiting - entries.length);
      if (entries.length === 0 && last === this.#sentTo) return;
      await copy.sent(last);
      this.#sentTo = last;
    }
  }

  /** A server that was restored, or promoted, may lack lines that it had. */
  async #tellAgain(): Promise<void> {
    await this.#parts.copy.sent(0);
    this.#sentTo = 0;
  }
}
