/**
 * A thread that reads a file database from its first record to its last, as it is when it begins, and opens the seals:
 * both would keep the thread of a service waiting.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { isBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { WINBIO_ID_TYPE_SID } from '../../core/constants.ts';
import { IDENTITY_SIZE_BYTES } from '../../core/identity.ts';
import { storageError } from '../sqlite/sqlite-errors.ts';
import { readPages } from '../sqlite/sqlite-pages.ts';
import { identityOf, type RecordRow, vectorOf } from '../sqlite/sqlite-record.ts';
import type { PagesAnswer, PagesPlace } from './pages-messages.ts';
import { PageWriter, type RecordPage } from './record-page.ts';
import { keyIdOf, openContent, ownNumberBytes } from './seal.ts';

const PAGE_RECORDS = 512;
const NO_NUMBER = new Uint8Array(16);

const { path, databaseId, keyId, key } = workerData as PagesPlace;
const templateKey = { keyId, databaseKey: () => key };
const keys = { byId: (id: number) => (id === keyId ? templateKey : undefined) };
const pages = readPages(path, PAGE_RECORDS);
const identity = new Uint8Array(IDENTITY_SIZE_BYTES);
const identityView = new DataView(identity.buffer);

parentPort?.on('message', () => answer(next()));

function answer(message: PagesAnswer): void {
  const page = 'page' in message ? message.page : undefined;
  const moved = page === undefined ? [] : [page.bytes, page.ends, page.recordIds, page.subFactors];
  parentPort?.postMessage(
    message,
    moved.map(({ buffer }) => buffer),
  );
}

function next(): PagesAnswer {
  try {
    const { value } = pages.next();
    return { page: value && pageOf(value) };
  } catch (thrown) {
    return { error: toBiometricError(storageError(thrown, 'read')).serialize() };
  }
}

function pageOf(rows: readonly RecordRow[]): RecordPage {
  const most = rows.reduce((sum, { template, payload }) => sum + template.length + payload.length, 0);
  const page = new PageWriter(rows.length, most);
  for (const row of rows) {
    const { recordId, subFactor, payload } = row;
    const owner = identityOf(row);
    const isGuid = owner.type === 'guid';
    const common = {
      recordId,
      subFactor,
      payload,
      indexVector: vectorOf(row),
      owner: owner.type === 'guid' ? owner.guid : owner.sid,
      isGuid,
    };
    const sealed = { content: row.template, template: { start: 0, end: row.template.length } };
    let ownNumber: Uint8Array = NO_NUMBER;
    try {
      ownNumber = ownNumberBytes(row.template);
      if (keyIdOf(row.template) !== keyId) {
        page.add({ ...common, ...sealed, ownNumber }, 'sealed');
        continue;
      }
      const { content, template } = openContent(keys, databaseId, { ...common, template: row.template }, bytesOf(row));
      page.add({ ...common, content, template, ownNumber }, 'open');
      content.fill(0);
    } catch (thrown) {
      if (!isBiometricError(thrown)) throw thrown;
      page.add({ ...common, ...sealed, ownNumber }, thrown.serialize());
    }
  }
  return page.finish();
}

/** The owner of a row as a WINBIO_IDENTITY; one that is longer than it says belongs to no seal. */
function bytesOf({ ownerType, owner }: RecordRow): Uint8Array {
  identity.fill(0);
  identityView.setUint32(0, ownerType, true);
  const isSid = ownerType === WINBIO_ID_TYPE_SID;
  if (isSid) identityView.setUint32(4, owner.length, true);
  identity.set(owner.subarray(0, IDENTITY_SIZE_BYTES - 8), isSid ? 8 : 4);
  return identity;
}
