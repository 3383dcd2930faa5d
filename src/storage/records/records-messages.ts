/** What passes between a service and its thread of records. */

import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { RecordKeys } from './record-keys.ts';

/** The files of records. */
export type RecordsName = 'people' | 'journal';

/** Where a file is, and what seals it. */
export interface RecordsPlace {
  /** Path, or `:memory:`. */
  readonly path: string;
  readonly keys: RecordKeys;
}

/** What the thread is started with. */
export type RecordsPlaces = Readonly<Record<RecordsName, RecordsPlace>>;

/** What is asked of it. */
export type RecordsQuestion =
  | {
      readonly id: number;
      readonly kind: 'call';
      readonly of: RecordsName;
      readonly method: string;
      readonly given: readonly unknown[];
    }
  | { readonly id: number; readonly kind: 'rekey'; readonly keys: Readonly<Record<RecordsName, RecordKeys>> }
  | { readonly id: number; readonly kind: 'close' };

/** What it answers. */
export type RecordsAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: SerializedBiometricError };
