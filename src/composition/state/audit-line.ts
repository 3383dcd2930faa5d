/** Lines of the audit log, as they stand in its files. */

import { createHmac } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';
import type { AuditRecord } from '../../service/access/audit.ts';

/** A record as it stands in the file. */
export interface AuditLine extends AuditRecord {
  /** 1, 2, 3 ... without a gap. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** In the first line of a file that follows another one: hash of the last line there. */
  readonly head?: string;
  /** Keyed hash of the line before and of this one. */
  readonly chain: string;
}

/** Where a log ends. */
export interface AuditEnd {
  /** Number of the last line; 0 before the first. */
  readonly number: number;
  /** Its hash. */
  readonly chain: string;
}

/** The end of a file. */
export interface AuditTail {
  readonly wholeBytes: number;
  /** The last line; undefined when there is none. */
  readonly end: AuditEnd | undefined;
  /** The last lines, as far as they are any. */
  readonly lines: readonly AuditLine[];
}

/** Before the first line. */
export const BEFORE_FIRST: AuditEnd = Object.freeze({ number: 0, chain: '0'.repeat(64) });

/** No line is longer, bytes. */
export const MAX_LINE_BYTES = 1 << 16;

/** Hash of a line, after the hash of the one before it. */
export function chainHash(key: Uint8Array, before: string, content: string): string {
  return createHmac('sha256', key).update(before).update(content).digest('hex');
}

/** The line of a text; undefined when it is none. */
export function parseAuditLine(text: string): AuditLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<AuditLine> | null;
    return typeof line?.number === 'number' && typeof line.chain === 'string' ? (line as AuditLine) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where the whole lines of an open file end, bytes, and the last line among them; reads the end of the file only. Lines
 * that are none are counted as if they were: a check of the log names the first of them.
 */
export function auditTail(file: number): AuditTail {
  const { size } = fstatSync(file);
  const from = Math.max(0, size - 2 * MAX_LINE_BYTES);
  const bytes = Buffer.alloc(size - from);
  const tail = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
  const whole = tail.lastIndexOf('\n') + 1;
  const texts = tail.toString('utf8', 0, whole).split('\n').slice(0, -1);
  const lines = texts.map(parseAuditLine);
  const wholeBytes = from + whole;
  const at = lines.findLastIndex((line) => line !== undefined);
  const last = lines[at];
  const found = lines.filter((line) => line !== undefined);
  if (last !== undefined) {
    return { wholeBytes, lines: found, end: { number: last.number + texts.length - 1 - at, chain: last.chain } };
  }
  return { wholeBytes, lines: [], end: texts.length > 0 ? { ...BEFORE_FIRST, number: texts.length } : undefined };
}
