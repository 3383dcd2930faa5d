/** What a service can be configured with, as types; `schema/` checks it. Every field has a default that works. */

import type { DoorAction } from '../../core/door.ts';
import type { JournalKind } from '../../core/journal-line.ts';
import type { WeeklyHours } from '../../core/person.ts';

/** Configuration of a service that runs inside an application: `connect({ embedded: { ... } })`. */
export interface ServiceConfiguration {
  /** Where databases and keys are kept; `'memory'` keeps nothing. Default: `$WHORL_HOME`, else the XDG state directory. */
  readonly state?: 'memory' | StateConfiguration | undefined;
  /**
   * Readers to attach; `'auto'` for every reader that libfprint finds, and a virtual one when none is plugged in. Default: one
   * virtual reader; `'auto'` for `whorl serve`.
   */
  readonly readers?: ReadersConfiguration | undefined;
  /** Databases to install. Default: one for the system pool, one for private pools. */
  readonly databases?: readonly DatabaseConfiguration[] | undefined;
  /** Databases, people and the journal are shared with other services. Default: this service has its own. */
  readonly shared?: SharedConfiguration | undefined;
  /** The gallery of a shared database is held by matching nodes. Default: this service holds it itself. */
  readonly matching?: MatchingConfiguration | undefined;
  /** What an administrator decides. Default of each setting: see its comment. */
  readonly policy?: PolicyConfiguration | undefined;
  /** Where the key that seals templates comes from. Default: `'file'`, a file of the state directory. */
  readonly keys?: KeySource | undefined;
  /** A place outside the state directory that remembers how far its state was. Default: none. */
  readonly anchor?: AnchorConfiguration | undefined;
  /** Adapter module of another fingerprint engine; it reads only its own templates. Default: Whorl's engine. */
  readonly engine?: ModuleConfiguration | undefined;
  /** Whether Whorl's engine adds to a template what a good match shows for the first time. Default: false. */
  readonly updateTemplates?: boolean | undefined;
  /**
   * How far a finger in a search of Whorl's engine may be turned against its template: `upright` by at most 60 degrees, `any`
   * by any angle, which makes it three times as long until somebody is unknown. Default: any.
   */
  readonly searchRotation?: 'upright' | 'any' | undefined;
  /** Threads that compute, 1 to 256. Default: one for each processor, at most 4. */
  readonly engineThreads?: number | undefined;
  /** Doors that the service watches; others are set while it runs. Default: none. */
  readonly doors?: readonly DoorConfiguration[] | undefined;
  /** Where the journal is sent as it is written. Default: nowhere. */
  readonly webhooks?: readonly WebhookConfiguration[] | undefined;
  /** Who the embedding application is. Default: the user it runs as, with the rights of an administrator. */
  readonly application?: ApplicationConfiguration | undefined;
}

/** A door that the service watches. */
export interface DoorConfiguration {
  /** Names the door; one has it. 1 to 64 characters. */
  readonly name: string;
  /** Its reader, by name. */
  readonly reader: string;
  /** Groups whose members it opens for. Default: everybody. */
  readonly groups?: readonly string[] | undefined;
  /** When it opens. Default: always. */
  readonly hours?: readonly WeeklyHours[] | undefined;
  /** What it does, at most 10. */
  readonly actions: readonly DoorAction[];
  /** Whether it is watched. Default: true. */
  readonly enabled?: boolean | undefined;
}

/** Another system that is sent the journal as it is written: signed, in order, at least once. */
export interface WebhookConfiguration {
  /** Names it, so that it goes on where it was; 1 to 64 characters. */
  readonly name: string;
  /** Where, `http:` or `https:`. */
  readonly url: string;
  /** Lines of these kinds. Default: all. */
  readonly kinds?: readonly JournalKind[] | undefined;
  /** Lines of these places. Default: all. */
  readonly places?: readonly string[] | undefined;
}

/** Certificates of a connection to a server, as paths of PEM files. */
export interface TlsPaths {
  /** Certificates that the server has to be signed by. Default: those of the system. */
  readonly ca?: string | undefined;
  /** Certificate that says who this is. Default: none. */
  readonly certificate?: string | undefined;
  /** Its private key. */
  readonly key?: string | undefined;
}

/** What several services share; each of them has the same master key and a state directory of its own. */
export interface SharedConfiguration {
  /** Names this service to the others: 1 to 32 letters, digits, dots, dashes or underlines. */
  readonly site: string;
  /** The server that keeps databases, people and the journal. */
  readonly postgres: PostgresConfiguration;
  /** What happens while the server cannot be reached. */
  readonly offline?:
    | {
        /** How long people are recognised after the server was reached last, hours. Default: 72. */
        readonly identifyForHours?: number | undefined;
      }
    | undefined;
}

