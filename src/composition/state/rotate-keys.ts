/** Seals every template with a new key and forgets the old one. May be interrupted at any instant and run again. */

import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { WINBIO_E_DATABASE_CANT_FIND } from '../../core/result-constants.ts';
import type { DatabaseRegistration } from '../../service/templates/store-registry.ts';
import { SealedTemplateDatabase } from '../../storage/sealed/sealed-template-database.ts';
import { authenticateAnew } from './authenticated-file.ts';
import type { KeyStore } from './key-store.ts';
import type { RecordLedger } from './record-ledger.ts';

/** What is kept under the keys beside the databases. */
export interface RotatedState {
  readonly keys: KeyStore;
  readonly ledger: RecordLedger;
  /** Files that are written again under the new key. */
  readonly files: readonly string[];
}

/** People and the journal, which a thread of their own seals. */
export interface RotatedRecords {
  /** The keys are other ones now. */
  rekey(): Promise<void>;
  /** Seals everything with the key that seals now; goes on where an earlier attempt ended. */
  reseal(onProgress?: (done: number) => void): Promise<number>;
}

/** What was done. */
export interface Rotation {
  /** Templates that were sealed anew; fewer than there are when an earlier rotation was interrupted. */
  readonly resealed: number;
  /** false: the keys are kept elsewhere, and the old one can be removed there now. */
  readonly oldKeyForgotten: boolean;
}

/**
 * Rotates. Rejects with WHORL_E_CONFIGURATION when a database lies there that is not configured, or the keys are kept
 * elsewhere and no new one was put first; with WHORL_E_KEY_MISSING and WINBIO_E_DATABASE_CORRUPTED for a template that
 * does not open: then the old key is kept.
 */
export async function rotateKeys(
  { keys, ledger, files }: RotatedState,
  registrations: readonly DatabaseRegistration[],
  records: RotatedRecords,
  onProgress: (done: number, total?: number) => void = () => {},
): Promise<Rotation> {
  requireAllConfigured(registrations);
  if (!keys.hasOldKeys) keys.addKey();
  await records.rekey();
  let resealed = 0;
  for (const { storage, descriptor } of registrations) {
    try {
      await using database = await storage.open(descriptor, { create: false });
      if (database instanceof SealedTemplateDatabase) resealed += await database.reseal(onProgress);
    } catch (thrown) {
      if (hresultOf(thrown) !== WINBIO_E_DATABASE_CANT_FIND) throw thrown;
    }
  }
  await records.reseal(onProgress);
  await ledger.rewrite();
  for (const file of files) authenticateAnew(file, keys);
  if (keys.isOwn) {
    keys.dropOldKeys();
    await records.rekey();
  }
  return { resealed, oldKeyForgotten: keys.isOwn };
}

/** The old key still opens what is in a file that nobody looks into now. */
function requireAllConfigured(registrations: readonly DatabaseRegistration[]): void {
  const paths = registrations.flatMap(({ descriptor: { path } }) => (path === undefined ? [] : [path]));
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const names = paths.filter((path) => dirname(path) === folder).map((path) => basename(path));
    const other = readdirSync(folder).find((name) => name.endsWith('.db') && !names.includes(name));
    if (other === undefined) continue;
    const text = `${other} lies in ${folder} and is not configured: configure it or take it away first`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
}
