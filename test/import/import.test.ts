/** Prints of other products enter a running service, and are found there. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Daemon } from '../../src/daemon/daemon.ts';
import {
  connect,
  guidIdentity,
  type ImportReport,
  type ImportTemplatesOptions,
  namedGuid,
  PRIVATE_DATABASE_ID,
  SYSTEM_DATABASE_ID,
  type TemplateRow,
  type WhorlService,
} from '../../src/exports/whorl/index.ts';
import { exportMinutiae, extract } from '../../src/fingerprint/index.ts';
import { encodePng } from '../../src/formats/index.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';
import { BROKEN, csvOf, foreignRecord, soundRows } from './foreign-rows.ts';

const SMALL_DATABASE = '0B6C1D1E-2F3A-4B5C-8D6E-7F8091A2B3C4';
const databaseId = PRIVATE_DATABASE_ID;

let folder: ReturnType<typeof temporaryFolder>;
let daemon: Daemon;
let service: WhorlService;
beforeAll(async () => {
  folder = temporaryFolder();
  daemon = await startHere(folder.path, {
    databases: [
      { id: SYSTEM_DATABASE_ID, pool: 'system' },
      { id: PRIVATE_DATABASE_ID, pool: 'private' },
      { id: SMALL_DATABASE, pool: 'private', recordLimit: 3 },
    ],
  });
  service = await connect({ address: daemon.address });
});
afterAll(async () => {
  await service.close();
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function imported(
  rows: Iterable<TemplateRow> | AsyncIterable<TemplateRow>,
  change: Partial<ImportTemplatesOptions> = {},
): Promise<ImportReport[]> {
  const reports: ImportReport[] = [];
  const reading = service.administration.importTemplates(rows, { databaseId, ...change });
  for await (const report of reading) reports.push(report);
  return reports;
}

const kinds = (reports: readonly ImportReport[]) => reports.map(({ kind }) => kind);
const said = (reports: readonly ImportReport[]) =>
  reports.map((report) => (report.kind === 'rejected' ? report.error.message : report.kind));

async function whorl(...args: readonly string[]) {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args, '--address', daemon.address]);
  let stdout = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
}

describe('the command', () => {
  test('stores what is sound, says of each other row what is wrong, and skips what is there', async () => {
    const rows = soundRows(60);
    const broken = BROKEN.map(([, spoil], i) => spoil({ ...rows[20 + i]!, person: `broken ${i}` }));
    const table = join(folder.path, 'members.csv');
    const report = join(folder.path, 'report.csv');
    writeFileSync(table, csvOf([...rows, ...broken, rows[3]!]));
    const args = ['import', '--from', 'csv', table, '--database', databaseId];

    const checked = await whorl(...args, '--dry-run', '--json');
    expect([checked.code, JSON.parse(checked.stdout)]).toMatchObject([
      5,
      { dryRun: true, rows: 69, counts: { accepted: 60, skipped: 1, rejected: 8, stored: 0 } },
    ]);
    const first = await whorl(...args, '--report', report);
    expect([first.code, first.stdout]).toEqual([5, expect.stringMatching(/^69 rows\n +60 {2}stored\n +1 {2}skipped/)]);
    const lines = readFileSync(report, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(70);
    expect(lines[1]).toMatch(/^1,line 2,member 0,[0-9A-F-]{36},right-thumb,stored,,stored$/);
    for (const [i, [, , words]] of BROKEN.entries()) expect(lines[61 + i]).toMatch(words);
    expect(await service.administration.owners(databaseId)).toHaveLength(6);

    const again = await whorl(...args);
    expect([again.code, again.stdout]).toEqual([
      5,
      expect.stringMatching(/^69 rows\n +61 {2}skipped: already there\n +8/),
    ]);
    const audit = readFileSync(join(folder.path, 'audit.log'), 'utf8');
    expect(audit).toMatch(
      new RegExp(`"action":"import-templates","sid":"S-[^"]+","hresult":0,"databaseId":"${databaseId}","count":60,`),
    );
  });
});

describe('the client', () => {
  test('a picture and a record are found by other impressions of their fingers', async () => {
    const reader = service.virtualReader();
    const picture = await reader.preview({ person: 41, finger: 'left-thumb', impression: 1 });
    const other = extract(await reader.preview({ person: 41, finger: 'left-index', impression: 1 }));
    if (other.kind !== 'features') throw new TypeError('the synthetic finger is not usable');
    const rows: TemplateRow[] = [
      { person: 'Ada', finger: 'LEFT_THUMB', print: encodePng(picture, { withoutResolution: true }) },
      { person: 'Ada', print: async () => exportMinutiae(other.features, { position: 7 }) },
      {
        person: 'Ada',
        finger: 8,
        print: encodePng({ ...picture, pixels: new Uint8Array(picture.pixels.length).fill(255) }),
      },
    ];
    const reports = await imported(rows);
    expect(reports).toMatchObject([
      { row: 1, person: 'Ada', subFactor: 6, kind: 'stored', assumedPpi: 500 },
      { row: 2, person: 'Ada', subFactor: 7, kind: 'stored' },
      { row: 3, person: 'Ada', subFactor: 8, kind: 'rejected', error: { code: 'WINBIO_E_BAD_CAPTURE' } },
    ]);
    const identity = guidIdentity(await namedGuid(databaseId, 'Ada'));
    expect(reports[0]?.identity).toEqual(identity);
    await using session = await service.openSession({ pool: 'private', databaseId });
    for (const [finger, subFactor] of [
      ['left-thumb', 6],
      ['left-index', 7],
    ] as const) {
      const pending = session.identify();
      while ((await reader.touch({ person: 41, finger, impression: 2 })) === 'lost');
      expect(await pending).toMatchObject({ kind: 'identified', identity, subFactor });
    }
  });

  test('who a person is depends on the pool', async () => {
    const print = foreignRecord(1, 2);
    const rows = ['S-1-22-1-4242', 'root', 'nobody-knows-her', PRIVATE_DATABASE_ID].map((person) => ({
      person,
      print,
    }));
    const system = await imported(rows, { databaseId: SYSTEM_DATABASE_ID, dryRun: true });
    expect(system.map(({ identity }) => identity)).toEqual([
      { type: 'sid', sid: 'S-1-22-1-4242' },
      { type: 'sid', sid: 'S-1-22-1-0' },
      undefined,
      undefined,
    ]);
    expect(said(system).slice(2)).toEqual([expect.stringMatching(/no account/), expect.stringMatching(/is a GUID/)]);
    const own = await imported(rows, { dryRun: true });
    expect(own.map(({ identity }) => identity?.type)).toEqual([undefined, 'guid', 'guid', 'guid']);
    expect(said(own)[0]).toMatch(/is a SID/);
    await expect(imported(rows, { databaseId: '5E0B4B55-9C8D-4F6A-8B1C-7E216F0C4C1A' })).rejects.toMatchObject({
      code: 'WINBIO_E_DATABASE_CANT_FIND',
    });
  });

  test('a finger that is there is skipped, replaced, or not stored under another name', async () => {
    const [print, other] = [foreignRecord(71, 2), foreignRecord(72, 2)];
    const rows = [{ person: 'Bob', print }];
    expect(kinds(await imported([...rows, ...rows]))).toEqual(['stored', 'skipped']);
    expect(kinds(await imported([{ person: 'Bob', print: other }]))).toEqual(['skipped']);
    expect(kinds(await imported([{ person: 'Bob', print: other }], { replace: true }))).toEqual(['replaced']);
    expect(kinds(await imported([{ person: 'Bob', print: other }], { replace: true }))).toEqual(['skipped']);
    const twins = await imported(
      [
        { person: 'Carol', print: foreignRecord(72, 2, 2) },
        { person: 'Dan', print: foreignRecord(73, 2) },
        { person: 'Eve', finger: 3, print: foreignRecord(73, 0, 2) },
      ],
      { refuseDuplicates: true },
    );
    const identity = guidIdentity(await namedGuid(databaseId, 'Bob'));
    expect(twins).toMatchObject([
      { kind: 'duplicate', of: identity, ofSubFactor: 2 },
      { kind: 'stored' },
      { kind: 'duplicate' },
    ]);
  });

  test('a row that fails ends nothing, a full database refuses what is too much, and rows that break off are stored so far', async () => {
    const failing = () => {
      throw new TypeError('the disk is gone');
    };
    const rows = [1, 2, 3, 4].map((finger) => ({ person: 'Faythe', print: foreignRecord(80 + finger, finger) }));
    const reports = await imported([{ person: 'Faythe', print: failing }, ...rows], { databaseId: SMALL_DATABASE });
    expect(kinds(reports)).toEqual(['rejected', 'stored', 'stored', 'stored', 'rejected']);
    expect(reports[4]).toMatchObject({ error: { code: 'WINBIO_E_DATABASE_FULL' } });

    const reported: ImportReport[] = [];
    const breaking = (function* () {
      yield* rows;
      throw new TypeError('the table is gone');
    })();
    const reading = async () => {
      for await (const each of service.administration.importTemplates(breaking, { databaseId })) reported.push(each);
    };
    await expect(reading()).rejects.toThrow('the table is gone');
    expect(kinds(reported)).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  test('an abort ends it after the reports of what is under way, and closes the rows', async () => {
    const controller = new AbortController();
    let closed = false;
    let given = 0;
    async function* endless(): AsyncGenerator<TemplateRow> {
      try {
        for (;;) yield { person: `Grace ${given}`, print: foreignRecord(90 + (given++ % 5), 2) };
      } finally {
        closed = true;
      }
    }
    let reports = 0;
    const reading = async () => {
      const { signal } = controller;
      for await (const { kind } of service.administration.importTemplates(endless(), { databaseId, signal })) {
        expect(kind).toBe('stored');
        reports += 1;
        controller.abort();
      }
    };
    const text = /ended after row [1-9]\d*; what is stored stays/;
    await expect(reading()).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', message: expect.stringMatching(text) });
    expect([reports % 100, closed]).toEqual([0, true]);
    expect(reports).toBeLessThanOrEqual(given);
  });

  test('is for administrators, and its options are checked at once', async () => {
    const rows = [{ person: 'Heidi', print: foreignRecord(99, 2) }];
    const typo = { databaseId, dryrun: true } as ImportTemplatesOptions;
    expect(() => service.administration.importTemplates(rows, typo)).toThrow(/did you mean dryRun/);
    await using embedded = await connect({ embedded: { state: 'memory', application: { administrator: false } } });
    const reading = embedded.administration.importTemplates(rows, { databaseId });
    await expect(reading.next()).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  });
});