/** Where PostgreSQL is; whoever connects needs the rights that `whorl database init` gives. */
export interface PostgresConfiguration {
  /** `postgres://user@host,host/database?sslmode=verify-full`; of several hosts the one that takes writes. */
  readonly url: string;
  /** Schema of the tables. Default: `whorl`. */
  readonly schema?: string | undefined;
  /** A program, with its arguments, that prints the password. Default: that of the URL, or none. */
  readonly passwordCommand?: readonly string[] | undefined;
  /** Certificates, beside what `sslmode` of the URL says. */
  readonly tls?: TlsPaths | undefined;
  /** How often is asked for what is new, beside being told, milliseconds. Default: 1000. */
  readonly pollMs?: number | undefined;
  /** How long an answer may take, milliseconds. Default: 3000. */
  readonly timeoutMs?: number | undefined;
}

/** How a gallery is searched that matching nodes hold, see `whorl match`. Needs `shared`, and the package `@nats-io/transport-node`. */
export interface MatchingConfiguration {
  /** NATS servers, `tls://host:4222`; one is enough to learn of the others. */
  readonly servers: readonly string[];
  /** Certificates of the connection. Default: as the servers ask, without one. */
  readonly tls?: TlsPaths | undefined;
  /**
   * Names this node or service to the servers, as its certificate does: 1 to 32 letters, digits, dashes or underlines. Default:
   * the site.
   */
  readonly name?: string | undefined;
  /** Database whose gallery the nodes hold, a GUID. Default: that of the system pool. */
  readonly database?: string | undefined;
  /** Parts of the gallery, a power of two up to 4096, the same for all for as long as the gallery lives. Default: 64. */
  readonly parts?: number | undefined;
  /** Nodes that hold each part, 1 to 8. Default: 2. */
  readonly replicas?: number | undefined;
  /** Parts that the memory of this node has room for. Default: all. */
  readonly mostParts?: number | undefined;
  /** How long a search may take, milliseconds, 100 to 600000. Default: 5000. */
  readonly deadlineMs?: number | undefined;
  /** When a request that takes long is repeated at another node. */
  readonly hedge?:
    | {
        /** After how long, milliseconds. Default: three times the usual duration. */
        readonly afterMs?: number | undefined;
        /** Share of the requests that may be repeated, 0 to 1. Default: 0.05. */
        readonly share?: number | undefined;
      }
    | undefined;
  /** Whether somebody is recognised while parts of the gallery do not answer. Default: true. */
  readonly partialMatch?: boolean | undefined;
}

/** State that outlives the process. */
export interface StateConfiguration {
  /** Path of the folder. It belongs to one service at a time. */
  readonly directory: string;
}

/** An adapter module, loaded by its name. */
export interface ModuleConfiguration {
  /** A package installed beside the configuration, or the path of a file. */
  readonly module: string;
  /** Handed to the adapter as they are. Default: `{}`. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The process of its own that the module runs in, so that its faults end that process only; false for the process of the
   * service. Default: as its fields say.
   */
  readonly isolate?: false | IsolationConfiguration | undefined;
}

/** How far a module may go before its process is ended, and started again. */
export interface IsolationConfiguration {
  /** Most memory it may hold, MB, 64 to 65536. Default: 1024. */
  readonly memoryMb?: number | undefined;
  /** How long it may stand still, seconds, 1 to 600. Default: 60, as long as a call may take. */
  readonly hangSeconds?: number | undefined;
}

/** Readers by a list, or those that find themselves. */
export type ReadersConfiguration = readonly ReaderConfiguration[] | 'auto';

/** A reader to attach. */
export type ReaderConfiguration =
  | VirtualReaderConfiguration
  | ReplayReaderConfiguration
  | LibfprintReaderConfiguration
  | FprintdReaderConfiguration
  | WinBioReaderConfiguration
  | SerialReaderConfiguration
  | ModuleReaderConfiguration;

/** What every reader has. */
export interface NamedReaderConfiguration {
  /**
   * Name that sessions and commands address it by; at most 64 characters, and not a number. Default: its kind, with its place
   * in the list unless it is the first: `virtual-2`.
   */
  readonly name?: string | undefined;
}

/** A scripted reader that captures what it is told to. */
export interface VirtualReaderConfiguration extends NamedReaderConfiguration {
  /** Tells the kinds of readers apart. */
  readonly kind: 'virtual';
  /** What becomes of a touch while nothing captures. Default: `'lost'`. */
  readonly earlyTouch?: 'lost' | 'kept' | undefined;
}

