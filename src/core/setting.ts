/** Settings of a service, each with where its value comes from. */

/** Where a value comes from. */
export type SettingSource = 'default' | 'file' | 'command-line';

/** A setting that a page may show and change. */
export interface Setting {
  /** Path in the configuration, such as `policy.attempts.perReader`. */
  readonly key: string;
  /** What it may be. `json`: anything that the schema of its description allows. */
  readonly kind: 'flag' | 'number' | 'text' | 'choice' | 'texts' | 'json';
  /** What it does, in English; other languages go by the key. */
  readonly description: string;
  /** What a `choice` may be. */
  readonly choices?: readonly string[];
  /** Least value of a `number`. */
  readonly least?: number;
  /** Greatest value of a `number`. */
  readonly most?: number;
  /** What is in the file, or was given; absent for the default. */
  readonly value?: unknown;
  /** Where that comes from. */
  readonly source: SettingSource;
  /** Line of the file, from 1. */
  readonly line?: number;
  /** Why it is not changed here: it names programs or keys, or was given on the command line. */
  readonly locked?: 'file-only' | 'command-line';
  /** True when the file says something else than what the service runs with: it counts after a restart. */
  readonly pending: boolean;
}

/** All settings, and where they are kept. */
export interface SettingsReport {
  /** The configuration file; absent when there is none yet. */
  readonly file?: string;
  /** Whether the service may write it. */
  readonly writable: boolean;
  /** Names the content of the file; a change names it again, so that two people do not overwrite each other. */
  readonly revision: string;
  /** By key. */
  readonly settings: readonly Setting[];
  /** Whether the service can start again by itself. */
  readonly canRestart: boolean;
}

/** A change: values by key; null for the default. */
export type SettingChanges = Readonly<Record<string, unknown>>;

/** What is wrong with a value. */
export interface SettingProblem {
  /** Key of the setting. */
  readonly key: string;
  /** What may be, in English. */
  readonly message: string;
}
