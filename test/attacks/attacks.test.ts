import { expect, test } from 'vitest';
import { runAttacks } from './attack-run.ts';
import { ATTACKS } from './attack-table.ts';

test('a service survives every attack, and does something about each', async () => {
  const reports = await runAttacks({ attackMs: 400, quietMs: 50 });
  expect(reports.map(({ name }) => name)).toEqual(ATTACKS.map(({ name }) => name));
  for (const { survived, attacker } of reports) {
    expect(survived).toBe(true);
    expect(attacker.connections).toBeGreaterThan(0);
  }
}, 60_000);