/** A reader that plays the PNG files of a folder. */
export interface ReplayReaderConfiguration extends NamedReaderConfiguration {
  /** Tells the kinds of readers apart. */
  readonly kind: 'replay';
  /** Path of the folder. */
  readonly folder: string;
  /** Pixels per inch. Default: what `dataset.json` or the files say. */
  readonly resolutionPpi?: number | undefined;
  /** Names of files, in the order they are played. Default: all PNG files, by name. */
  readonly files?: readonly string[] | undefined;
}

/** A reader on USB or SPI that libfprint drives. Needs libfprint 2 and the package koffi. */
export interface LibfprintReaderConfiguration extends NamedReaderConfiguration {
  /** Tells the kinds of readers apart. */
  readonly kind: 'libfprint';
  /** Driver of libfprint, as `whorl readers` prints it. Default: any. */
  readonly driver?: string | undefined;
  /** Serial number, device path or USB id (`05ba:000a`), as `whorl readers` prints them. Default: any. */
  readonly device?: string | undefined;
  /** Pixels per inch of its pictures. Default: what the driver states, else what is known of it, else 500. */
  readonly ppi?: number | undefined;
}

/** A reader that fprintd owns and goes on sharing with logins and settings; verifies, never identifies. Needs the package `dbus-native`. */
export interface FprintdReaderConfiguration extends NamedReaderConfiguration {
  /** Tells the kinds of readers apart. */
  readonly kind: 'fprintd';
  /** Name or object path of the reader, as `fprintd-list` prints them. Default: the first one. */
  readonly device?: string | undefined;
  /** Address of the message bus. Default: that of the system. */
  readonly bus?: string | undefined;
}

/** Readers of Windows, through its winbio.dll. Needs the package `koffi`. */
export interface WinBioReaderConfiguration extends NamedReaderConfiguration {
  /** Tells the kinds of readers apart. */
  readonly kind: 'winbio';
  /** Device instance id or description of the reader. Default: every fingerprint reader of Windows. */
  readonly unit?: string | undefined;
  /**
   * `private`: no other program has the reader, and prints are in a database of their own; `system`: it is shared with Windows
   * Hello, and prints are those of one account. Default: `private`.
   */
  readonly pool?: 'private' | 'system' | undefined;
  /** GUID of the database of a private pool, as it is registered at Windows. */
  readonly databaseId?: string | undefined;
  /** Whether the reader hands out pictures; needs an administrator. Default: false. */
  readonly picture?: boolean | undefined;
  /** Path of the library. Default: Windows' `winbio.dll`. */
  readonly library?: string | undefined;
}

/** A fingerprint module on a serial line. Needs the package `serialport`. */
export interface SerialReaderConfiguration extends NamedReaderConfiguration {
  /** Tells the kinds of readers apart. */
  readonly kind: 'serial';
  /** Its port: `/dev/ttyUSB0`, better `/dev/serial/by-id/...`, `COM3`. */
  readonly port: string;
  /** `image`: its pictures are read by the engine of the service; `module`: it compares inside. */
  readonly mode: 'image' | 'module';
  /** Its model, which says how large its pictures are. Default: `zfm-20`, for all with pictures of 256 x 288. */
  readonly model?: 'zfm-20' | 'zfm-60' | 'r305' | 'r307' | 'as608' | 'fpm10a' | 'r503' | undefined;
  /** Its rate, bits a second. Default: the usual ones are tried. */
  readonly baud?: number | undefined;
  /** Its password, 0 to 4294967295. Default: 0. */
  readonly password?: number | undefined;
  /** Its address, 0 to 4294967295. Default: 4294967295. */
  readonly address?: number | undefined;
  /** What it speaks; `gt-511` in image mode only. Default: `zfm`. */
  readonly dialect?: 'zfm' | 'gt-511' | undefined;
}

/** Readers of an adapter module. */
export interface ModuleReaderConfiguration extends NamedReaderConfiguration, ModuleConfiguration {
  /** Tells the kinds of readers apart. */
  readonly kind: 'module';
}

/** A template database to install. */
export interface DatabaseConfiguration {
  /** Its GUID; it never changes. */
  readonly id: string;
  /** Which kind of pool it serves. */
  readonly pool: 'system' | 'private';
  /** Most records it may hold. Default: no limit. */
  readonly recordLimit?: number | undefined;
  /** Adapter module that keeps the records. Default: a SQLite file in the state directory. */
  readonly storage?: ModuleConfiguration | undefined;
}

