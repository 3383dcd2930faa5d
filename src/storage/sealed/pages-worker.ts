/**
 * A thread that reads a file database from its first record to its last, as it is when it begins, and opens the seals:
 * both would keep the thread of a service waiting.
 */

import { parentPort, workerData } from 'node:worker_threads';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { isBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { storageError } from '../sqlite/sqlite-errors.ts';
import { readPages } from '../sqlite/sqlite-pages.ts';
import type { PagesAnswer, PagesPlace } from './pages-messages.ts';
import { type PageRecord, packPage } from './record-page.ts';
import { keyIdOf, openSeal, ownNumberOf } from './seal.ts';

const PAGE_RECORDS = 512;

const { path, databaseId, keyId, key } = workerData as PagesPlace;
const templateKey = { keyId, databaseKey: () => key };
const keys = { byId: (id: number) => (id === keyId ? templateKey : undefined) };
const pages = readPages(path, PAGE_RECORDS);

parentPort?.on('message', () => answer(next()));

function answer(message: PagesAnswer): void {
  const moved = 'page' in message && message.page !== undefined ? [message.page.bytes.buffer] : [];
  parentPort?.postMessage(message, moved);
}

function next(): PagesAnswer {
  try {
    const { value } = pages.next();
    return { page: value && packPage(value.map(opened)) };
  } catch (thrown) {
    return { error: toBiometricError(storageError(thrown, 'read')).serialize() };
  }
}

function opened(record: StoredRecord): PageRecord {
  try {
    const number = ownNumberOf(record.template);
    if (keyIdOf(record.template) !== keyId) return { ...record, state: 'sealed', number };
    return { ...record, ...openSeal(keys, databaseId, record), state: 'open', number };
  } catch (thrown) {
    if (!isBiometricError(thrown)) throw thrown;
    return { ...record, state: 'fault', number: numberOf(record), fault: thrown.serialize() };
  }
}

function numberOf({ template }: StoredRecord): string {
  try {
    return ownNumberOf(template);
  } catch {
    return '';
  }
}
