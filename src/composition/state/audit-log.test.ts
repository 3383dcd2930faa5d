/** An audit log of any size opens, goes on, and is checked through all of its files. */

import {
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditLog } from './audit-log.ts';
import { auditSegments } from './audit-segments.ts';
import { verifyAuditLog } from './verify-audit-log.ts';

let folder: string;
let path: string;
let key: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-audit-'));
  path = join(folder, 'audit.log');
  key = join(folder, 'audit.key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const RECORD = { action: 'set-property', sid: 'S-1-22-1-1000', hresult: 0 };

async function write(lines: number, segmentBytes = 1000): Promise<void> {
  using log = AuditLog.open(path, key, { segmentBytes });
  for (let i = 0; i < lines; i++) await log.write(RECORD);
}

describe('A log', () => {
  test('larger than any string opens in bounded memory and goes on', async () => {
    await write(1);
    const line = readFileSync(path);
    const size = 600 << 20;
    truncateSync(path, size);
    writeFileSync(openSync(path, 'a'), `\n${line}`);
    const before = process.memoryUsage().rss;
    await write(1, Number.POSITIVE_INFINITY);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 << 20);
    expect(statSync(path).size).toBeGreaterThan(size + line.length);
  });

  test('goes on in a new file when one is full, and the chain goes through all of them', async () => {
    await write(10);
    await write(10);
    const files = auditSegments(path);
    expect(files.length).toBeGreaterThan(2);
    expect(files).toEqual([...files].sort());
    const [first, second] = [files[0], files[1]].map((file) =>
      readFileSync(file as string, 'utf8')
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text)),
    );
    expect(second?.[0]).toMatchObject({ action: 'audit-segment', head: first?.at(-1).chain });
    const seen: number[] = [];
    const verdict = await verifyAuditLog(path, key, { onProgress: (done, total) => seen.push(done / total) });
    expect(verdict).toEqual({ lines: 20 + files.length });
    expect(seen.at(-1)).toBe(1);
  });

  test.each(['first', 'middle', 'last'])('of which the %s file is missing is not whole', async (which) => {
    await write(20);
    const files = auditSegments(path);
    rmSync((which === 'first' ? files[0] : which === 'middle' ? files[2] : files.at(-1)) as string);
    expect(await verifyAuditLog(path, key)).toHaveProperty('brokenAt');
  });

  test('goes on when the process died before the new file had its first line', async () => {
    await write(3, Number.POSITIVE_INFINITY);
    renameSync(path, join(folder, 'audit.000000000003.log'));
    await write(1);
    expect(await verifyAuditLog(path, key)).toEqual({ lines: 5 });
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});
