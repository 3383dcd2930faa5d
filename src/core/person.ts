/** People: who stands behind an identity of the framework. ISO/IEC 2382-37 calls one a biometric data subject. */

import type { DatabaseId, SubFactor } from './identifiers.ts';
import type { OwnerIdentity } from './identity.ts';

/** Hours of a week, in the time of the machine that the service runs on. */
export interface WeeklyHours {
  /** Days they begin on: 1 Monday to 7 Sunday (ISO 8601). */
  readonly days: readonly number[];
  /** First minute, `HH:MM`. */
  readonly from: string;
  /** First minute after them, `HH:MM`; `24:00` for midnight. Not after `from`: they end on the next day. */
  readonly until: string;
}

/** When and where a person counts. */
export interface PersonValidity {
  /** First day, `YYYY-MM-DD`. Default: always. */
  readonly from?: string;
  /** Last day, `YYYY-MM-DD`. Default: for ever. */
  readonly until?: string;
  /** Default: at all hours. */
  readonly hours?: readonly WeeklyHours[];
  /** Names of places. Default: everywhere. */
  readonly places?: readonly string[];
}

/** What is known of a person beside the fingers. */
export interface PersonDetails {
  /** Name to show, 1 to 200 characters. */
  readonly name: string;
  /** Number of staff, member, pupil: one person has it. 1 to 64 characters. */
  readonly number?: string;
  /** Names of groups, in alphabetical order; at most 32 of 64 characters. */
  readonly groups?: readonly string[];
  /** For those who look after the list, at most 4,000 characters. */
  readonly note?: string;
  /** Default: always and everywhere. */
  readonly validity?: PersonValidity;
  /** Suspended people are recognised and not valid. Default: false. */
  readonly suspended?: boolean;
}

/** An enrolled finger of a person. */
export interface PersonFinger {
  /** Database that holds its template. */
  readonly databaseId: DatabaseId;
  /** Which finger. */
  readonly subFactor: SubFactor;
}

/** A person in the directory of a service. */
export interface Person extends PersonDetails {
  /** What the framework knows the person by: a GUID, or the SID of an account. */
  readonly identity: OwnerIdentity;
  /** Names of groups; empty for none. */
  readonly groups: readonly string[];
  /** Whether there is a picture, which is asked for on its own. */
  readonly hasPicture: boolean;
  /** Enrolled fingers, in all databases. */
  readonly fingers: readonly PersonFinger[];
  /** When the person was created, milliseconds since 1970. */
  readonly createdAtMs: number;
  /** When the details were changed last, milliseconds since 1970. */
  readonly changedAtMs: number;
  /** Counts changes of the details, from 1: a change that names another one is refused. */
  readonly revision: number;
}

/** Why a recognised person does not count now. */
export type InvalidReason = 'suspended' | 'not-yet' | 'expired' | 'out-of-hours' | 'other-place';

/** The person behind an identity that was found, as answers tell it. */
export interface RecognisedPerson {
  /** What the framework knows the person by. */
  readonly identity: OwnerIdentity;
  /** Name to show. */
  readonly name: string;
  /** Number of staff, member, pupil. */
  readonly number?: string;
  /** Names of groups; empty for none. */
  readonly groups: readonly string[];
  /** Why the person does not count here and now; absent when the person does. */
  readonly invalid?: InvalidReason;
}

/** Which people, and in which order. */
export interface PersonQuery {
  /** Beginnings of words or parts of them, in any order; case, accents and width do not count. Default: everybody. */
  readonly text?: string;
  /** Members of this group. */
  readonly group?: string;
  /** Those with fingers, or those without. */
  readonly enrolled?: boolean;
  /** Those who count now somewhere, or those who do not. */
  readonly valid?: boolean;
  /** Default: by name. */
  readonly sort?: 'name' | 'number' | 'created' | 'changed';
  /** Default: false. */
  readonly descending?: boolean;
}

/** A change of many people at once. */
export type BulkChange =
  | {
      /** Puts them into a group, or takes them out. */
      readonly kind: 'add-group' | 'remove-group';
      /** Its name. */
      readonly group: string;
    }
  | {
      /** Gives all of them one validity. */
      readonly kind: 'validity';
      /** Absent: always and everywhere. */
      readonly validity?: PersonValidity;
    }
  | {
      /** Recognised, and not valid; or valid again. */
      readonly kind: 'suspend' | 'resume';
    };

/** A group and how many are in it. */
export interface PersonGroup {
  /** Its name. */
  readonly name: string;
  /** Its members. */
  readonly people: number;
}

/** What hangs on a person, before it is deleted or merged, or after. */
export interface PersonBelongings {
  /** Templates. */
  readonly fingers: number;
  /** Lines of the journal that name the person. */
  readonly journalLines: number;
  /** Whether there is a picture. */
  readonly picture: boolean;
}

/** What became of one row of an import of people. */
export interface PersonImportReport {
  /** Number of the row, from 1; the line of names is none. */
  readonly row: number;
  /** `create`, `update`, `same`: what it does, or would do in a preview. `rejected`: it cannot be used. */
  readonly kind: 'create' | 'update' | 'same' | 'rejected';
  /** Name in the row. */
  readonly name: string;
  /** Column that is wrong; absent when no single one is. */
  readonly column?: string;
  /** What is wrong with it, and what may be, in English; with `rejected` only. */
  readonly message?: string;
}
