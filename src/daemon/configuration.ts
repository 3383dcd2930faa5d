/** What a service is configured with; every field has a default that works. */

import type { DatabaseId } from '../core/identifiers.ts';

/** Database of the system pool unless configured otherwise. */
export const SYSTEM_DATABASE_ID: DatabaseId = '6F0C4C1A-5E0B-4B55-9C8D-0F6A3B1C7E21';
/** The one private database there is unless configured otherwise. */
export const PRIVATE_DATABASE_ID: DatabaseId = 'A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038';

/** A reader to attach. */
export type ReaderConfiguration =
  | {
      /** A scripted reader that captures what it is told to. */
      readonly kind: 'virtual';
      /** Name the script addresses it by. */
      readonly name?: string;
      /** What becomes of a touch while nothing captures. */
      readonly earlyTouch?: 'lost' | 'kept';
    }
  | {
      /** A reader that plays the PNG files of a folder. */
      readonly kind: 'replay';
      readonly folder: string;
      /** Pixels per inch; `dataset.json` or the files say it when absent. */
      readonly resolutionPpi?: number;
      /** Files in the order they are played; all by name when absent. */
      readonly files?: readonly string[];
    };

/** Configuration of an embedded service. */
export interface ServiceConfiguration {
  /** Folder of databases and keys, or `memory` for nothing that outlives the process. Default: the state directory. */
  readonly state?: 'memory' | { readonly directory: string };
  /** Default: one virtual reader. */
  readonly readers?: readonly ReaderConfiguration[];
  /** Databases of private pools. Default: one, {@link PRIVATE_DATABASE_ID}. */
  readonly privateDatabaseIds?: readonly DatabaseId[];
  /** What an administrator decides; the rest is as by default, and reported as such. */
  readonly policy?: {
    readonly enabled?: boolean;
    readonly logon?: boolean;
    readonly domainLogon?: boolean;
    readonly credentialProvider?: boolean;
    readonly fastUserSwitching?: boolean;
    readonly secureAttention?: boolean;
    /** At most 60,000. */
    readonly logonWindowMs?: number;
  };
  /** Threads that compute. Default: the processors there are, at most 4. */
  readonly engineThreads?: number;
  /** The principal of the application that embeds the service. */
  readonly application?: {
    /** Default: the SID of the user that runs it. */
    readonly sid?: string;
    /** Default true: who embeds a service owns its state. */
    readonly administrator?: boolean;
  };
}
