/**
 * The account of a service: a JSON line for each change, before it is made, and for each sample that leaves. Lines are
 * appended and never rewritten. Each carries a keyed hash over itself and the hash of the line before, so that no line
 * can be changed, moved or taken out from between without its being seen. Lines cut off at the end are seen when the
 * last number is known from elsewhere.
 *
 * A file that has grown to its size is put aside, and the next one begins with the hash that it ended with: the chain
 * goes through all of them.
 */

import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, renameSync } from 'node:fs';
import { S_OK } from '../../core/result-constants.ts';
import type { AuditRecord } from '../../service/access/audit.ts';
import { makeAuditKey, readAuditKey } from './audit-key.ts';
import { type AuditEnd, auditTail, BEFORE_FIRST, chainHash } from './audit-line.ts';
import { auditSegmentPath, auditSegments } from './audit-segments.ts';
import { auditFiles } from './state-directory.ts';
import { appendDurably, syncFolder } from './write-durably.ts';

const SEGMENT_BYTES = 16 << 20;

/** How a log is kept. */
export interface AuditLogOptions {
  /** Size from which on a file is put aside, bytes. Default: 16 MiB. */
  readonly segmentBytes?: number;
}

export class AuditLog implements Disposable {
  readonly #path: string;
  readonly #key: Uint8Array;
  readonly #segmentBytes: number;
  #file: number;
  #end: AuditEnd;
  #open = true;

  private constructor(path: string, key: Uint8Array, file: number, end: AuditEnd, segmentBytes: number) {
    this.#path = path;
    this.#key = key;
    this.#file = file;
    this.#end = end;
    this.#segmentBytes = segmentBytes;
  }

  /**
   * Opens the log at its end, and reads no more of it; a last line that was cut off when a process died is taken away.
   * Throws WHORL_E_KEY_MISSING.
   */
  static open(path: string, keyPath: string, { segmentBytes = SEGMENT_BYTES }: AuditLogOptions = {}): AuditLog {
    makeAuditKey(keyPath);
    const key = readAuditKey(keyPath);
    const isNew = !existsSync(path);
    const file = openSync(path, 'a+', 0o600);
    try {
      if (isNew) syncFolder(path);
      const { wholeBytes, end } = auditTail(file);
      if (wholeBytes < fstatSync(file).size) ftruncateSync(file, wholeBytes);
      return new AuditLog(path, key, file, end ?? endOfSegments(path), segmentBytes);
    } catch (thrown) {
      closeSync(file);
      throw thrown;
    }
  }

  /** Appends a record; it is on the disk when this resolves. */
  async write(record: AuditRecord): Promise<void> {
    if (fstatSync(this.#file).size >= this.#segmentBytes) this.#putAside();
    if (this.#end.number > 0 && fstatSync(this.#file).size === 0) {
      this.#append({ action: 'audit-segment', sid: '', hresult: S_OK, head: this.#end.chain });
    }
    this.#append(record);
  }

  [Symbol.dispose](): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }

  #append(record: AuditRecord & { readonly head?: string }): void {
    const content = { number: this.#end.number + 1, at: new Date().toISOString(), ...record };
    const chain = chainHash(this.#key, this.#end.chain, JSON.stringify(content));
    appendDurably(this.#file, `${JSON.stringify({ ...content, chain })}\n`);
    this.#end = { number: content.number, chain };
  }

  /** Between the two names there is no log for a moment; {@link open} goes on from what was put aside. */
  #putAside(): void {
    const beside = `${this.#path}.new`;
    const next = openSync(beside, 'a+', 0o600);
    ftruncateSync(next);
    renameSync(this.#path, auditSegmentPath(this.#path, this.#end.number));
    renameSync(beside, this.#path);
    closeSync(this.#file);
    this.#file = next;
    syncFolder(this.#path);
  }
}

/** The log of a state directory. */
export function openAuditLog(stateDirectory: string): AuditLog {
  const { log, key } = auditFiles(stateDirectory);
  return AuditLog.open(log, key);
}

function endOfSegments(path: string): AuditEnd {
  const last = auditSegments(path).at(-1);
  if (last === undefined) return BEFORE_FIRST;
  const file = openSync(last, 'r');
  try {
    return auditTail(file).end ?? BEFORE_FIRST;
  } finally {
    closeSync(file);
  }
}
