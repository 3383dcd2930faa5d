/**
 * The configuration of a service as programs see it. It is written out, not inferred from the schema that checks it, so
 * that its comments show on hover; the compiler compares the two (`configuration.ts`).
 */

/** An adapter module to load. */
export interface AdapterModule {
  /** Name of a package beside the configuration, or path of a file. */
  readonly module: string;
  /** Handed to the adapter unchanged. Default: none. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** A scripted reader, which captures what it is told to. */
export interface VirtualReaderConfiguration {
  /** Tells the readers apart. */
  readonly kind: 'virtual';
  /**
   * Name that `service.virtualReader(name)` takes. Default: `virtual` for the first reader, else `virtual-2` and so on.
   */
  readonly name?: string | undefined;
  /** What becomes of a touch while nothing captures. Default: `lost`. */
  readonly earlyTouch?: 'lost' | 'kept' | undefined;
}

/** A reader that plays the PNG files of a folder. */
export interface ReplayReaderConfiguration {
  /** Tells the readers apart. */
  readonly kind: 'replay';
  /** Folder of the files. */
  readonly folder: string;
  /** Pixels per inch. Default: as `dataset.json` or the files say. */
  readonly resolutionPpi?: number | undefined;
  /** Files in the order they are played. Default: all, by name. */
  readonly files?: readonly string[] | undefined;
}

/** Readers of an adapter module. */
export interface ModuleReaderConfiguration extends AdapterModule {
  /** Tells the readers apart. */
  readonly kind: 'module';
}

/** A reader to attach, by its `kind`: scripted, playing files, or from an adapter module. */
export type ReaderConfiguration = VirtualReaderConfiguration | ReplayReaderConfiguration | ModuleReaderConfiguration;

/** A database to install. */
export interface DatabaseConfiguration {
  /** GUID of the database; it never changes. */
  readonly id: string;
  /** Pool it serves; the system pool has one database. */
  readonly pool: 'system' | 'private';
  /** Most records it may hold. Default: no limit. */
  readonly recordLimit?: number | undefined;
  /** Adapter module that keeps it. Default: a SQLite file in the state directory. */
  readonly storage?: AdapterModule | undefined;
}

/** What an administrator decides. */
export interface PolicyConfiguration {
  /** The framework as a whole. Default: true. */
  readonly enabled?: boolean | undefined;
  /** Logon with a finger. Default: false. */
  readonly logon?: boolean | undefined;
  /** Logon with a finger to a domain account. Default: false. */
  readonly domainLogon?: boolean | undefined;
  /** Credentials may be kept for logon. Default: false. */
  readonly credentialProvider?: boolean | undefined;
  /** A finger may switch the console to its account. Default: false. */
  readonly fastUserSwitching?: boolean | undefined;
  /** A logon needs a secure attention sequence first. Default: false. */
  readonly secureAttention?: boolean | undefined;
  /** How long an identification serves for a logon, milliseconds, at most 60,000. Default: 5000. */
  readonly logonWindowMs?: number | undefined;
  /** Whether engines look for presentation attacks. Default: they do, and each account may change its own setting. */
  readonly antiSpoof?:
    | {
        /** For all accounts not named, which then cannot change it. Default: each account decides. */
        readonly everybody?: boolean | undefined;
        /** By SID. Default: none. */
        readonly accounts?: Record<string, boolean> | undefined;
      }
    | undefined;
}

/** Configuration of a service embedded in an application; every field has a default. */
export interface ServiceConfiguration {
  /**
   * Folder of databases and keys, or `memory` for nothing that outlives the process. Default: the folder `$WHORL_HOME`,
   * or `whorl` in the XDG state directory.
   */
  readonly state?:
    | 'memory'
    | {
        /** Path of the folder; it belongs to one service at a time. */
        readonly directory: string;
      }
    | undefined;
  /** Readers to attach. Default: one virtual reader. */
  readonly readers?: readonly ReaderConfiguration[] | undefined;
  /** Databases to install. Default: one for the system pool, one for private pools. */
  readonly databases?: readonly DatabaseConfiguration[] | undefined;
  /** What an administrator decides. Default: each setting has its own. */
  readonly policy?: PolicyConfiguration | undefined;
  /** Where the key that seals templates comes from. Default: `file`, in the state directory. */
  readonly keys?:
    | 'file'
    | {
        /** Environment variable that holds the key. */
        readonly environment: string;
      }
    | {
        /** Program, with its arguments, that prints the key. */
        readonly command: readonly string[];
      }
    | undefined;
  /** Adapter module of another fingerprint engine; its templates are its own. Default: the engine of Whorl. */
  readonly engine?: AdapterModule | undefined;
  /** Whether our engine adds to a template what a good match shows anew. Default: false. */
  readonly updateTemplates?: boolean | undefined;
  /** Threads that compute, 1 to 256. Default: one for each processor, at most 4. */
  readonly engineThreads?: number | undefined;
  /** The account that an embedding application acts for. */
  readonly application?:
    | {
        /** SID of the account. Default: that of the user of the process. */
        readonly sid?: string | undefined;
        /** Whether it may do everything. Default: true. */
        readonly administrator?: boolean | undefined;
      }
    | undefined;
}
