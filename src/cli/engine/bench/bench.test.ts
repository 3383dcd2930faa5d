/** The bench commands: their figures on a small synthetic data set, their faults, and that they can be interrupted. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorRates } from '../../../evaluation/error-rates.ts';
import { synthesizeFinger } from '../../../fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../../fingerprint/synthesis/synthesize-impression.ts';
import { encodePng } from '../../../formats/image/png-writer.ts';

const FINGERS = 4;
const IMPRESSIONS = 3;
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
    expect(report).toMatchObject({ mated, nonMated: 54, eer: 0, fmr100: 0, fmr1000: 0, zeroFmr: 0, eer45: 0 });
    expect(report).toMatchObject({
      condition: 'clean',
      meanFnmr: 0,
      eerInterval: [0, 25],
      extractionFailures: 0,
      engineVersion: 2,
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
    expect(report).toMatchObject({ datasets: 2, mated: 24, eer: 0 });
    expect(report.sets).toHaveLength(2);
  });

  it('accuracy of several conditions gives each, as a table where people read', () => {
    const { stdout, stderr } = bench('accuracy', folder, '--condition', 'damaged,8mm');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^damaged: 24 mated, 108 non-mated .*EER .*8mm: 12 mated, 54 non-mated .*processor/s);
    expect(bench('accuracy', folder, '--condition', 'clean,wet').stderr).toMatch(/--condition is 'clean,wet'; give/);
  });

  it('extract gives times', () => {
    const report = JSON.parse(bench('extract', folder, '--rounds', '1', '--json').stdout) as Record<string, unknown>;
    expect(report).toMatchObject({ images: 12, widthPx: 300, heightPx: 320, threads: 1 });
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
