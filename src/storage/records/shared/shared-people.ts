/**
 * The directory of people where services share it: read here, in a copy; changed by trying a change here, telling the
 * others, and making it once they are told (ADR 26).
 */

import type { PersonStore } from '../../../adapters/person-store.ts';
import type { Position } from '../../../adapters/shared-history.ts';
import type { LogEntry, SharedLog } from '../../../adapters/shared-log.ts';
import { BiometricError, hresultOf } from '../../../core/biometric-error.ts';
import type { Clock } from '../../../core/clock.ts';
import { Follower } from '../../../core/follower.ts';
import { WHORL_E_RESYNC, WHORL_E_STALE } from '../../../core/result-constants.ts';
import { entryOf, type PeopleRow, SECRET_KEY, stepOf } from '../people/people-change.ts';
import type { ProposedMethod, SqlitePeople } from '../people/sqlite-people.ts';
import { tellFirst } from './tell-first.ts';

/** What a copy of shared people offers beside what everybody asks. */
export interface PeopleCopy extends PersonStore {
  sharedPosition(): Promise<Position | undefined>;
  sharedSecret(): Promise<Uint8Array>;
  isSecret(sealed: Uint8Array): Promise<boolean>;
  rows(): ReturnType<SqlitePeople['rows']>;
  propose(...given: Parameters<SqlitePeople['propose']>): ReturnType<SqlitePeople['propose']>;
  takeIn(...given: Parameters<SqlitePeople['takeIn']>): Promise<void>;
  takeAll(...given: Parameters<SqlitePeople['takeAll']>): Promise<void>;
  advanceImport(id: string): Promise<void>;
}

/** What it depends on. */
export interface SharedPeopleParts {
  readonly copy: PeopleCopy;
  readonly log: SharedLog;
  readonly clock: Clock;
  /** Told of each change of whether the log is reached, and why it is not. */
  readonly onLive?: (live: boolean, cause: unknown) => void;
  /** Told when people may be others than before. */
  readonly onChanged?: () => void;
}

const MOST_TRIES = 30;
const BEGINNING: Position = { incarnation: '', change: 0, token: '' };

export class SharedPeople implements AsyncDisposable {
  /** The directory, as everybody asks it. */
  readonly store: PersonStore;
  readonly #parts: SharedPeopleParts;
  readonly #follower: Follower;
  #position: Position | undefined;

  constructor(parts: SharedPeopleParts) {
    this.#parts = parts;
    const { copy, log, clock, onLive } = parts;
    const watch = async (onHint: () => void) => log.watch(onHint);
    this.#follower = new Follower({ watch, pull: () => this.#pull() }, { clock, ...(onLive && { onLive }) });
    const changed = <M extends ProposedMethod & keyof PersonStore>(method: M): PersonStore[M] =>
      (async (...given: readonly unknown[]) => await this.#change(method, given)) as PersonStore[M];
    this.store = {
      ...copy,
      create: changed('create'),
      change: changed('change'),
      changeAll: changed('changeAll'),
      setPicture: changed('setPicture'),
      begin: changed('begin'),
      end: changed('end'),
      importPart: async (id, nowMs) => {
        const rows = await this.#change('importPart', [id, nowMs]);
        await copy.advanceImport(id);
        return rows as Awaited<ReturnType<PersonStore['importPart']>>;
      },
      reseal: () => this.#reseal(),
    };
  }

  /** Begins to follow. */
  start(): void {
    this.#follower.start();
  }

  /** Takes in everything that was told by now. Rejects with WHORL_E_OFFLINE. */
  catchUp(): Promise<void> {
    return this.#follower.catchUp();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#follower[Symbol.asyncDispose]();
    await this.#parts.log[Symbol.asyncDispose]();
  }

  async #change(method: ProposedMethod, given: readonly unknown[]): Promise<unknown> {
    const { copy, log } = this.#parts;
    for (let tries = 1; ; tries++) {
      await this.#follower.catchUp();
      const checked = this.#position ?? BEGINNING;
      const { result, rows } = await copy.propose(method, given);
      if (rows.length === 0) return result;
      try {
        await log.push(rows.map(entryOf), { checked });
      } catch (thrown) {
        if (hresultOf(thrown) !== WHORL_E_STALE || tries === MOST_TRIES) throw thrown;
        continue;
      }
      await this.#follower.catchUp();
      return result;
    }
  }

  async #reseal(): Promise<number> {
    const resealed = (await this.#change('reseal', [])) as number;
    if (resealed === 0) await this.#parts.log.push([{ key: SECRET_KEY, body: await this.#parts.copy.sharedSecret() }]);
    return resealed;
  }

  async #pull(): Promise<void> {
    const { copy, log, onChanged = () => {} } = this.#parts;
    if (this.#position === undefined) {
      this.#position = (await copy.sharedPosition()) ?? BEGINNING;
      if (this.#position.change === 0) await this.#requireNobody();
    }
    const before = this.#position;
    try {
      for await (const batch of log.since(this.#position)) await this.#takeIn(batch);
    } catch (thrown) {
      if (hresultOf(thrown) !== WHORL_E_RESYNC) throw thrown;
      await this.#resynchronize();
    }
    // Whoever comes first says what pseudonyms are made with.
    if (this.#position.change === 0) {
      await tellFirst(log, SECRET_KEY, await copy.sharedSecret());
      for await (const batch of log.since(this.#position)) await this.#takeIn(batch);
    }
    if (this.#position !== before) onChanged();
  }

  /** People of this service alone, whom the others would never know. */
  async #requireNobody(): Promise<void> {
    const { copy, log } = this.#parts;
    const here = await copy.count();
    const told = new Set<string>();
    if (here > 0) {
      for await (const batch of log.since(BEGINNING)) {
        for (const { key, body } of batch) if (body !== undefined && key.startsWith('person/')) told.add(key);
      }
    }
    if (here <= told.size) return;
    this.#position = undefined;
    const text = 'shared: there are people of this service alone; move them with whorl database copy';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }

  async #takeIn(batch: readonly LogEntry[]): Promise<void> {
    await this.#parts.copy.takeIn(batch.map(stepOf));
    this.#position = batch.at(-1)?.position ?? this.#position;
  }

  /** The log has another history: everything is read again. */
  async #resynchronize(): Promise<void> {
    const { copy, log } = this.#parts;
    const rows = new Map<string, PeopleRow>();
    let position = BEGINNING;
    for await (const batch of log.since(BEGINNING)) {
      for (const entry of batch) {
        const step = stepOf(entry);
        if (step.secret !== undefined) await copy.takeIn([step]);
        for (const row of step.rows) {
          const key = `${row.kind}/${row.pseudonym}`;
          rows.delete(key);
          if (row.sealed !== undefined) rows.set(key, row);
        }
        position = step.position;
      }
    }
    // Pictures hang on people, who come first.
    const order = [...rows.values()].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
    await copy.takeAll(order, position);
    this.#position = position;
  }
}
