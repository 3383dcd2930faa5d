/** Prints of other products on their way into a database: what is given, and what became of it. */

import type { BiometricError, SerializedBiometricError } from './biometric-error.ts';
import type { DatabaseId, SubFactor } from './identifiers.ts';
import type { OwnerIdentity } from './identity.ts';
import type { FingerName } from './sub-factor.ts';

/** One print to import: whose, of which finger, and its bytes. */
export interface TemplateRow {
  /**
   * In the system pool a SID, or the name of an account of the machine that runs the service. In a private pool a GUID, or
   * any other text: `namedGuid(databaseId, text)` is then the owner, the same in every run.
   */
  readonly person: string;
  /**
   * A name such as `right-index` in almost any spelling, or a position of ANSI 381 and ISO/IEC 19794, 1 (right thumb) to
   * 10. Default: what the print says about itself.
   */
  readonly finger?: FingerName | SubFactor | string;
  /**
   * A template, a minutiae record or a picture, in any format that Whorl reads; or a function that reads it when its turn
   * comes. At most 16 MiB.
   */
  readonly print: Uint8Array | (() => Uint8Array | Promise<Uint8Array>);
  /** Format of bytes that do not tell theirs: minutiae as cards store them. Default: told by the content. */
  readonly format?: CardTemplateFormat;
}

/** Formats that have no signature. ISO/IEC 19794-2:2005 8. */
export type CardTemplateFormat = 'iso-19794-2-2005-card' | 'iso-19794-2-2005-compact-card';

/** Names of {@link CardTemplateFormat}. */
export const CARD_TEMPLATE_FORMATS = [
  'iso-19794-2-2005-card',
  'iso-19794-2-2005-compact-card',
] as const satisfies readonly CardTemplateFormat[];

/** What an import does with the prints. */
export interface ImportSettings {
  /** Database to import into. */
  readonly databaseId: DatabaseId;
  /** Checks everything and stores nothing. Default: false. */
  readonly dryRun?: boolean;
  /** Puts prints in the place of those that the same fingers have. Default: false, such rows are skipped. */
  readonly replace?: boolean;
  /**
   * Stores nothing new: templates of an earlier version get what this one sees in the pictures that they were made of, and
   * which are given here. Default: false.
   */
  readonly upgrade?: boolean;
  /** Does not store a finger that the database has already, under whichever owner and name. Default: false. */
  readonly refuseDuplicates?: boolean;
  /** Reads minutiae records that deviate from their standard; of one that was cut off, what is there. Default: false. */
  readonly lenient?: boolean;
  /** Pixels per inch of pictures, whatever they state. Default: as stated, else 500, which the report says. */
  readonly resolutionPpi?: number;
}

/** What became of a row; `kind` tells which. */
export type ImportVerdict =
  | {
      /**
       * `stored`; `replaced`: put in the place of another template; `skipped`: the finger has one already, of this run or
       * an earlier one; `accepted`, in a dry run: would be stored. In an upgrade `upgraded`, or `unused`: no template of
       * that finger was made of this picture, or it is up to date.
       */
      readonly kind: 'stored' | 'replaced' | 'skipped' | 'accepted' | 'upgraded' | 'unused';
    }
  | {
      /** Not stored: the database has this finger. */
      readonly kind: 'duplicate';
      /** Under whom. */
      readonly of: OwnerIdentity;
      /** As which finger. */
      readonly ofSubFactor: SubFactor;
    }
  | {
      /** Not stored: nothing could be made of it. */
      readonly kind: 'rejected';
      /** Why, and what helps. */
      readonly error: BiometricError;
    };

/** What the report of a row says beside its verdict. */
export interface ImportedRow {
  /** Place of the row among those given, from 1. */
  readonly row: number;
  /** As given. */
  readonly person: string;
  /** Owner of the template, once it is known. */
  readonly identity?: OwnerIdentity;
  /** Finger of the template, once it is known. */
  readonly subFactor?: SubFactor;
  /** Pixels per inch that were assumed of a picture without a resolution; absent when none had to be. */
  readonly assumedPpi?: number;
}

/** What became of one row of an import. */
export type ImportReport = ImportedRow & ImportVerdict;

/** A group of rows on its way to the service. */
export interface ImportBatch extends Required<Omit<ImportSettings, 'resolutionPpi'>> {
  readonly resolutionPpi?: number;
  readonly rows: readonly (Omit<TemplateRow, 'print'> & { readonly print: Uint8Array })[];
}

/** The service's answer for one row of a group. */
export type ImportAnswer = Omit<ImportedRow, 'row' | 'person'> &
  (
    | Exclude<ImportVerdict, { readonly kind: 'rejected' }>
    | { readonly kind: 'rejected'; readonly error: SerializedBiometricError }
  );
