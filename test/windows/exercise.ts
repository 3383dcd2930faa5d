/**
 * All that the driver does, against the library of `winbio.c`, as a program without a test runner: it also runs where none
 * does, under Wine. Usage: node test/windows/exercise.ts [callback | message] [rounds]
 */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { WINBIO_FP_TOO_FAST } from '../../src/core/constants.ts';
import type { OwnerIdentity } from '../../src/core/identity.ts';
import { WinBioFramework } from '../../src/drivers/winbio/winbio-framework.ts';
import { loadWinBio } from '../../src/drivers/winbio/winbio-library.ts';
import { WinBioSession } from '../../src/drivers/winbio/winbio-session.ts';
import { FakeWinBio } from './fake-winbio.ts';

const [by = 'callback', count = '1000', out] = process.argv.slice(2);
const notification = by === 'message' ? 'message' : 'callback';
const rounds = Number(count);
const winbio = new FakeWinBio([1]);
const library = await loadWinBio(winbio.path);
const changes: string[] = [];
const framework = await WinBioFramework.open(
  library,
  { arrived: (unitId) => changes.push(`+${unitId}`), removed: (unitId) => changes.push(`-${unitId}`) },
  { notification },
);
const [unit] = await framework.units();
assert.equal(unit?.description, 'Fake fingerprint reader');

const databaseId = '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081';
const pool = { kind: 'private', unitId: 1, databaseId } as const;
const session = await WinBioSession.open(library, { pool, raw: true, notification });
await session.enrollBegin(2, 1);
for (let i = 0; i < 4; i++) {
  winbio.touch(1);
  await session.enrollCapture();
}
const { identity } = await session.enrollCommit();
assert.equal(identity.type, 'guid');
winbio.touchBadly(WINBIO_FP_TOO_FAST);
assert.deepEqual(await session.identify(), { kind: 'rejected', detail: WINBIO_FP_TOO_FAST });
const sample = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) >>> 3);
winbio.captures(sample);
winbio.touch(1);
const captured = await session.captureSample();
assert.equal(captured.kind === 'sample' && Buffer.compare(captured.bir, sample), 0);

const beganMs = performance.now();
let residentBytes = 0;
for (let i = 0; i < rounds; i++) {
  if (i === Math.floor(rounds / 10)) residentBytes = process.memoryUsage.rss();
  winbio.touch(1);
  assert.equal((await session.identify()).kind, 'match');
  winbio.touch(2);
  assert.equal((await session.verify(identity as OwnerIdentity, 2)).kind, 'no-match');
  winbio.touch(1);
  await session.captureSample();
  assert.deepEqual(await session.enrollments(1, identity as OwnerIdentity), [2]);
  const controller = new AbortController();
  const canceled = assert.rejects(session.identify(controller), { code: 'WINBIO_E_CANCELED' });
  controller.abort();
  await canceled;
}
const tookMs = performance.now() - beganMs;
const grownBytes = process.memoryUsage.rss() - residentBytes;

const waiting = assert.rejects(session.identify(), { code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
await winbio.until('waits', 1);
winbio.plug(1, false);
await waiting;
winbio.plug(1);
while (changes.length < 2) await framework.units();
assert.deepEqual(changes, ['-1', '+1']);
await session.close();
await framework.close();
assert.deepEqual([winbio.count('handles'), winbio.count('blocks')], [0, 0]);
const report = {
  platform: process.platform,
  notification,
  operations: 5 * rounds,
  tookMs: Math.round(tookMs),
  grownMb: Number((grownBytes / 2 ** 20).toFixed(1)),
};
// Under Wine standard output cannot be a pipe.
if (out === undefined) process.stdout.write(`${JSON.stringify(report)}\n`);
else writeFileSync(out, JSON.stringify(report));
