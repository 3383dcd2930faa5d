/** People, the journal and places of a service: where they are kept, and who is told how far they are. */

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { JournalStore } from '../../adapters/journal-store.ts';
import type { PersonStore } from '../../adapters/person-store.ts';
import { toBiometricError } from '../../core/biometric-error.ts';
import { SYSTEM_CLOCK } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { JournalPort } from '../../service/journal/journal.ts';
import type { JournalPolicy } from '../../service/journal/journal-policy.ts';
import type { PeoplePort } from '../../service/people/people.ts';
import type { KeptPlace, PlaceBook } from '../../service/places/places.ts';
import type { RecordKey, RecordKeys } from '../../storage/records/record-keys.ts';
import type { RecordsName } from '../../storage/records/records-messages.ts';
import { RecordsThread } from '../../storage/records/records-thread.ts';
import { SharedJournal } from '../../storage/records/shared/shared-journal.ts';
import { SharedPeople } from '../../storage/records/shared/shared-people.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import type { SharedState } from '../shared/shared-state.ts';
import { readAuthenticated, writeAuthenticated } from '../state/authenticated-file.ts';
import type { KeyStore } from '../state/key-store.ts';
import {
  JOURNAL_FILE,
  PEOPLE_FILE,
  PLACES_FILE,
  READER_NAMES_FILE,
  type StateDirectory,
} from '../state/state-directory.ts';
import type { StateKeeper } from '../state/state-keeper.ts';
import type { NameBook } from './found-names.ts';

/** What is kept under the keys of a state directory; undefined for state in memory. */
export interface RecordsState {
  readonly directory: StateDirectory;
  readonly keys: KeyStore;
  readonly keeper: StateKeeper;
}

/** Records of a service. Disposing closes their files. */
export interface ComposedRecords extends AsyncDisposable {
  readonly people: PeoplePort;
  /** Undefined where policy keeps no journal. */
  readonly journal: JournalPort | undefined;
  readonly places: PlaceBook | undefined;
  /** Lines of the journal that other services were not told of. */
  readonly waiting: number;
  /** Takes the keys that there are now. */
  rekey(): Promise<void>;
  /** Seals everything with the key that seals now; returns how many people, pictures and lines were looked at. */
  reseal(onProgress?: (done: number) => void): Promise<number>;
}

const IN_MEMORY = ':memory:';
/** What keys are derived for. */
const PURPOSES: Readonly<Record<RecordsName, string>> = { people: 'whorl people', journal: 'whorl journal' };

/** Makes the stores; nothing is opened, and no thread started, before somebody asks. */
export function composeRecords(
  state: RecordsState | undefined,
  policy: (() => JournalPolicy) | undefined,
  logger: Logger,
  shared?: SharedState,
): ComposedRecords {
  const paths = pathsOf(state);
  const thread = recordsThread(state);
  const isThere = (path: string) => path !== IN_MEMORY && existsSync(path);
  const kept = { people: isThere(paths.people), journal: isThere(paths.journal) };
  if (state !== undefined) compareLater(thread, state.keeper, kept, logger);
  const people = shared && sharedPeople(thread, shared);
  const journal = shared && sharedJournal(thread, shared);
  const personStore = people?.store ?? thread.people;
  const lineStore = journal?.store ?? thread.journal;
  return {
    people: { store: watchedPeople(personStore, state?.keeper), isThere: kept.people || shared !== undefined },
    journal: policy && {
      store: watchedJournal(lineStore, state?.keeper),
      isThere: kept.journal || shared !== undefined,
      policy,
    },
    get waiting() {
      return journal?.waiting ?? 0;
    },
    places: state && placeBook(join(state.directory.keysFolder, PLACES_FILE), state.keys, logger),
    rekey: () => thread.rekey(keysOf(state)),
    async reseal(onProgress = () => {}) {
      let done = 0;
      for (const name of ['people', 'journal'] as const) {
        if (!isThere(paths[name])) continue;
        const store = name === 'people' ? personStore : lineStore;
        for (let step = await store.reseal(); step > 0; step = await store.reseal()) {
          done += step;
          onProgress(done);
        }
      }
      return done;
    },
    async [Symbol.asyncDispose]() {
      await people?.[Symbol.asyncDispose]();
      await journal?.[Symbol.asyncDispose]();
      await thread.close();
    },
  };
}

/** The thread that has the files of people and the journal. */
export function recordsThread(state: Pick<RecordsState, 'directory' | 'keys'> | undefined): RecordsThread {
  const paths = pathsOf(state);
  const keys = keysOf(state);
  return new RecordsThread({
    people: { path: paths.people, keys: keys.people },
    journal: { path: paths.journal, keys: keys.journal },
  });
}

function sharedPeople(thread: RecordsThread, shared: SharedState): SharedPeople {
  const onLive = (live: boolean, cause: unknown) => shared.note('people', live, cause);
  const people = new SharedPeople({ copy: thread.people, log: shared.log('people'), clock: SYSTEM_CLOCK, onLive });
  people.start();
  return people;
}

function sharedJournal(thread: RecordsThread, shared: SharedState): SharedJournal {
  const onLive = (live: boolean, cause: unknown) => shared.note('journal', live, cause);
  const journal = new SharedJournal({ copy: thread.journal, log: shared.log('journal'), clock: SYSTEM_CLOCK, onLive });
  journal.start();
  return journal;
}

