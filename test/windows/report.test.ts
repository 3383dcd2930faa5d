/** What a person with the hardware runs: the clauses on a winbio.dll, with touches, and the report of the machine. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { winbioConformance } from '../../src/cli/conformance/winbio.ts';
import { windowsReport } from '../../src/cli/windows/report.ts';
import { ownSid } from '../../src/composition/accounts/own-account.ts';
import { FakeWinBio, NO_COMPILER } from './fake-winbio.ts';

const fake = test.skipIf(NO_COMPILER);
const DATABASE = '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081';

/** A machine with one reader, and somebody who does as told. */
function machine() {
  const winbio = new FakeWinBio([1]);
  winbio.settings({ administrator: false });
  winbio.account(ownSid());
  const said: string[] = [];
  const fingers = ['', 'right index', 'right middle', 'left index', 'left middle'];
  const errors = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    const asked = /^touch the reader with (?:your (.*) finger|any finger) \.\.\.$/m.exec(String(text));
    if (asked) winbio.touch(asked[1] === undefined ? 9 : fingers.indexOf(asked[1]));
    return true;
  });
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  const { exitCode, argv } = process;
  onTestFinished(() => {
    Object.assign(process, { exitCode, argv });
    errors.mockRestore();
    output.mockRestore();
    expect([winbio.count('handles'), winbio.count('blocks'), winbio.count('templates')]).toEqual([0, 0, 0]);
  });
  return { winbio, said };
}

fake('with somebody at the reader nearly all clauses are tried, and what was enrolled is deleted', async () => {
  const { winbio, said } = machine();
  await winbioConformance({ library: winbio.path, touch: true, privateDatabase: DATABASE, json: true });
  const { passing, failing, skipped, results } = JSON.parse(said.join(''));
  expect(results.filter(({ state }: { state: string }) => state === 'failing')).toEqual([]);
  expect([passing, failing, skipped]).toEqual([109, 0, 3]);
});

fake('a report has what was tried, and names neither the account nor the device', async () => {
  const { winbio } = machine();
  const folder = mkdtempSync(join(tmpdir(), 'whorl-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'report.json');
  process.argv = [process.execPath, 'src/cli/main.ts'];
  await windowsReport({ library: winbio.path, touch: true, json: true, out });
  const written = readFileSync(out, 'utf8');
  const { steps } = JSON.parse(written) as { steps: { step: string; outcome: string; found: object }[] };
  expect(steps.map(({ step, outcome }) => [step, outcome])).toEqual([
    ['computer', 'done'],
    ['functions of winbio.dll', 'done'],
    ['readers and settings', 'done'],
    ['clauses of the client interface', 'done'],
    ['a service with these readers', 'done'],
    ['another process over the pipe', 'skipped'],
    ['a service of Windows', 'skipped'],
    ['speed of the engine', 'done'],
  ]);
  expect(steps[3]?.found).toMatchObject({ failing: [] });
  expect(steps[4]?.found).toMatchObject({ units: 1, canceled: 'AbortError', touched: 'unknown-identity' });
  expect(written).toContain('USB\\\\VID_F00D&PID_0001');
  for (const name of [ownSid(), 'PID_0001\\\\1', folder]) expect(written).not.toContain(name);
});
