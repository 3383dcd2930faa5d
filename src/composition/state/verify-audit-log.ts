/** Checks an audit log from its first line to its last, a line at a time. */

import { createReadStream, existsSync, statSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import { type AuditKeyTrust, readAuditKey } from './audit-key.ts';
import { BEFORE_FIRST, chainHash, MAX_LINE_BYTES, parseAuditLine } from './audit-line.ts';
import { auditSegments } from './audit-segments.ts';

/** What a check of a log found. */
export interface AuditVerdict {
  readonly lines: number;
  /** Number of the first line that is missing or not as it was written; undefined when all are. */
  readonly brokenAt?: number;
  /** File that this line is in, or should come before; undefined when all are as they were written. */
  readonly file?: string;
}

/** How a log is checked. */
export interface AuditCheck extends Pick<AuditKeyTrust, 'keyring'> {
  /** Told of the bytes that were read, and of how many there are; what it throws ends the check. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Checks all files of a log. Rejects with WHORL_E_CONFIGURATION without a log, WHORL_E_KEY_MISSING without its key. */
export async function verifyAuditLog(path: string, keyPath: string, check: AuditCheck = {}): Promise<AuditVerdict> {
  if (!existsSync(path)) throw new BiometricError('WHORL_E_CONFIGURATION', `there is no audit log ${path}`);
  const key = readAuditKey(keyPath, check);
  for (;;) {
    const segments = auditSegments(path);
    const verdict = await verifyFiles([...segments, path], key, check);
    // A service that runs may have put a file aside meanwhile.
    if (verdict.brokenAt === undefined || auditSegments(path).length === segments.length) return verdict;
  }
}

async function verifyFiles(
  files: readonly string[],
  key: Uint8Array,
  { onProgress = () => {} }: AuditCheck,
): Promise<AuditVerdict> {
  const total = files.reduce((bytes, file) => bytes + statSync(file).size, 0);
  let { number: lines, chain } = BEFORE_FIRST;
  let before = 0;
  for (const file of files) {
    let read = 0;
    for await (const { text, readBytes } of linesOf(file)) {
      read = readBytes;
      lines += 1;
      onProgress(before + readBytes, Math.max(total, before + readBytes));
      const line = parseAuditLine(text);
      if (line === undefined || line.number !== lines) return { lines, brokenAt: lines, file };
      const { chain: own, ...content } = line;
      if (chainHash(key, chain, JSON.stringify(content)) !== own) return { lines, brokenAt: lines, file };
      chain = own;
    }
    before += read;
  }
  return { lines };
}

/** Lines, each cut off where it is longer than any line of ours. */
async function* linesOf(path: string): AsyncGenerator<{ readonly text: string; readonly readBytes: number }> {
  let rest = '';
  let readBytes = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: MAX_LINE_BYTES })) {
    readBytes += Buffer.byteLength(chunk as string);
    const parts = (rest + (chunk as string)).split('\n');
    rest = (parts.pop() as string).slice(0, MAX_LINE_BYTES);
    for (const text of parts) if (text !== '') yield { text, readBytes };
  }
  if (rest !== '') yield { text: rest, readBytes };
}
