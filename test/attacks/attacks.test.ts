/** A few of the attacks; `npm run -s test:attacks` runs all of them, and measures. */

import { expect, test } from 'vitest';
import { runAttacks } from './attack-run.ts';
import { ATTACKS } from './attack-table.ts';

/** Headers that never end, unfinished messages, and operations without end. */
const SOME = [1, 5, 8];

test('a service survives what it is attacked with', async () => {
  const reports = await runAttacks({ attackMs: 400, quietMs: 50, only: SOME });
  expect(reports.map(({ name }) => name)).toEqual(SOME.map((number) => ATTACKS[number]?.name));
  for (const { survived, attacker } of reports) {
    expect(survived).toBe(true);
    expect(attacker.connections).toBeGreaterThan(0);
  }
}, 60_000);
