/** Four matching nodes, each a process of its own, over PostgreSQL and NATS. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesizeMinutiae } from '../../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../../src/fingerprint/synthesis/synthesize-template.ts';
import { MatchingMachines, NO_MACHINES } from './matching-machines.ts';

const PEOPLE = 600;
const { signal } = new AbortController();

describe.skipIf(NO_MACHINES !== undefined)(`four matching nodes ${NO_MACHINES ?? ''}`, () => {
  let machines: MatchingMachines;
  beforeAll(async () => {
    machines = await MatchingMachines.start({ people: PEOPLE, nodes: ['n1', 'n2', 'n3', 'n4'], deadlineMs: 20_000 });
  });
  afterAll(() => machines?.[Symbol.asyncDispose]());

  const find = async (probe: Uint8Array) => {
    const through = await machines.source.position();
    return await machines.search.search({ kind: 'identify', probe, through, signal });
  };

  test('find everybody, and say of a stranger that all was searched', async () => {
    for (const [recordId, template] of [...machines.enrolled].slice(0, 20)) {
      const { candidates, missing, searched } = await find(template);
      expect([candidates[0]?.recordId, missing, searched]).toEqual([recordId, [], PEOPLE]);
    }
    const answer = await find(synthesizeTemplate(synthesizeMinutiae(99_999), 1));
    expect(answer).toEqual({ candidates: [], missing: [], searched: PEOPLE });
  });

  test('find who was enrolled a moment ago', async () => {
    const template = synthesizeTemplate(synthesizeMinutiae(88_888), 1);
    const recordId = await machines.add(template);
    expect((await find(template)).candidates[0]?.recordId).toBe(recordId);
  });

  test('show themselves', async () => {
    const { stdout, code } = await machines.whorl(
      'match',
      'status',
      '--config',
      machines.writeConfiguration('door'),
      '--json',
    );
    expect(code).toBe(0);
    const status = JSON.parse(stdout);
    expect(status).toMatchObject({ connected: true, parts: 16, copies: { 2: 16 }, missing: [] });
    expect(status.nodes.map(({ node }: { node: string }) => node)).toEqual(['n1', 'n2', 'n3', 'n4']);
  });

  test('lose nothing when one is killed, and hold everything twice again', async () => {
    await machines.endNode('n2', 'SIGKILL');
    for (const [recordId, template] of [...machines.enrolled].slice(30, 40)) {
      const { candidates, missing } = await find(template);
      expect([candidates[0]?.recordId, missing]).toEqual([recordId, []]);
    }
    await machines.untilHeld(2);
    await machines.startNode('n2');
    await machines.untilHeld(2);
  });

  test('are restarted one after the other without a part that nobody holds', async () => {
    for (const name of ['n1', 'n3']) {
      await machines.endNode(name, 'SIGTERM');
      const [recordId, template] = [...machines.enrolled][50]!;
      const { candidates, missing } = await find(template);
      expect([candidates[0]?.recordId, missing]).toEqual([recordId, []]);
      await machines.startNode(name);
      await machines.untilHeld(2);
    }
  });

  test('tell who is enrolled twice', async () => {
    const [first, template] = [...machines.enrolled][100]!;
    const again = await machines.add(template);
    const folder = mkdtempSync(join(tmpdir(), 'whorl-twice-'));
    try {
      const report = join(folder, 'twice.jsonl');
      const { code } = await machines.whorl('deduplicate', report, '--config', machines.writeConfiguration('door'));
      expect(code).toBe(3);
      const lines = readFileSync(report, 'utf8').trim().split('\n');
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        {
          records: [first, again],
          of: [
            { record: first, subFactor: 2 },
            { record: again, subFactor: 2 },
          ],
        },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
