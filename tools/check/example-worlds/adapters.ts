/** What examples of adapters and of the test kit find around them. */

import type { Duplex } from 'node:stream';
import type {
  DatabaseDescriptor,
  DevicePrint,
  EngineAdapter,
  Gallery,
  MatchingDevice,
  Position,
  RecordId,
  SensorAdapter,
  SensorSource,
  SharedLog,
  StorageAdapter,
  TemplateDatabase,
} from '../../../src/exports/fingerprint/adapters.ts';
import type { DatabaseId, GreyImage, OwnerIdentity, Session } from '../../../src/exports/whorl/index.ts';
import type { VirtualReader } from '../../../src/exports/whorl/sensors/virtual.ts';
import type { PostgresConnection } from '../../../src/exports/whorl/storage/postgres.ts';
import type {
  AdapterTap,
  DeviceRig,
  EngineRig,
  Gt511Emulator,
  Host,
  ScriptedClock,
  ScriptedDevice,
  SensorRig,
  SharedLogRig,
  SharedStorageRig,
  StorageRig,
  WinBioRig,
  ZfmEmulator,
} from '../../../src/exports/whorl/testkit.ts';

export { test } from 'node:test';
export { expect } from 'vitest';

export declare const sensor: SensorAdapter;
export declare const source: SensorSource;
export declare const device: MatchingDevice;
export declare const print: DevicePrint;
export declare const reader: VirtualReader;
export declare const virtualSensor: NonNullable<VirtualReader['sensor']>;
/** Classes of the author's own. */
export declare const MySensor: new () => SensorAdapter & AsyncDisposable;
export declare const MyStorageAdapter: new () => StorageAdapter;
export declare const engine: EngineAdapter;
export declare const gallery: Gallery;
export declare const storage: StorageAdapter;
export declare const database: TemplateDatabase;
export declare const descriptor: DatabaseDescriptor;
export declare const host: Host;
export declare const emulator: ZfmEmulator;
export declare const gt511: Gt511Emulator;
export declare const stream: Duplex;
export declare const tap: AdapterTap;
export declare const clock: ScriptedClock;
export declare const scriptedDevice: ScriptedDevice;
export declare const deviceRig: () => Promise<DeviceRig>;
export declare const winBioRig: () => Promise<WinBioRig>;
export declare const image: GreyImage;
export declare const sample: Uint8Array;
export declare const features: Uint8Array;
export declare const template: Uint8Array;
export declare const learned: Uint8Array;
export declare const recordId: RecordId;
export declare const signal: AbortSignal;
export declare const identity: OwnerIdentity;
export declare const session: Session;
export declare const path: string;
export declare const databaseId: DatabaseId;
/** A rig for the suite at hand. */
export declare const rig: ((fingers: number) => Promise<SensorRig>) & (() => Promise<EngineRig & StorageRig>);
/** Connections to PostgreSQL. */
export declare const connection: PostgresConnection;
/** A log that services share. */
export declare const log: SharedLog;
/** What an entry of it keeps. */
export declare const body: Uint8Array;
/** A place in a history. */
export declare const before: Position;
/** Makes a rig of a shared storage. */
export declare const sharedRig: () => Promise<SharedStorageRig>;
/** Makes a rig of a shared log. */
export declare const logRig: () => Promise<SharedLogRig>;
