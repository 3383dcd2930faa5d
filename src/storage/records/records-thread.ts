/**
 * Stores of people and of the journal whose files a thread owns (ADR 21). It is started with the first question, so that a
 * service that nobody asks for people has none.
 */

import { Worker } from 'node:worker_threads';
import type { JournalStore } from '../../adapters/journal-store.ts';
import type { PersonStore } from '../../adapters/person-store.ts';
import { BiometricError, deserializeError } from '../../core/biometric-error.ts';
import { workerEntry, workerOptions } from '../../core/worker-entry.ts';
import type { RecordKeys } from './record-keys.ts';
import type { RecordsAnswer, RecordsName, RecordsPlaces, RecordsQuestion } from './records-messages.ts';
import type { JournalCopy } from './shared/shared-journal.ts';
import type { PeopleCopy } from './shared/shared-people.ts';

type Methods<S> = { readonly [K in keyof S]: true };

const PEOPLE: Methods<PersonStore> = {
  create: true,
  get: true,
  getAll: true,
  list: true,
  identities: true,
  count: true,
  groups: true,
  change: true,
  changeAll: true,
  picture: true,
  setPicture: true,
  begin: true,
  unfinished: true,
  end: true,
  beginImport: true,
  importPart: true,
  exportPart: true,
  noteEnrolled: true,
  unreadable: true,
  position: true,
  reseal: true,
};

const JOURNAL: Methods<JournalStore> = {
  append: true,
  list: true,
  since: true,
  line: true,
  counts: true,
  countOf: true,
  exportPart: true,
  picture: true,
  forget: true,
  merge: true,
  verify: true,
  presentOn: true,
  trim: true,
  position: true,
  hasEndedWith: true,
  reseal: true,
};

/** What a copy of shared people offers beside that. */
const PEOPLE_COPY: Methods<Omit<PeopleCopy, keyof PersonStore>> = {
  sharedPosition: true,
  sharedSecret: true,
  isSecret: true,
  rows: true,
  propose: true,
  takeIn: true,
  takeAll: true,
  advanceImport: true,
};

/** What a journal offers beside that, to be shared. */
const JOURNAL_COPY: Methods<Omit<JournalCopy, keyof JournalStore>> = {
  share: true,
  sharedSecret: true,
  unsent: true,
  sent: true,
  takeIn: true,
  forgetting: true,
  merging: true,
};

/** A question without its number. */
type Asked = RecordsQuestion extends infer Each ? (Each extends RecordsQuestion ? Omit<Each, 'id'> : never) : never;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}

export class RecordsThread implements AsyncDisposable {
  readonly people: PeopleCopy;
  readonly journal: JournalCopy;
  #places: RecordsPlaces;
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();
  #closing: Promise<void> | undefined;

  constructor(places: RecordsPlaces) {
    this.#places = places;
    this.people = this.#store<PeopleCopy>('people', { ...PEOPLE, ...PEOPLE_COPY });
    this.journal = this.#store<JournalCopy>('journal', { ...JOURNAL, ...JOURNAL_COPY });
  }

  /** True once there was a question. */
  get started(): boolean {
    return this.#worker !== undefined;
  }

  /** From now on these keys seal, and open what they sealed. */
  async rekey(keys: Readonly<Record<RecordsName, RecordKeys>>): Promise<void> {
    this.#places = {
      people: { ...this.#places.people, keys: keys.people },
      journal: { ...this.#places.journal, keys: keys.journal },
    };
    if (this.started) await this.#ask({ kind: 'rekey', keys });
  }

  /** Ends the thread, after what it was asked; can be called twice. Rejects with WINBIO_E_DATABASE_CANT_CLOSE. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #store<S extends object>(of: RecordsName, methods: Methods<S>): S {
    const ask = (method: string) => {
      return async (...given: readonly unknown[]) => await this.#ask({ kind: 'call', of, method, given });
    };
    return Object.freeze(Object.fromEntries(Object.keys(methods).map((method) => [method, ask(method)]))) as S;
  }

  #ask(question: Asked): Promise<unknown> {
    if (this.#closing !== undefined && question.kind !== 'close') {
      return Promise.reject(new BiometricError('WHORL_E_CONNECTION_LOST', 'the service is closing'));
    }
    const worker = this.#started();
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject });
    // As long as somebody waits for it, the process goes on.
    worker.ref();
    worker.postMessage({ ...question, id });
    return promise;
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(workerEntry('records-worker', import.meta.url), {
      workerData: this.#places,
      ...workerOptions(),
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    worker.unref();
    worker.on('message', (message: RecordsAnswer) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (this.#waiting.size === 0) worker.unref();
      if ('error' in message) waiting?.reject(deserializeError(message.error));
      else waiting?.resolve(message.value);
    });
    const lost = (cause?: unknown) => {
      if (this.#worker === worker) this.#worker = undefined;
      const fault = new BiometricError('WINBIO_E_DATABASE_CANT_OPEN', 'the thread of records ended', { cause });
      for (const { reject } of this.#waiting.values()) reject(fault);
      this.#waiting.clear();
    };
    worker.on('error', lost);
    worker.on('exit', () => lost());
    this.#worker = worker;
    return worker;
  }

  async #close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    try {
      await this.#ask({ kind: 'close' });
    } finally {
      this.#worker = undefined;
      await worker.terminate();
    }
  }
}
