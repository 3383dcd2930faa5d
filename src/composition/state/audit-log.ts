/**
 * The account of a service: one JSON line per change and per sample that left, appended and never rewritten. Each line
 * carries a keyed hash over itself and the hash of the line before, so that no line can be changed, moved or taken out
 * from between without its being seen. Lines cut off at the end are seen when the last number is known from elsewhere.
 */

import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import type { AuditRecord } from '../../service/access/audit.ts';
import { auditFiles } from './state-directory.ts';
import { appendDurably, syncFolder, writeDurably } from './write-durably.ts';

/** A record as it stands in the file. */
export interface AuditLine extends AuditRecord {
  /** 1, 2, 3 ... without a gap. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Keyed hash of the line before and of this one. */
  readonly chain: string;
}

const FIRST_LINK = '0'.repeat(64);
const KEY_BYTES = 32;

export class AuditLog implements Disposable {
  readonly #file: number;
  readonly #key: Uint8Array;
  #number: number;
  #chain: string;
  #open = true;

  private constructor(file: number, key: Uint8Array, last: { readonly number: number; readonly chain: string }) {
    this.#file = file;
    this.#key = key;
    this.#number = last.number;
    this.#chain = last.chain;
  }

  /** Opens the log at its end; a last line that was cut off when a process died is taken away. */
  static open(path: string, keyPath: string): AuditLog {
    if (!existsSync(keyPath)) writeDurably(keyPath, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
    const isNew = !existsSync(path);
    const file = openSync(path, 'a', 0o600);
    if (isNew) syncFolder(path);
    const text = readFileSync(path);
    const whole = text.lastIndexOf('\n') + 1;
    if (whole < text.length) ftruncateSync(file, whole);
    const lines = text.toString('utf8', 0, whole).trimEnd().split('\n');
    const last = lines.at(-1) ? parseLine(lines.at(-1) as string) : { number: 0, chain: FIRST_LINK };
    return new AuditLog(file, readAuditKey(keyPath), last ?? { number: lines.length, chain: FIRST_LINK });
  }

  /** Appends a record; it is on the disk when this resolves. */
  async write(record: AuditRecord): Promise<void> {
    const content = { number: this.#number + 1, at: new Date().toISOString(), ...record };
    const chain = link(this.#key, this.#chain, JSON.stringify(content));
    appendDurably(this.#file, `${JSON.stringify({ ...content, chain })}\n`);
    this.#number = content.number;
    this.#chain = chain;
  }

  [Symbol.dispose](): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }
}

/** The log of a state directory. */
export function openAuditLog(stateDirectory: string): AuditLog {
  const { log, key } = auditFiles(stateDirectory);
  return AuditLog.open(log, key);
}

/** What a check of a log found. */
export interface AuditVerdict {
  readonly lines: number;
  /** First line that is not as it was written; undefined when all are. */
  readonly brokenAt?: number;
}

/** Checks a log from its first line to its last. Rejects with WHORL_E_CONFIGURATION when it or its key cannot be read. */
export async function verifyAuditLog(path: string, keyPath: string): Promise<AuditVerdict> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new BiometricError('WHORL_E_CONFIGURATION', `there is no audit log ${path}`, { cause });
  });
  const key = readAuditKey(keyPath);
  let chain = FIRST_LINK;
  let lines = 0;
  for (const raw of text.split('\n')) {
    // A service that runs may be writing the last line.
    if (raw === '') continue;
    lines += 1;
    const line = parseLine(raw);
    if (line === undefined || line.number !== lines) return { lines, brokenAt: lines };
    const { chain: own, ...content } = line;
    if (link(key, chain, JSON.stringify(content)) !== own) return { lines, brokenAt: lines };
    chain = own;
  }
  return { lines };
}

function link(key: Uint8Array, before: string, content: string): string {
  return createHmac('sha256', key).update(before).update(content).digest('hex');
}

function parseLine(text: string): AuditLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<AuditLine> | null;
    return typeof line?.number === 'number' && typeof line.chain === 'string' ? (line as AuditLine) : undefined;
  } catch {
    return undefined;
  }
}

function readAuditKey(path: string): Uint8Array {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new BiometricError('WHORL_E_KEY_MISSING', `there is no key of the audit log in ${path}`);
}
