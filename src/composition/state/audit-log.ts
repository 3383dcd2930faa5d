/**
 * The account of a service: a JSON line for each change, before it is made, and for each sample that leaves. Lines are
 * appended and never rewritten. Each carries a keyed hash over itself and the hash of the line before, so that no line
 * can be changed, moved or taken out from between without its being seen. Lines cut off at the end are seen when the
 * last number is known from elsewhere.
 *
 * A file that has grown to its size is put aside, and the next one begins with the hash that it ended with: the chain
 * goes through all of them.
 */

import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, renameSync, statSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import { S_OK } from '../../core/result-constants.ts';
import type { AuditRecord } from '../../service/access/audit.ts';
import { type AuditKeyTrust, makeAuditKey, readAuditKey } from './audit-key.ts';
import { type AuditEnd, auditTail, BEFORE_FIRST, chainHash } from './audit-line.ts';
import { auditSegmentPath, auditSegments } from './audit-segments.ts';
import { auditFiles } from './state-directory.ts';
import { appendDurably, syncFolder } from './write-durably.ts';

const SEGMENT_BYTES = 16 << 20;

/** How a log is kept. */
export interface AuditLogOptions extends AuditKeyTrust {
  /** Size from which on a file is put aside, bytes. Default: 16 MiB. */
  readonly segmentBytes?: number;
  /** Told of each line that was written. Default: nobody. */
  readonly onAppend?: () => void;
}

export class AuditLog implements Disposable {
  readonly #path: string;
  readonly #key: Uint8Array;
  readonly #segmentBytes: number;
  readonly #onAppend: () => void;
  #file: number;
  #end: AuditEnd;
  #open = true;

  private constructor(
    path: string,
    key: Uint8Array,
    file: number,
    end: AuditEnd,
    { segmentBytes = SEGMENT_BYTES, onAppend = () => {} }: AuditLogOptions,
  ) {
    this.#path = path;
    this.#key = key;
    this.#file = file;
    this.#end = end;
    this.#segmentBytes = segmentBytes;
    this.#onAppend = onAppend;
  }

  /**
   * Opens the log at its end, and reads no more of it; a last line that was cut off when a process died is taken away.
   * Throws WHORL_E_KEY_MISSING.
   */
  static open(path: string, keyPath: string, options: AuditLogOptions = {}): AuditLog {
    requireKeyOf(path, keyPath);
    makeAuditKey(keyPath, options);
    const key = readAuditKey(keyPath, options);
    const isNew = !existsSync(path);
    const file = openSync(path, 'a+', 0o600);
    try {
      if (isNew) syncFolder(path);
      const { wholeBytes, end } = auditTail(file);
      if (wholeBytes < fstatSync(file).size) ftruncateSync(file, wholeBytes);
      return new AuditLog(path, key, file, end ?? endOfSegments(path), options);
    } catch (thrown) {
      closeSync(file);
      throw thrown;
    }
  }

  /** The last line. */
  get end(): AuditEnd {
    return this.#end;
  }

  /** False for a last line that this log has never had; of lines far from the end only the number is looked at. */
  hasEndedWith({ number, chain }: AuditEnd): boolean {
    if (number > this.#end.number) return false;
    return number === 0 || (chainAt(this.#path, number) ?? chain) === chain;
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
    this.#onAppend();
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
export function openAuditLog(stateDirectory: string, options: AuditLogOptions): AuditLog {
  const { log, key } = auditFiles(stateDirectory);
  return AuditLog.open(log, key, options);
}

/** With a new key no line of the log could be checked. */
function requireKeyOf(path: string, keyPath: string): void {
  if (existsSync(keyPath) || !existsSync(path) || statSync(path).size === 0) return;
  const text = `${keyPath} is missing, and ${path} was written with it: put the key back from its copy, or take the log and its older files away to begin a new one`;
  throw new BiometricError('WHORL_E_KEY_MISSING', text);
}

/** Hash of a line near the end of the log; undefined for one that is farther away. */
function chainAt(path: string, number: number): string | undefined {
  const file = openSync(path, 'r');
  try {
    return auditTail(file).lines.find((line) => line.number === number)?.chain;
  } finally {
    closeSync(file);
  }
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