/** What an administrator decides; WBF: service 8. */
export interface PolicyConfiguration {
  /** Whether the framework serves anyone. Default: true. */
  readonly enabled?: boolean | undefined;
  /** Whether a finger may log on. Default: false. */
  readonly logon?: boolean | undefined;
  /** Whether a finger may log on to a domain account. Default: false. */
  readonly domainLogon?: boolean | undefined;
  /** Whether credentials may be kept for logon. Default: false. */
  readonly credentialProvider?: boolean | undefined;
  /** Whether a finger may switch the console to its account. Default: false. */
  readonly fastUserSwitching?: boolean | undefined;
  /** Whether a logon needs a secure attention sequence first. Default: false. */
  readonly secureAttention?: boolean | undefined;
  /** How long an identification serves for a logon, milliseconds, 0 to 60000. Default: 5000. */
  readonly logonWindowMs?: number | undefined;
  /** Whether engines look for fakes. Default: they do, and each account may change its own setting. */
  readonly antiSpoof?: AntiSpoofConfiguration | undefined;
  /**
   * Whether accounts that are not administrators learn the score of a match, in whole steps. Default: false, they learn the
   * decision alone.
   */
  readonly scoreSteps?: boolean | undefined;
  /** When failed attempts lock a reader or an account; false for never. Default: as its fields say. */
  readonly attempts?: false | AttemptsConfiguration | undefined;
  /** How long a session may hold a reader without using it; false for as long as it lives. Default: as its fields say. */
  readonly idle?: false | IdleConfiguration | undefined;
  /** What the journal keeps, and for how long; false for no journal. Default: as its fields say. */
  readonly journal?: false | JournalConfiguration | undefined;
}

/** What the journal keeps, and for how long. */
export interface JournalConfiguration {
  /** How long lines are kept, days, 1 to 36500. Default: 365. */
  readonly days?: number | undefined;
  /** Whether the lines of a person that is deleted still say whose they are. Default: `'forget'`. */
  readonly onDelete?: 'forget' | 'keep' | undefined;
  /** Of which samples a picture is kept with the line, sealed; each look is audited. Default: `'none'`. */
  readonly pictures?: 'none' | 'refused' | 'all' | undefined;
  /** How long pictures are kept, days, 1 to 36500. Default: 30. */
  readonly pictureDays?: number | undefined;
  /** Whether a touch is refused whose line cannot be written. Default: false, the answer goes out. */
  readonly required?: boolean | undefined;
}

/** How long a session may hold a reader without using it. */
export interface IdleConfiguration {
  /** An enrollment without a sample, seconds, 1 to 86400. Default: 120. */
  readonly enrollmentSeconds?: number | undefined;
  /** A lock without an operation, seconds, 1 to 86400. Default: 300. */
  readonly lockSeconds?: number | undefined;
}

/** When failed attempts lock a reader or an account. Each further failure doubles the lock; a match ends the row. */
export interface AttemptsConfiguration {
  /** Failed verifications of one account in a row before it is locked, 1 to 1000. Default: 5. */
  readonly perAccount?: number | undefined;
  /** Failed verifications and identifications at one reader in a row before it is locked, 1 to 1000. Default: 10. */
  readonly perReader?: number | undefined;
  /** The first lock, seconds, 1 to 86400. Default: 30. */
  readonly lockSeconds?: number | undefined;
  /** The longest lock, seconds, 1 to 86400. Default: 900, or the first one if that is longer. */
  readonly longestLockSeconds?: number | undefined;
}

/** Whether engines look for fakes. */
export interface AntiSpoofConfiguration {
  /** For every account that is not named; these accounts cannot change it. Default: each account decides. */
  readonly everybody?: boolean | undefined;
  /** For accounts named by SID. Default: none. */
  readonly accounts?: Readonly<Record<string, boolean>> | undefined;
}

/** Where the master key comes from: a file, an environment variable by name, or a program and its arguments. */
export type KeySource =
  | 'file'
  | {
      /** Name of the variable that holds the key. */
      readonly environment: string;
    }
  | {
      /** A program, with its arguments, that prints the key. */
      readonly command: readonly string[];
    };

/**
 * A place outside the state directory that remembers how far its state was, so that a directory of an earlier day does not
 * start. It gets a line after changes, those of half a second together, and when the service ends.
 */
export type AnchorConfiguration =
  | {
      /** A file that holds the last line. */
      readonly kind: 'file';
      /** Where it lies, on another disk or share. */
      readonly path: string;
    }
  | {
      /** A program that keeps the last line. */
      readonly kind: 'command';
      /** The program, with its arguments; `write` and `read` is added to them. It reads the line, or prints the last one. */
      readonly command: readonly string[];
    }
  | {
      /** The log of the system, which people can compare; it cannot be read back, so that nothing is refused. */
      readonly kind: 'syslog';
    };

/** The principal of an application that embeds the service. */
export interface ApplicationConfiguration {
  /** Its SID, such as `S-1-22-1-1000`. Default: that of the user. */
  readonly sid?: string | undefined;
  /** Whether it has the rights of an administrator. Default: true. */
  readonly administrator?: boolean | undefined;
}
