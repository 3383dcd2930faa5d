/** Where the directory of people is kept. The service decides who may ask; a store keeps and finds. */

import type { OwnerIdentity } from '../core/identity.ts';
import type { Page, PageRequest } from '../core/page.ts';
import type {
  BulkChange,
  Person,
  PersonDetails,
  PersonGroup,
  PersonImportReport,
  PersonQuery,
} from '../core/person.ts';

/** A person as it is kept: whose fingers are enrolled is known elsewhere. */
export type StoredPerson = Omit<Person, 'fingers'>;

/** A person to create. */
export type NewPerson = PersonDetails & {
  /** Of the person. */
  readonly identity: OwnerIdentity;
};

/** Work on a person that was begun and is not ended: it goes on after a crash. */
export type PersonWork =
  | {
      /** All that hangs on the person goes. */
      readonly kind: 'delete';
      /** Of the person. */
      readonly identity: OwnerIdentity;
      /** SID of the account that asked. */
      readonly sid: string;
    }
  | {
      /** All that hangs on the person goes to another one. */
      readonly kind: 'merge';
      /** Of the person that ends. */
      readonly identity: OwnerIdentity;
      /** Of the person that stays. */
      readonly into: OwnerIdentity;
      /** SID of the account that asked. */
      readonly sid: string;
    };

/** A row of an import that was looked at. */
export interface ImportedPerson {
  /** What is told of it. */
  readonly report: PersonImportReport;
  /** The person that was created or changed; absent for others, and in a preview. */
  readonly person?: StoredPerson;
}

/** How far a file of records is; what is stored is never less than what was acknowledged. */
export interface PeoplePosition {
  /** Counts changes. */
  readonly counter: number;
}

/**
 * Keeps people. Each change is durable and whole when its promise settles. All methods reject with
 * WINBIO_E_DATABASE_CANT_OPEN and the like when the file cannot be used, WINBIO_E_DATABASE_CORRUPTED when it is not as
 * it was written.
 */
export interface PersonStore {
  /** Adds a person. Rejects with WHORL_E_PERSON_EXISTS. */
  create(person: NewPerson, nowMs: number): Promise<StoredPerson>;
  /** A person; undefined without one. */
  get(identity: OwnerIdentity): Promise<StoredPerson | undefined>;
  /** People by their identities, in this order; undefined for who is not there. */
  getAll(identities: readonly OwnerIdentity[]): Promise<readonly (StoredPerson | undefined)[]>;
  /** People who fit, a page at a time. Rejects with E_INVALIDARG for a cursor of another query. */
  list(query: PersonQuery & PageRequest, nowMs: number): Promise<Page<StoredPerson>>;
  /** Identities of all people who fit. */
  identities(query: PersonQuery, nowMs: number): Promise<readonly OwnerIdentity[]>;
  /** How many people there are. */
  count(): Promise<number>;
  /** All groups, by name. */
  groups(): Promise<readonly PersonGroup[]>;
  /** Replaces details. Rejects with WHORL_E_NO_SUCH_PERSON, WHORL_E_PERSON_CHANGED, WHORL_E_PERSON_EXISTS. */
  change(
    identity: OwnerIdentity,
    details: PersonDetails,
    revision: number | undefined,
    nowMs: number,
  ): Promise<StoredPerson>;
  /** Changes many, all or none; returns those that are other than before. Rejects with WHORL_E_NO_SUCH_PERSON. */
  changeAll(identities: readonly OwnerIdentity[], change: BulkChange, nowMs: number): Promise<readonly StoredPerson[]>;
  /** The picture; undefined without one. Rejects with WHORL_E_NO_SUCH_PERSON. */
  picture(identity: OwnerIdentity): Promise<Uint8Array | undefined>;
  /** Sets the picture, or takes it away. Rejects with WHORL_E_NO_SUCH_PERSON. */
  setPicture(identity: OwnerIdentity, picture: Uint8Array | undefined, nowMs: number): Promise<void>;
  /** Remembers work, so that it is gone on with. Rejects with WHORL_E_NO_SUCH_PERSON. */
  begin(work: PersonWork): Promise<void>;
  /** Work that was begun and is not ended, the oldest first. */
  unfinished(): Promise<readonly PersonWork[]>;
  /** Ends work: the person it is about is there no more, with the picture; groups go to who stays. */
  end(work: PersonWork, nowMs: number): Promise<void>;
  /** Reads a table of people; returns how many rows it has. Rejects with E_INVALIDARG. */
  beginImport(csv: string, preview: boolean): Promise<{ readonly id: string; readonly total: number }>;
  /** Goes on with an import; empty after the last row. Rejects with E_INVALIDARG when there is none of this number. */
  importPart(id: string, nowMs: number): Promise<readonly ImportedPerson[]>;
  /** Part of a table of people that an import reads; the line of names comes with the first part. */
  exportPart(
    query: PersonQuery & PageRequest,
    nowMs: number,
  ): Promise<{ readonly csv: string; readonly people: number; readonly next?: string }>;
  /** Says who has an enrolled finger: all at first, then each change. Returns how many it knows of now. */
  noteEnrolled(owners: readonly { readonly identity: OwnerIdentity; readonly enrolled: boolean }[]): Promise<number>;
  /** People that do not open. */
  unreadable(): Promise<number>;
  /** How far it is. */
  position(): Promise<PeoplePosition>;
  /** Seals some of what is under an older key anew; returns how many, 0 when all is under the current one. */
  reseal(): Promise<number>;
}
