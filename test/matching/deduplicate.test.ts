/** Who is enrolled twice: through nodes and here, from the beginning and after an interruption. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredRecord } from '../../src/adapters/storage-adapter.ts';
import { DeduplicationFiles } from '../../src/composition/deduplication/deduplication-files.ts';
import { BiometricError } from '../../src/core/biometric-error.ts';
import { deduplicate } from '../../src/matching/batch/deduplicate.ts';
import { searchInGallery, searchThroughNodes } from '../../src/matching/batch/duplicate-searches.ts';
import { Cluster, DATABASE_ID, untilHeld } from './cluster.ts';
import { PlainEngine, plainTemplate } from './plain-engine.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-twice-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const journalOf = (name = 'report.jsonl') =>
  new DeduplicationFiles(join(folder, name), DATABASE_ID, async (record) => ({ record }));
const linesOf = (name = 'report.jsonl') =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { records: [number, number] });

/** Thirty people of whom some were enrolled again, one of them turned. */
const TEMPLATES = [
  ...Array.from({ length: 30 }, (_, finger) => plainTemplate(finger)),
  plainTemplate(3),
  plainTemplate(17),
  plainTemplate(17),
  plainTemplate(20, 9, true),
];

test('is the same through nodes and here', async () => {
  await using cluster = await Cluster.open(4);
  const records = await cluster.enroll(TEMPLATES);
  for (const node of ['a', 'b', 'c']) await cluster.node(node);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  const through = await cluster.database.position();
  await using engine = new PlainEngine();
  using gallery = engine.createGallery();
  for await (const batch of cluster.database.query({})) {
    for (const { recordId, template } of batch) gallery.add(recordId, template);
  }
  const twice = [
    [3, 30],
    [17, 31],
    [17, 32],
    [31, 32],
  ].map((pair) => pair.map((i) => records[i]));
  for (const [name, search] of [
    ['nodes', searchThroughNodes(coordinator, { through, looks: 1 })],
    ['here', searchInGallery(engine, gallery, { looks: 1 })],
  ] as const) {
    const options = { records: cluster.database.query({}), search, journal: journalOf(name), atOnce: 7, signal };
    expect(await deduplicate(options)).toEqual({ searched: 34, pairs: 4 });
    expect(linesOf(name).map((line) => line.records)).toEqual(twice);
  }
  const turned = searchThroughNodes(coordinator, { through });
  const options = { records: cluster.database.query({}), search: turned, journal: journalOf('turned'), signal };
  expect(await deduplicate(options)).toEqual({ searched: 34, pairs: 5 });
});

test('goes on where it was interrupted, and reports no pair twice', async () => {
  await using cluster = await Cluster.open(4);
  await cluster.enroll(TEMPLATES);
  await using engine = new PlainEngine();
  using gallery = engine.createGallery();
  for await (const batch of cluster.database.query({})) {
    for (const { recordId, template } of batch) gallery.add(recordId, template);
  }
  const search = searchInGallery(engine, gallery, { looks: 1 });
  let runs = 0;
  let searched = 0;
  for (let done = false; !done; runs++) {
    let left = 2;
    const interrupted = {
      async find(batch: readonly StoredRecord[], options: { signal: AbortSignal }) {
        if (left-- === 0) throw new BiometricError('WINBIO_E_CANCELED');
        searched += batch.length;
        return await search.find(batch, options);
      },
    };
    const run = deduplicate({
      records: cluster.database.query({}),
      search: interrupted,
      journal: journalOf(),
      atOnce: 5,
      signal,
    });
    done = await run.then(
      () => true,
      () => false,
    );
  }
  expect(runs).toBe(4);
  expect(searched).toBe(34);
  expect(linesOf().map((line) => String(line.records))).toHaveLength(4);
  expect(new Set(linesOf().map((line) => String(line.records))).size).toBe(4);
});

test('is tried again while parts are missing, and then says so', async () => {
  await using cluster = await Cluster.open(4);
  await cluster.enroll(TEMPLATES);
  let faults = 0;
  const search = {
    async find(): Promise<never[]> {
      faults += 1;
      throw new BiometricError('WHORL_E_INCOMPLETE', 'parts 3');
    },
  };
  const options = {
    records: cluster.database.query({}),
    search,
    journal: journalOf(),
    signal,
    attempts: 3,
    againMs: 1,
  };
  await expect(deduplicate(options)).rejects.toMatchObject({ code: 'WHORL_E_INCOMPLETE' });
  expect(faults).toBe(3);
});

test('a report of which nothing says how far it is, or of another database, is not gone on with', () => {
  writeFileSync(join(folder, 'report.jsonl'), '');
  expect(() => journalOf()).toThrow(/nothing says how far/);
  writeFileSync(join(folder, 'report.jsonl.progress'), JSON.stringify({ databaseId: 'X', last: 1 }));
  expect(() => journalOf()).toThrow(/of database X/);
  writeFileSync(join(folder, 'report.jsonl.progress'), 'no JSON');
  expect(() => journalOf()).toThrow(/not JSON/);
});
