/** The audit log, as administrators read it. */

import type { HRESULT } from './hresult.ts';

/** A line of the audit log, without its chain. */
export interface AuditEntry {
  /** 1, 2, 3 ... without a gap. */
  readonly number: number;
  /** When, milliseconds since 1970. */
  readonly atMs: number;
  /** What was done. */
  readonly action: string;
  /** Account that did it. */
  readonly sid: string;
  /** How it went. */
  readonly hresult: HRESULT;
  /** Whose template or setting. */
  readonly owner?: string;
  /** Which finger. */
  readonly subFactor?: number;
  /** Which unit. */
  readonly unitId?: number;
  /** How many. */
  readonly count?: number;
}

/** Which lines. */
export interface AuditQuery {
  /** Of this action. */
  readonly action?: string;
  /** Of this account. */
  readonly sid?: string;
  /** Not before, milliseconds since 1970. */
  readonly fromMs?: number;
  /** Before, milliseconds since 1970. */
  readonly untilMs?: number;
}

/** What a check of the audit log found. */
export interface AuditReport {
  /** Lines that were checked. */
  readonly lines: number;
  /** Number of the first line that is missing or was changed; absent when all are as they were written. */
  readonly brokenAt?: number;
}
