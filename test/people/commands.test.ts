/** `whorl people`, `places`, `journal` and `attendance`, against a daemon in this process. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  attendance,
  exportJournal,
  forgetInJournal,
  listJournal,
  verifyJournal,
} from '../../src/cli/people/journal.ts';
import {
  addPerson,
  changePerson,
  exportPeople,
  importPeople,
  listGroups,
  listPeople,
  mergePeople,
  removePerson,
  showPerson,
} from '../../src/cli/people/people.ts';
import { changePlace, forgetPlace, listPlaces } from '../../src/cli/people/places.ts';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';

const folder = temporaryFolder();
let daemon: Daemon;
let at: { readonly address: string };

beforeAll(async () => {
  daemon = await startHere(folder.path);
  at = { address: daemon.address };
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
  process.exitCode = 0;
});

/** What a command prints on standard output. */
async function printed(run: () => Promise<void>): Promise<string> {
  const pieces: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => pieces.push(String(piece)) > 0);
  try {
    await run();
  } finally {
    spy.mockRestore();
  }
  return pieces.join('');
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (thrown: { code?: string; message?: string }) => `${thrown.code}: ${thrown.message}`,
  );

test('people are added, found, changed, imported, merged and removed', async () => {
  expect(await printed(() => addPerson('Ada Lovelace', { ...at, number: '4711', group: ['Staff'] }))).toMatch(
    /^Ada Lovelace is /,
  );
  const table = join(folder.path, 'people.csv');
  writeFileSync(table, 'name,number,groups\nGrace Hopper,4712,Staff\nAda Byron,,\nNobody,4712,\n');
  const preview = await printed(() => importPeople(table, { ...at, dryRun: true }));
  expect(preview).toContain('row 3: number: a row before has it; give each person one row');
  expect(preview).toContain('2 would be created, 0 would be changed, 0 as they were, 1 rejected');
  const report = JSON.parse(await printed(() => importPeople(table, { ...at, json: true })));
  expect(report.counts).toEqual({ create: 2, update: 0, same: 0, rejected: 1 });
  expect(process.exitCode).toBe(5);
  const { people, total } = JSON.parse(await printed(() => listPeople('ada', { ...at, json: true })));
  expect([total, people.length]).toEqual([2, 2]);
  expect(await codeOf(showPerson('ada', at))).toMatch(/^E_INVALIDARG: 'ada' may be Ada Byron .*, Ada Lovelace/);
  expect(await codeOf(showPerson('zoe', at))).toMatch(/^WHORL_E_NO_SUCH_PERSON: nobody has 'zoe'/);
  const shown = await printed(() =>
    changePerson('4711', { ...at, name: 'Ada King', until: '2027-12-31', place: ['Hall'] }),
  );
  expect(shown).toMatch(/name\s+Ada King[\s\S]*valid until\s+2027-12-31[\s\S]*places\s+Hall/);
  expect(await printed(() => mergePeople('byron', '4711', { ...at, yes: true }))).toMatch(
    /^merged: Ada Byron, 0 fingers/,
  );
  expect(await printed(() => listGroups(at))).toMatch(/^Staff\s+2$/m);
  expect(await printed(() => exportPeople('hopper', at))).toMatch(
    /^identity,name,number.*\r\n[-0-9A-F]{36},Grace Hopper,4712,/,
  );
  expect(await codeOf(removePerson('4712', at))).toMatch(/nobody can be asked here; add --yes/);
  expect(await printed(() => removePerson('4712', { ...at, yes: true }))).toMatch(/^deleted: Grace Hopper/);
});

test('places are named, and the journal is listed, exported, checked and forgotten', async () => {
  expect(await printed(() => changePlace('virtual', { ...at, title: 'Front door', use: 'clock' }))).toMatch(
    /^virtual\s+Front door\s+\(no place\)\s+clock\s+unit 1/,
  );
  expect(await printed(() => listPlaces(at))).toContain('Front door');
  expect(await codeOf(forgetPlace('virtual', at))).toMatch(/^WINBIO_E_INVALID_UNIT/);
  const lines = await printed(() => listJournal({ ...at, person: '4711' }));
  expect(lines).toMatch(/created {2}Ada Lovelace[\s\S]*changed {2}Ada King[\s\S]*removed {2}Ada King/);
  expect(await printed(() => listJournal({ ...at, kind: ['locked'] }))).toBe('no line fits\n');
  expect(await codeOf(listJournal({ ...at, from: 'gestern' }))).toMatch(/^E_INVALIDARG: --from: give a day/);
  expect(await printed(() => exportJournal({ ...at, format: 'jsonl' }))).toMatch(/^\{"number":\d+/);
  expect(await printed(() => verifyJournal(at))).toMatch(/^\d+ lines, \d forgotten, none changed$/m);
  expect(await printed(() => forgetInJournal('4711', at))).toMatch(/^4 lines no longer name Ada King/);
  expect(await printed(() => attendance({ ...at }))).toBe('nobody was there\n');
  expect(await printed(() => attendance({ ...at, csv: true }))).toMatch(/^day,name,identity/);
});