function pathsOf(state: Pick<RecordsState, 'directory'> | undefined): Readonly<Record<RecordsName, string>> {
  if (state === undefined) return { people: IN_MEMORY, journal: IN_MEMORY };
  const { path } = state.directory;
  return { people: join(path, PEOPLE_FILE), journal: join(path, JOURNAL_FILE) };
}

/** Keys of the thread, which never has the master key. State in memory has keys of its own, which nobody keeps. */
function keysOf(state: Pick<RecordsState, 'keys'> | undefined): Readonly<Record<RecordsName, RecordKeys>> {
  const of = (name: RecordsName): RecordKeys => {
    if (state === undefined) return { current: { keyId: 1, key: randomBytes(32) }, older: [] };
    const derived = (key: KeyStore['current']): RecordKey => ({ keyId: key.keyId, key: key.derive(PURPOSES[name]) });
    const [current = state.keys.current, ...older] = state.keys.all;
    return { current: derived(current), older: older.map(derived) };
  };
  return { people: of('people'), journal: of('journal') };
}

/** Changes of people, each of which the head of the state will know. */
function watchedPeople(people: PersonStore, keeper: StateKeeper | undefined): PersonStore {
  if (keeper === undefined) return people;
  const after = <Given extends readonly unknown[], T>(change: (...given: Given) => Promise<T>) => {
    return async (...given: Given): Promise<T> => {
      const result = await change(...given);
      void people.position().then(
        (position) => keeper.sawRecords({ people: position }),
        () => undefined,
      );
      return result;
    };
  };
  return {
    ...people,
    create: after(people.create),
    change: after(people.change),
    changeAll: after(people.changeAll),
    setPicture: after(people.setPicture),
    begin: after(people.begin),
    end: after(people.end),
    importPart: after(people.importPart),
  };
}

/** Lines, each of which the head of the state will know. */
function watchedJournal(journal: JournalStore, keeper: StateKeeper | undefined): JournalStore {
  if (keeper === undefined) return journal;
  let asking = false;
  return {
    ...journal,
    async append(lines) {
      const written = await journal.append(lines);
      // One question is enough for all lines that were written until its answer.
      if (!asking) {
        asking = true;
        void journal.position().then(
          (position) => {
            asking = false;
            keeper.sawRecords({ journal: position });
          },
          () => {
            asking = false;
          },
        );
      }
      return written;
    },
  };
}

/** Compares with the head of the state once the service is there: no start waits for it. */
function compareLater(
  thread: RecordsThread,
  keeper: StateKeeper,
  kept: Readonly<Record<RecordsName, boolean>>,
  logger: Logger,
): void {
  const before = keeper.recordsBefore;
  const failed = (thrown: unknown) => {
    const { code, message } = toBiometricError(thrown);
    logger.error(`people and journal were not looked at: ${message}`, { code });
  };
  for (const name of ['people', 'journal'] as const) {
    if (before[name] !== undefined && !kept[name]) keeper.findRecords(name, 'gone').catch(failed);
  }
  const look = async () => {
    if (kept.people && before.people !== undefined) {
      const { counter } = await thread.people.position();
      if (counter < before.people.counter) await keeper.findRecords('people', 'older');
    }
    if (kept.journal && before.journal !== undefined && !(await thread.journal.hasEndedWith(before.journal))) {
      await keeper.findRecords('journal', 'older');
    }
  };
  if (kept.people || kept.journal) setImmediate(() => void look().catch(failed));
}

const BOOK = z.record(
  z.string().max(64),
  z.strictObject({
    title: z.string().max(64).optional(),
    place: z.string().max(64).optional(),
    use: z.enum(['door', 'clock', 'desk', 'kiosk']).optional(),
    seenAtMs: z.number().optional(),
  }),
);

function placeBook(path: string, keys: Keyring, logger: Logger): PlaceBook {
  return jsonBook(path, keys, logger, (content) => Object.entries(BOOK.parse(content)) as [string, KeptPlace][]);
}

/** Where it is kept what readers that find themselves are called; undefined for state in memory. */
export function readerNameBook(
  sealed: { readonly keys: Keyring } | undefined,
  directory: StateDirectory | undefined,
  logger: Logger,
): NameBook | undefined {
  if (sealed === undefined || directory === undefined) return undefined;
  const names = z.record(z.string(), z.string());
  const path = join(directory.keysFolder, READER_NAMES_FILE);
  return jsonBook(path, sealed.keys, logger, (content) => Object.entries(names.parse(content)));
}

/** A file that nobody can write without the keys. One that is not ours counts as none, and the log says so. */
function jsonBook<T>(path: string, keys: Keyring, logger: Logger, parse: (content: unknown) => [string, T][]) {
  return {
    read(): ReadonlyMap<string, T> {
      if (!existsSync(path)) return new Map();
      try {
        return new Map(parse(JSON.parse(readAuthenticated(path, keys))));
      } catch (thrown) {
        const { code, message } = toBiometricError(thrown, 'WHORL_E_MALFORMED');
        logger.error(`names of readers are not used: ${message}`, { code });
        return new Map();
      }
    },
    write: (names: ReadonlyMap<string, T>) => writeAuthenticated(path, JSON.stringify(Object.fromEntries(names)), keys),
  };
}
