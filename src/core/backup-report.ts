/** Backups of the state of a service, as its administrators see them. */

/** A backup in the folder for backups. */
export interface BackupReport {
  /** Name of its folder. */
  readonly name: string;
  /** When it was made, milliseconds since 1970. */
  readonly madeAtMs: number;
  /** Size of all files, bytes. */
  readonly bytes: number;
  /** Whether the key is in it: whoever has it can open it. */
  readonly withKey: boolean;
  /** Version of Whorl that made it. */
  readonly version: string;
}

/** What a check of a backup found. */
export interface BackupCheck {
  /** Name of its folder. */
  readonly name: string;
  /** Files that were compared with the sums made with them. */
  readonly files: number;
  /** Templates in it. */
  readonly templates: number;
  /** What is wrong, in English; empty when it can be restored. */
  readonly problems: readonly string[];
}

/** Something long that the service is doing for its administrators: a backup, new keys, a restore. */
export interface UpkeepJob {
  /** Which; absent while there is none. */
  readonly kind?: 'backup' | 'keys' | 'restore';
  /** Done of `total`; both 0 while nobody knows. */
  readonly done: number;
  /** How much there is. */
  readonly total: number;
}

/** When backups are made without being asked for. */
export interface BackupSchedule {
  /** Hours between two. */
  readonly everyHours: number;
  /** How many are kept; of more, the oldest goes. */
  readonly keep: number;
}
