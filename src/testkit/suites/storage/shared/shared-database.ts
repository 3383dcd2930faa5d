/** A database of which the checks know that services share it. */

import assert from 'node:assert/strict';
import type { Position } from '../../../../adapters/shared-history.ts';
import type { RecordChange, TemplateDatabase } from '../../../../adapters/storage-adapter.ts';

type SharedMethod =
  | 'position'
  | 'changes'
  | 'watch'
  | 'addChecked'
  | 'replaceChecked'
  | 'load'
  | 'numbered'
  | 'ended'
  | 'marks';

/** Has the methods that are optional elsewhere. */
export type SharedDatabase = TemplateDatabase & Required<Pick<TemplateDatabase, SharedMethod>>;

const METHODS: readonly SharedMethod[] = [
  'position',
  'changes',
  'watch',
  'addChecked',
  'replaceChecked',
  'load',
  'numbered',
  'ended',
  'marks',
];

/** Before the first change. */
export const BEGINNING: Position = Object.freeze({ incarnation: '', change: 0, token: '' });

/** Throws an `AssertionError` when a method is missing. */
export function sharedDatabase(database: TemplateDatabase): SharedDatabase {
  for (const method of METHODS) assert.equal(typeof database[method], 'function', `the database has no ${method}`);
  return database as SharedDatabase;
}

/** All changes after a position. */
export async function changesAfter(database: SharedDatabase, after: Position = BEGINNING): Promise<RecordChange[]> {
  const all: RecordChange[] = [];
  for await (const batch of database.changes(after)) {
    assert.ok(batch.length > 0, 'a batch is empty');
    all.push(...batch);
  }
  return all;
}

/** All items of batches. */
export async function itemsOf<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

/** Throws an `AssertionError` unless positions have no gap after `first`, and end at `last`. */
export function assertGapless(positions: readonly Position[], first: Position, last: Position): void {
  for (const [i, { change, token, incarnation }] of positions.entries()) {
    assert.equal(change, first.change + 1 + i, 'the history has a gap, or is not in order');
    assert.match(token, /^[0-9a-f]{32}$/);
    assert.equal(incarnation, last.incarnation);
  }
  assert.equal(new Set(positions.map(({ token }) => token)).size, positions.length, 'a token came twice');
  assert.deepEqual(positions.at(-1) ?? first, last);
}
