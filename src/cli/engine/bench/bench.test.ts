/** The bench commands: their figures on a small synthetic data set, their faults, and that they can be interrupted. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewFigures } from '../../../evaluation/calibration/measure-calibration.ts';
import { errorRates } from '../../../evaluation/error-rates.ts';
import { ENGINE_VERSION } from '../../../fingerprint/engine-version.ts';
import { synthesizeFinger } from '../../../fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../../fingerprint/synthesis/synthesize-impression.ts';
import { encodePng } from '../../../formats/image/png-writer.ts';

const FINGERS = 4;
const IMPRESSIONS = 4;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-bench-'));
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify({ dpi: 500 }));
  for (let finger = 1; finger <= FINGERS; finger++) {
    const master = synthesizeFinger(300 + finger);
    for (let seed = 1; seed <= IMPRESSIONS; seed++) {
      const image = synthesizeImpression(master, { seed, widthPx: 300, heightPx: 320 });
      writeFileSync(join(folder, `${finger}_${seed}.png`), encodePng(image));
    }
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function bench(...args: string[]) {
  return spawnSync(process.execPath, ['src/cli/main.ts', 'bench', ...args], { encoding: 'utf8' });
}

describe('whorl bench', () => {
  it('accuracy gives rates, intervals, times and the conditions, and draws', () => {
    const plot = join(folder, 'plot.svg');
    const { stdout, stderr, status } = bench('accuracy', folder, '--json', '--plot', plot);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    const mated = (FINGERS * IMPRESSIONS * (IMPRESSIONS - 1)) / 2;
    expect(report).toMatchObject({ mated, nonMated: 96, eer: 0, fmr100: 0, fmr1000: 0, zeroFmr: 0, eer45: 0 });
    expect(report).toMatchObject({
      condition: 'clean',
      meanFnmr: 0,
      eerInterval: [0, 12.5],
      extractionFailures: 0,
      engineVersion: ENGINE_VERSION,
      seed: 1,
    });
    for (const name of ['extractMs', 'compareUs', 'templateBytes', 'cores']) expect(report[name]).toBeGreaterThan(0);
    expect(report).toMatchObject({ node: process.version, cpu: expect.any(String), dataset: expect.any(String) });
    const svg = readFileSync(plot, 'utf8');
    expect(svg).toMatch(/^<svg .*<polyline .*<\/svg>\n$/s);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('accuracy of several data sets gives their means and each', () => {
    const report = JSON.parse(bench('accuracy', folder, folder, '--json').stdout) as { sets: object[] };
    expect(report).toMatchObject({ datasets: 2, mated: 48, eer: 0 });
    expect(report.sets).toHaveLength(2);
  });

  it('accuracy of several conditions gives each, as a table where people read', () => {
    const { stdout, stderr } = bench('accuracy', folder, '--condition', 'damaged,8mm');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^damaged: 48 mated, 192 non-mated .*EER .*8mm: 24 mated, 96 non-mated .*processor/s);
    expect(bench('accuracy', folder, '--condition', 'clean,wet').stderr).toMatch(/--condition is 'clean,wet'; give/);
  });

  it('calibration gives what is measured over what is promised', () => {
    const { stdout, stderr } = bench('calibration', folder, '--views', '1,2', '--condition', 'clean', '--json');
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as { conditions: { condition: string; references: ViewFigures[] }[] };
    const [one, two, equal] = report.conditions[0]!.references;
    // Four fingers of four impressions: each probe against every subset of the views of each finger.
    expect(one).toMatchObject({ views: 1, equal: false, references: 4, mated: 48, within: { comparisons: 192 } });
    expect(two).toMatchObject({ views: 2, equal: false, references: 6, mated: 48, within: { comparisons: 288 } });
    expect(equal).toMatchObject({ views: 3, equal: true, references: 4, mated: 16, within: { comparisons: 192 } });
    expect(one!.across).toBeUndefined();
    expect(one!.within.promises.map(({ score }) => score)).toEqual([2, 3, 4, 5]);
    expect(one!.within.promises[3]).toMatchObject({ reached: 0, ratio: 0, interval: [0, 1562.5] });
  });

  it('calibration says what it lacks', () => {
    expect(bench('calibration', folder, '--views', '4').stderr).toMatch(
      /4 impressions; references of 4 views .* need 5/,
    );
    expect(bench('calibration', folder, '--views', '1,0').stderr).toMatch(/--views is '1,0'; give a whole number/);
    expect(bench('calibration', folder, '--views', '1', '--same', 'a/1=b/2').stderr).toMatch(
      /there is no finger a\/1; names are such as/,
    );
  });

  it('quality gives curves and counts advice', () => {
    const { stdout, stderr } = bench('quality', folder, '--condition', 'damaged', '--json');
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as { conditions: Record<string, unknown>[] };
    expect(report).toMatchObject({ qualityVersion: 2, engineVersion: expect.any(Number) });
    const [damaged] = report.conditions;
    expect(damaged).toMatchObject({ condition: 'damaged', samples: 16, discarded: [0, 0.05, 0.1, 0.15, 0.2, 0.3] });
    expect(damaged!.advice).toHaveLength(5);
  });

  it('extract gives times', () => {
    const report = JSON.parse(bench('extract', folder, '--rounds', '1', '--json').stdout) as Record<string, unknown>;
    expect(report).toMatchObject({ images: 16, widthPx: 300, heightPx: 320, threads: 1 });
    for (const name of ['extractMs', 'compareNonMatedUs', 'compareMatedUs']) expect(report[name]).toBeGreaterThan(0);
  });

  it('says what is wrong with a folder', () => {
    const { stderr, status } = bench('accuracy', join(folder, 'none'));
    expect(stderr).toMatch(/E_INVALIDARG: cannot read folder/);
    expect(status).toBe(2);
    expect(bench('extract', folder, '--rounds', 'x').stderr).toMatch(/--rounds/);
    expect(bench('accuracy', 'src/cli').stderr).toMatch(/E_INVALIDARG: .* has no \{finger\}/);
  });

  it('can be interrupted', async () => {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'bench', 'extract', folder, '--rounds', '100000']);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    // Until it listens the signal would end it unheard.
    const again = setInterval(() => child.kill('SIGINT'), 1500);
    const [status] = (await once(child, 'exit')) as [number];
    clearInterval(again);
    expect(stderr).toMatch(/WINBIO_E_CANCELED/);
    expect(status).toBe(130);
  });
});

describe('error rates', () => {
  it('are those of a small case done by hand', () => {
    // Above 3: one of four mated is missed, one of five non-mated passes.
    const rates = errorRates([2, 4, 5, 6], [0, 1, 2, 3, 4.5]);
    expect(rates.eer).toBeCloseTo(22.5);
    expect(rates.zeroFmr).toBe(50);
    expect(rates.fmr100).toBe(50);
  });

  it('are 0 where scores do not overlap, and 100 where nothing is told apart', () => {
    expect(errorRates([5, 6], [1, 2])).toMatchObject({ eer: 0, zeroFmr: 0 });
    expect(errorRates([1, 1], [1, 1]).zeroFmr).toBe(100);
  });
});
