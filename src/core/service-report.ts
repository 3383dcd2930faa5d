/** What a running service tells its administrators: names and numbers, no biometric data. */

import type { ResultCode } from './codes.ts';
import type { HRESULT } from './hresult.ts';
import type { DatabaseId, RejectDetail, SubFactor, UnitId } from './identifiers.ts';
import type { OwnerIdentity } from './identity.ts';
import type { ReaderUse } from './place.ts';

/** What does not work in a service, and what to do about it. */
export interface ServiceFault {
  /** Name of the code, such as `WINBIO_E_DATABASE_CORRUPTED`. */
  readonly code: ResultCode;
  /** The code as a number. */
  readonly hresult: HRESULT;
  /**
   * The database or unit, and what is wrong with it, in English; may change between versions. To others than
   * administrators the meaning of the code alone.
   */
  readonly message: string;
  /** What a person can do about it, as an English sentence. */
  readonly remedy: string;
}

/** A database whose templates are still being read: those that were can be found already. */
export interface DatabaseLoading {
  /** GUID of the database. */
  readonly databaseId: DatabaseId;
  /** Templates that can be found. */
  readonly loaded: number;
  /** Templates that it has. */
  readonly total: number;
}

/** How it goes with what a service shares with others. */
export interface SharedStatus {
  /** Name of this service to the others. */
  readonly site: string;
  /** Whether the shared database is reached. People are recognised without it; nothing can be enrolled or deleted. */
  readonly live: boolean;
  /** Since when it is, or is not, milliseconds since 1970; absent when that has not changed since the start. */
  readonly sinceMs?: number;
  /** Lines of the journal that the others were not told of yet. */
  readonly journalWaiting: number;
  /** Databases that are read from a copy here. */
  readonly databases?: readonly SharedDatabaseStatus[];
}

/** A copy of a shared database. */
export interface SharedDatabaseStatus {
  /** GUID of the database. */
  readonly databaseId: DatabaseId;
  /** Number of the last change that the copy has. */
  readonly change: number;
  /** When the database was reached last, milliseconds since 1970; absent before the first time. */
  readonly reachedMs?: number;
  /** Whether that is so long ago that nobody is recognised any more. */
  readonly tooOld: boolean;
}

/** The process of a service. What is not needed to use it is told to administrators. */
export interface ServiceStatus {
  /** Version of Whorl. */
  readonly version: string;
  /** Process id; absent for others than administrators. */
  readonly pid?: number;
  /** Time since the process started, seconds. */
  readonly uptimeSeconds: number;
  /** Memory the process occupies, bytes; absent for others than administrators. */
  readonly residentBytes?: number;
  /** Folder of its databases and keys; absent when its state is in memory, and for others than administrators. */
  readonly stateDirectory?: string;
  /** Configuration file it was started with; absent when there was none, and for others than administrators. */
  readonly configurationFile?: string;
  /** Databases, templates and units that cannot be used; empty when all is well. */
  readonly faults: readonly ServiceFault[];
  /**
   * Databases that are still being read after the start, a search of which may have to wait; empty once all are. Absent
   * for others than administrators.
   */
  readonly loading?: readonly DatabaseLoading[];
  /** What it shares with other services; absent when it shares nothing, and for others than administrators. */
  readonly shared?: SharedStatus;
}

/** The account a connection acts for, and its rights. */
export interface ClientAccount {
  /** SID of the account. */
  readonly sid: string;
  /** Whether it may do everything. */
  readonly administrator: boolean;
  /** Whether it may enroll its own fingers. */
  readonly mayEnroll: boolean;
  /** Whether it may look after people, journal and enrollments of others; administrators may. */
  readonly operator: boolean;
  /** Name of the door that a paired screen shows; absent for anything else. */
  readonly screen?: string;
}

/** What a unit is doing. */
export interface UnitActivity {
  /** The unit. */
  readonly unitId: UnitId;
  /** Name of its reader in the configuration. */
  readonly name: string;
  /** Name to show; that of the reader when nobody gave one. */
  readonly title: string;
  /** Where it is; empty when nobody said. */
  readonly place: string;
  /** What it is for. */
  readonly use: ReaderUse;
  /** State of its capture loop, such as `idle`, `capturing` or `failed`. */
  readonly state: string;
  /** Operations waiting for a sample from it, the longest waiting first. */
  readonly waiting: readonly string[];
  /** Finger being enrolled on it; absent when none is. */
  readonly enrolling?: SubFactor;
  /** Share of a sample that has come from a slow sensor, 0 to 1; absent while none comes. */
  readonly progress?: number;
  /** Whether a session holds its lock. */
  readonly locked: boolean;
  /** Why the last sample was rejected; absent when it was used. */
  readonly lastReject?: RejectDetail;
  /** Name of the virtual reader behind it; absent for any other sensor. */
  readonly virtualReader?: string;
}

