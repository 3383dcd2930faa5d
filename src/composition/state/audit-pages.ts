/** Reads the audit log backwards, a page at a time: only as much of it as a page needs. */

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { AuditEntry, AuditQuery } from '../../core/audit-entry.ts';
import type { Page } from '../../core/page.ts';
import { MAX_LINE_BYTES, parseAuditLine } from './audit-line.ts';
import { auditSegments } from './audit-segments.ts';

/** Most lines that are looked at for one page; a page of a rare query may end early, with a cursor. */
const LOOKED_AT = 20_000;

/** The newest lines before number `before` that fit. `total` is the number of all lines of the log, whatever fits. */
export function auditPage(
  path: string,
  query: AuditQuery,
  { limit, before = Number.POSITIVE_INFINITY }: { readonly limit: number; readonly before?: number },
): Page<AuditEntry> {
  const files = existsSync(path) ? [...auditSegments(path), path].reverse() : [];
  const items: AuditEntry[] = [];
  let total = 0;
  let looked = 0;
  let lastNumber = 0;
  for (const file of files) {
    for (const line of linesBackwards(file)) {
      const read = parseAuditLine(line);
      if (read === undefined) continue;
      const { number, at, chain: _, head: _head, databaseId: _database, ...rest } = read;
      if (total === 0) total = number;
      if (number >= before) continue;
      const entry: AuditEntry = { number, atMs: Date.parse(at), ...rest };
      if (query.fromMs !== undefined && entry.atMs < query.fromMs) return { items, total };
      looked += 1;
      lastNumber = number;
      if (fits(entry, query)) items.push(entry);
      if (items.length >= limit || looked >= LOOKED_AT) {
        return { items, total, ...(number > 1 && { next: String(lastNumber) }) };
      }
    }
  }
  return { items, total };
}

function fits({ action, sid, atMs }: AuditEntry, query: AuditQuery): boolean {
  if (query.action !== undefined && action !== query.action) return false;
  if (query.sid !== undefined && sid !== query.sid) return false;
  return query.untilMs === undefined || atMs < query.untilMs;
}

/** Lines of a file, the last one first. */
function* linesBackwards(path: string): Generator<string, void, void> {
  const file = openSync(path, 'r');
  try {
    let end = fstatSync(file).size;
    let rest = Buffer.alloc(0);
    while (end > 0) {
      const from = Math.max(0, end - MAX_LINE_BYTES);
      const bytes = Buffer.alloc(end - from);
      readSync(file, bytes, 0, bytes.length, from);
      end = from;
      const whole = Buffer.concat([bytes, rest]);
      const first = from === 0 ? -1 : whole.indexOf('\n');
      // The part before the first line break belongs to a line that begins further ahead.
      rest = from === 0 ? Buffer.alloc(0) : whole.subarray(0, first + 1);
      const lines = whole.toString('utf8', first + 1).split('\n');
      for (const line of lines.reverse()) if (line !== '') yield line;
      if (rest.length > 2 * MAX_LINE_BYTES) rest = Buffer.alloc(0);
    }
  } finally {
    closeSync(file);
  }
}
