/**
 * Thousands of operations through `systemWinBio`, as a program without a test runner: on a synchronous session, by callbacks
 * of it, and on an asynchronous one. Usage: node test/windows/exercise-system.ts [rounds]
 */

import assert from 'node:assert/strict';
import * as c from '../../src/core/constants.ts';
import { systemWinBio } from '../../src/native/system-winbio.ts';
import type { WINBIO_ASYNC_RESULT } from '../../src/winbio/async-result.ts';
import { WINBIO_DB_DEFAULT } from '../../src/winbio/database-id.ts';
import type { WINBIO_IDENTITY } from '../../src/winbio/identity.ts';
import { out } from '../../src/winbio/out.ts';
import { FakeWinBio } from './fake-winbio.ts';

const rounds = Number(process.argv[2] ?? 1000);
const library = new FakeWinBio([1]);
const winbio = await systemWinBio({ library: library.path });
const sent = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) >>> 3);
library.captures(sent);
const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_FLAG_RAW: raw } = c;
const [session, other] = [out(0), out(0)];
await winbio.WinBioOpenSession(factor, pool, raw, null, 0, WINBIO_DB_DEFAULT, session);
let noticed = Promise.withResolvers<WINBIO_ASYNC_RESULT>();
await winbio.WinBioAsyncOpenSession(
  factor,
  pool,
  raw,
  null,
  0,
  WINBIO_DB_DEFAULT,
  c.WINBIO_ASYNC_NOTIFY_CALLBACK,
  null,
  0,
  (result) => noticed.resolve(result),
  null,
  false,
  other,
);
const next = async () => {
  const result = await noticed.promise;
  noticed = Promise.withResolvers();
  winbio.WinBioFree(result);
};
const [unit, identity, finger, detail, sample, size] = [
  out(0),
  out<WINBIO_IDENTITY>(),
  out(0),
  out(0),
  out<Uint8Array | null>(),
  out(0),
];
let residentBytes = 0;
const beganMs = performance.now();
for (let i = 0; i < rounds; i++) {
  if (i === Math.floor(rounds / 10)) residentBytes = process.memoryUsage.rss();
  library.touch(1);
  await winbio.WinBioIdentify(session.value, unit, identity, finger, detail);
  library.touch(1);
  await winbio.WinBioCaptureSample(session.value, 0, c.WINBIO_DATA_FLAG_RAW, unit, sample, size, detail);
  assert.equal(winbio.WinBioFree(sample.value), 0);
  const called = Promise.withResolvers<void>();
  await winbio.WinBioLocateSensorWithCallback(session.value, () => called.resolve(), null);
  library.touch(1);
  await called.promise;
  await winbio.WinBioWait(session.value);
  await winbio.WinBioIdentify(other.value, null, null, null, null);
  library.touch(1);
  await next();
  const canceled = winbio.WinBioIdentify(session.value, unit, identity, finger, detail);
  await winbio.WinBioCancel(session.value);
  await canceled;
}
const tookMs = performance.now() - beganMs;
const grownBytes = process.memoryUsage.rss() - residentBytes;
await winbio.WinBioCloseSession(session.value);
await winbio.WinBioCloseSession(other.value);
await next();
assert.deepEqual([winbio.liveBlocks(), library.count('blocks'), library.count('handles')], [0, 0, 0]);
const operations = 5 * rounds;
process.stdout.write(
  JSON.stringify({ operations, tookMs: Math.round(tookMs), grownMb: Number((grownBytes / 2 ** 20).toFixed(1)) }),
);