/** An answered request. */
export interface AnsweredRequest {
  /** Counts answered requests since the service started, from 1. */
  readonly number: number;
  /** When it was answered, milliseconds since 1970. */
  readonly atMs: number;
  /** What was asked: `identify`, `open-session`. */
  readonly kind: string;
  /** Its result code. */
  readonly hresult: HRESULT;
  /** Unit that did the work; 0 when none did. */
  readonly unitId: UnitId;
  /** From arrival to answer, milliseconds, waiting for a finger included. */
  readonly durationMs: number;
  /** SID of the account that asked. */
  readonly sid: string;
}

/** The load of a service, what its units are doing, and what it answered lately. */
export interface ServiceHealth extends ServiceStatus {
  /** Process id. */
  readonly pid: number;
  /** Memory the process occupies, bytes. */
  readonly residentBytes: number;
  /** Open connections. */
  readonly connections: number;
  /** Open sessions and framework connections. */
  readonly handles: number;
  /** Requests not answered yet. */
  readonly waiting: number;
  /** Load of the engine threads. */
  readonly engine: {
    /** Engine threads. */
    readonly threads: number;
    /** Tasks waiting for a thread. */
    readonly tasksWaiting: number;
    /** Time all threads have spent on tasks since the service started, milliseconds. */
    readonly busyMs: number;
  };
  /** One entry for each attached unit. */
  readonly units: readonly UnitActivity[];
  /** Requests answered after the number asked for, the oldest first; the service remembers the latest. */
  readonly answered: readonly AnsweredRequest[];
}

/** An owner of templates in a database. */
export interface TemplateOwner {
  /** The owner. */
  readonly identity: OwnerIdentity;
  /** Enrolled fingers, ascending. */
  readonly subFactors: readonly SubFactor[];
}

/** Which template to export, and in which format. */
export interface TemplateExport {
  /** GUID of the database. */
  readonly databaseId: DatabaseId;
  /** Owner of the template. */
  readonly identity: OwnerIdentity;
  /** Finger of the template. */
  readonly subFactor: SubFactor;
  /** `whorl` for the template as it is stored, or a minutiae format such as `iso-19794-2-2005`. */
  readonly format: string;
}

/** A reader or an account that failed attempts have locked. */
export interface AttemptLock {
  /** What is locked. */
  readonly kind: 'account' | 'reader';
  /** Name of the reader, or key of the account. */
  readonly name: string;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** Time until it is open again, milliseconds. */
  readonly remainingMs: number;
}

/** A record of a print on a reader that matches inside. */
export interface PrintRecord {
  /** Database of the reader that holds the record. */
  readonly databaseId: DatabaseId;
  /** The owner. */
  readonly identity: OwnerIdentity;
  /** The finger. */
  readonly subFactor: SubFactor;
  /** Name of the print on the reader. */
  readonly print: string;
}

/** What is on a reader that matches inside, and what the records say. */
export interface ReaderPrints {
  /** The unit. */
  readonly unitId: UnitId;
  /** Name of its reader in the configuration. */
  readonly name: string;
  /** Most prints it can hold; absent when it does not tell. */
  readonly capacity?: number;
  /** Prints on the reader, in its order. One without a record opens nothing. Absent when the reader cannot list them. */
  readonly prints?: readonly {
    /** Name of the print on the reader. */
    readonly print: string;
    /** What it was labelled with, from readers that keep that. */
    readonly label?: string;
    /** The record that knows it. */
    readonly record?: PrintRecord;
  }[];
  /** Records whose print is no longer on the reader. */
  readonly missing: readonly PrintRecord[];
}

/**
 * What brings a reader and its records together: `adopt` gives a print that no record knows to a person in the system
 * pool, `remove` takes it off the reader, `forget` deletes a record whose print is gone.
 */
export type PrintChange =
  | {
      /** A record for a print. */
      readonly kind: 'adopt';
      /** The unit of the reader. */
      readonly unitId: UnitId;
      /** Name of the print on the reader. */
      readonly print: string;
      /** Whose it is. */
      readonly identity: OwnerIdentity;
      /** Which finger it is. */
      readonly subFactor: SubFactor;
    }
  | {
      /** A print less, or a record less. */
      readonly kind: 'remove' | 'forget';
      /** The unit of the reader. */
      readonly unitId: UnitId;
      /** Name of the print on the reader. */
      readonly print: string;
    };
