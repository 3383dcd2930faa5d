/** What examples of `whorl` and of the engine find around them: an open session, and what the application has. */

import type { Daemon } from '../../../src/exports/daemon/index.ts';
import type {
  DatabaseId,
  Enrollment,
  IdentifyOutcome,
  OwnerIdentity,
  Session,
  UnitId,
  VirtualReaderClient,
  WhorlService,
} from '../../../src/exports/whorl/index.ts';
import type { BlockingConnection } from '../../../src/exports/whorl/winbio/blocking.ts';

export { readFile, writeFile } from 'node:fs/promises';
export { parentPort, Worker, workerData } from 'node:worker_threads';

export declare const service: WhorlService;
export declare const session: Session;
export declare const enrollment: Enrollment;
export declare const reader: VirtualReaderClient;
export declare const daemon: Daemon;
export declare const connection: BlockingConnection;
export declare const outcome: IdentifyOutcome;
export declare const identity: OwnerIdentity;
export declare const databaseId: DatabaseId;
export declare const unitId: UnitId;
export declare const thrown: unknown;

/** What an application does with what it learns. */
export declare function open(what: unknown, ...more: unknown[]): void;
export declare function show(what: unknown, ...more: unknown[]): void;
export declare const employee: { readonly identity: OwnerIdentity };
export declare const customer: { readonly templateGuid: string };
export declare const stopButton: { onclick: () => void };
export declare const token: string;
