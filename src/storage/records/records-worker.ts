/**
 * The thread of records: owns the files of people and of the journal, because node:sqlite keeps its thread waiting. A
 * file is opened with the first question about it.
 */

import { parentPort, workerData } from 'node:worker_threads';
import type { JournalStore, NewJournalLine } from '../../adapters/journal-store.ts';
import type { PersonStore } from '../../adapters/person-store.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { SqliteJournal } from './journal/sqlite-journal.ts';
import { SqlitePeople } from './people/sqlite-people.ts';
import type { RecordsAnswer, RecordsName, RecordsPlaces, RecordsQuestion } from './records-messages.ts';

/** The methods of a contract, which may answer at once here. */
type Answers<S> = {
  readonly [K in keyof S]: S[K] extends (...given: infer Given) => Promise<infer Value>
    ? (...given: Given) => Value | Promise<Value>
    : never;
};

const MAKERS = {
  people: SqlitePeople,
  journal: SqliteJournal,
} as const satisfies Record<RecordsName, new (...given: never[]) => Answers<PersonStore> | Answers<JournalStore>>;

let places = workerData as RecordsPlaces;
const open: { people?: SqlitePeople; journal?: SqliteJournal } = {};
const answer = (message: RecordsAnswer) => parentPort?.postMessage(message);
const failed = (id: number, thrown: unknown) => answer({ id, error: toBiometricError(thrown).serialize() });

/** Lines that came while others were being written. */
let waiting: { readonly id: number; readonly lines: readonly NewJournalLine[] }[] = [];

parentPort?.on('message', (question: RecordsQuestion) => {
  const { id } = question;
  try {
    switch (question.kind) {
      case 'call':
        if (question.of === 'journal' && question.method === 'append') return append(id, question.given);
        return void call(question).then(
          (value) => answer({ id, value }),
          (thrown: unknown) => failed(id, thrown),
        );
      case 'rekey':
        places = {
          people: { ...places.people, keys: question.keys.people },
          journal: { ...places.journal, keys: question.keys.journal },
        };
        open.people?.rekey(question.keys.people);
        open.journal?.rekey(question.keys.journal);
        return answer({ id, value: undefined });
      case 'close':
        write();
        close();
        answer({ id, value: undefined });
        return parentPort?.close();
      default:
        question satisfies never;
    }
  } catch (thrown) {
    failed(id, thrown);
  }
});

async function call({ of, method, given }: Extract<RecordsQuestion, { kind: 'call' }>): Promise<unknown> {
  const store = storeOf(of) as unknown as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;
  if (typeof store[method] !== 'function') throw new BiometricError('E_NOTIMPL', `${of} cannot ${method}`);
  return await store[method](...given);
}

function storeOf(of: RecordsName): SqlitePeople | SqliteJournal {
  const known = open[of];
  if (known !== undefined) return known;
  const { path, keys } = places[of];
  const made = new MAKERS[of](path, keys);
  Object.assign(open, { [of]: made });
  return made;
}

/** Lines are written together with those that are in the queue of messages by now. */
function append(id: number, [lines]: readonly unknown[]): void {
  waiting.push({ id, lines: lines as readonly NewJournalLine[] });
  if (waiting.length === 1) setImmediate(write);
}

function write(): void {
  const group = waiting;
  waiting = [];
  if (group.length === 0) return;
  try {
    const journal = storeOf('journal') as SqliteJournal;
    const written = journal.append(group.flatMap(({ lines }) => lines));
    let from = 0;
    for (const { id, lines } of group) {
      answer({ id, value: written.slice(from, from + lines.length) });
      from += lines.length;
    }
  } catch (thrown) {
    for (const { id } of group) failed(id, thrown);
  }
}

function close(): void {
  const stores = [open.people, open.journal];
  delete open.people;
  delete open.journal;
  const faults: unknown[] = [];
  for (const store of stores) {
    try {
      store?.close();
    } catch (thrown) {
      faults.push(thrown);
    }
  }
  if (faults.length > 0) throw faults[0];
}
