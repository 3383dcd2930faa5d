/** What passes between a database and the thread that reads its pages. */

import type { KeyObject } from 'node:crypto';
import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { RecordPage } from './record-page.ts';

/** What the thread is started with. */
export interface PagesPlace {
  readonly path: string;
  readonly databaseId: DatabaseId;
  /** The key that seals now; what another one sealed comes as it is. */
  readonly keyId: number;
  readonly key: KeyObject;
}

/** Asks for one more page. */
export type PagesQuestion = 'next';

/** What it answers, in order; the last one has no page. */
export type PagesAnswer = { readonly page: RecordPage | undefined } | { readonly error: SerializedBiometricError };
