/** A storage whose faults stay its own. */

import type { NewRecord, StorageAdapter, StoredRecord, TemplateDatabase } from '../../adapters/storage-adapter.ts';
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
    close: () => guard.withDeadline('close', () => database.close(), isNothing, { deadlineMs: FINISH_AFTER_CANCEL_MS }),
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}

const isStep: AnswerCheck = (step) => {
  const { done, value } = step as IteratorResult<unknown>;
  return done === true || isRecordList(value);
};

/** Each batch has its own deadline, since a large database takes long. */
async function* containBatches(
  batches: AsyncIterable<readonly StoredRecord[]>,
  guard: CallGuard,
): AsyncGenerator<readonly StoredRecord[]> {
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await guard.withDeadline('query', () => iterator.next(), isStep);
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await guard.withDeadline('query', () => iterator.return?.(), isNothing);
  }
}
