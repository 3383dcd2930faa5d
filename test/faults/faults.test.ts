import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FAULT_PAGE, faultPage } from './fault-page.ts';
import { observeFaults, observeStorageFaults } from './fault-run.ts';
import { canMount, observeFullDisk } from './full-disk.ts';

test('every fault in the middle of every operation ends as documented and leaves nothing behind', async () => {
  const faults = await observeFaults();
  const storage = await observeStorageFaults();
  expect([...faults, ...storage].filter(({ left }) => left.length > 0)).toEqual([]);
  expect(faultPage(faults, storage)).toBe(readFileSync(FAULT_PAGE, 'utf8'));
});

const mountable = process.platform === 'linux' && canMount();
test.skipIf(!mountable)(
  'a full disk loses nothing and spoils nothing (needs the right to mount)',
  {
    timeout: 300_000,
  },
  async () => {
    const seen = await observeFullDisk();
    expect(seen.filter(({ left }) => left.length > 0)).toEqual([]);
    const outcomes = new Set(seen.map(({ outcome }) => outcome));
    expect([...outcomes].sort()).toEqual(['WINBIO_E_DATABASE_FULL', 'stored']);
  },
);
