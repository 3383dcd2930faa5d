/** A storage whose faults stay its own. */

import type { Position, SharedPart } from '../../adapters/shared-history.ts';
import type { NewRecord, StorageAdapter, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import type { Clock } from '../../core/clock.ts';
import type { RecordId } from '../../core/identifiers.ts';
import {
  isControlOutcome,
  isCount,
  isDatabase,
  isNothing,
  isRecordId,
  isRecordIdList,
  isRecordList,
} from './answer-checks.ts';
import { type AnswerCheck, CallGuard, FINISH_AFTER_CANCEL_MS } from './call-guard.ts';

export function containStorage(storage: StorageAdapter, clock: Clock): StorageAdapter {
  const guard = new CallGuard(clock, 'a storage');
  return {
    get info() {
      return storage.info;
    },
    open: async (descriptor, options) =>
      containDatabase(await guard.withDeadline('open', () => storage.open(descriptor, options), isDatabase), guard),
    erase: (descriptor) => guard.withDeadline('erase', () => storage.erase(descriptor), isNothing),
    control: (request, { signal }) =>
      guard.withDeadline('control', (options) => storage.control(request, options), isControlOutcome, { signal }),
    close: () => guard.withDeadline('close', () => storage.close(), isNothing, { deadlineMs: FINISH_AFTER_CANCEL_MS }),
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}

function containDatabase(database: TemplateDatabase, guard: CallGuard): TemplateDatabase {
  return {
    get descriptor() {
      return database.descriptor;
    },
    get freshness() {
      return database.freshness;
    },
    add: (record) => guard.withDeadline('add', () => database.add(record), isRecordId),
    ...(database.addAll && {
      addAll: (records: readonly NewRecord[]) =>
        guard.withDeadline(
          'addAll',
          () => database.addAll?.(records) ?? [],
          (numbers) => isRecordIdList(numbers) && (numbers as readonly RecordId[]).length === records.length,
        ),
    }),
    replace: (record, template, searchCodes) =>
      guard.withDeadline('replace', () => database.replace(record, template, searchCodes), isNothing),
    delete: (selector) => guard.withDeadline('delete', () => database.delete(selector), isRecordIdList),
    query: (selector) => {
      const batches = guard.now('query', () => database.query(selector), isNothing);
      return containBatches(batches, guard);
    },
    count: () => guard.withDeadline('count', () => database.count(), isCount),
    ...sharedPart(database, guard),
    close: () => guard.withDeadline('close', () => database.close(), isNothing, { deadlineMs: FINISH_AFTER_CANCEL_MS }),
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}

/** What only databases have that services share. */
function sharedPart(database: TemplateDatabase, guard: CallGuard): Partial<TemplateDatabase> {
  const { position, changes, watch, addChecked, replaceChecked, load, numbered, ended, marks } = database;
  return {
    ...(position && { position: () => guard.withDeadline('position', () => position.call(database), isObject) }),
    ...(changes && {
      changes: (after: Position) =>
        containBatches(
          guard.now('changes', () => changes.call(database, after), isNothing),
          guard,
          isList,
        ),
    }),
    ...(watch && { watch: (onHint: () => void) => guard.now('watch', () => watch.call(database, onHint), isNothing) }),
    ...(addChecked && {
      addChecked: (records: readonly NewRecord[], checked: Position) =>
        guard.withDeadline('addChecked', () => addChecked.call(database, records, checked), isObject),
    }),
    ...(replaceChecked && {
      replaceChecked: (...given: Parameters<NonNullable<TemplateDatabase['replaceChecked']>>) =>
        guard.withDeadline('replaceChecked', () => replaceChecked.call(database, ...given), isObject),
    }),
    ...(load && {
      load: (part?: SharedPart) => guard.withDeadline('load', () => load.call(database, part), isObject),
    }),
    ...(ended && {
      ended: () =>
        containBatches(
          guard.now('ended', () => ended.call(database), isNothing),
          guard,
          isList,
        ),
    }),
    ...(numbered && {
      numbered: (recordIds: readonly RecordId[]) =>
        guard.withDeadline('numbered', () => numbered.call(database, recordIds), isRecordList),
    }),
    ...(marks && { marks: () => guard.withDeadline('marks', () => marks.call(database), isObject) }),
  };
}

const isObject: AnswerCheck = (answer) => typeof answer === 'object' && answer !== null;
const isList: AnswerCheck = (step) => {
  const { done, value } = step as IteratorResult<unknown>;
  return done === true || Array.isArray(value);
};
const isStep: AnswerCheck = (step) => {
  const { done, value } = step as IteratorResult<unknown>;
  return done === true || isRecordList(value);
};

/** Each batch has its own deadline, since a large database takes long. */
async function* containBatches<T>(
  batches: AsyncIterable<readonly T[]>,
  guard: CallGuard,
  isGood: AnswerCheck = isStep,
): AsyncGenerator<readonly T[]> {
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await guard.withDeadline('query', () => iterator.next(), isGood);
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await guard.withDeadline('query', () => iterator.return?.(), isNothing);
  }
}
