/** What a running service says about itself to those who look after it: names and numbers, nothing of anybody. Runs anywhere. */

import type { HRESULT } from './hresult.ts';
import type { DatabaseId, RejectDetail, SubFactor, UnitId } from './identifiers.ts';
import type { OwnerIdentity } from './identity.ts';

/** The process. */
export interface ServiceStatus {
  readonly version: string;
  readonly pid: number;
  readonly uptimeSeconds: number;
  readonly residentBytes: number;
  /** Undefined when the state is in memory. */
  readonly stateDirectory?: string;
}

/** Whom a connection stands for, and what that account may. */
export interface ClientAccount {
  readonly sid: string;
  readonly administrator: boolean;
  readonly mayEnroll: boolean;
}

/** What a unit does now. */
export interface UnitActivity {
  readonly unitId: UnitId;
  /** State of its capture loop: `idle`, `capturing`, `failed`, ... */
  readonly state: string;
  /** Operations that wait for a sample of it, longest waiting first. */
  readonly waiting: readonly string[];
  /** The finger that is being enrolled on it. */
  readonly enrolling?: SubFactor;
  /** A session has it for itself. */
  readonly locked: boolean;
  /** Why the last sample was refused; absent when it was used. */
  readonly lastReject?: RejectDetail;
  /** Name of the virtual reader that drives it. */
  readonly virtualReader?: string;
}

/** A request that was answered. */
export interface AnsweredRequest {
  /** Counts from 1 since the service began. */
  readonly number: number;
  readonly atMs: number;
  readonly kind: string;
  readonly hresult: HRESULT;
  readonly unitId: UnitId;
  /** From arrival to answer, waiting for a finger included. */
  readonly durationMs: number;
  /** Account that asked. */
  readonly sid: string;
}

/** How the service is. */
export interface ServiceHealth extends ServiceStatus {
  readonly connections: number;
  readonly handles: number;
  /** Requests that are not answered yet. */
  readonly waiting: number;
  readonly engine: {
    readonly threads: number;
    readonly tasksWaiting: number;
    /** What all threads have spent on tasks since the service began, milliseconds. */
    readonly busyMs: number;
  };
  readonly units: readonly UnitActivity[];
  /** The latest answered requests after the number that was asked for, oldest first. */
  readonly answered: readonly AnsweredRequest[];
}

/** Somebody who has templates in a database. */
export interface TemplateOwner {
  readonly identity: OwnerIdentity;
  readonly subFactors: readonly SubFactor[];
}

/** Templates to export, and as what. */
export interface TemplateExport {
  readonly databaseId: DatabaseId;
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
  /** `whorl` for the template as it is stored, or a minutiae record such as `iso-19794-2-2005`. */
  readonly format: string;
}
