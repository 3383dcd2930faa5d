/** The commands that extract and compare prints. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeSlap } from '../../../test/support/slaps.ts';
import { ansiNistFile } from '../../../test/support/stated-images.ts';
import { decodeTemplate, synthesizeFinger, synthesizeImpression } from '../../fingerprint/index.ts';
import { detectFormat, encodePng } from '../../formats/index.ts';

let folder = '';
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-prints-'));
  for (const [name, finger, seed] of [
    ['a1.png', 71, 1],
    ['a2.png', 71, 2],
    ['b1.png', 72, 1],
  ] as const) {
    writeFileSync(file(name), encodePng(synthesizeImpression(synthesizeFinger(finger), { seed })));
  }
  const blank = { widthPx: 200, heightPx: 200, resolutionPpi: 500, pixels: new Uint8Array(40_000).fill(250) };
  writeFileSync(file('blank.png'), encodePng(blank));
});

afterAll(() => rmSync(folder, { recursive: true }));

function whorl(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/cli/main.ts', ...args], { encoding: 'utf8' });
  return { stdout, stderr, status };
}

describe('several fingers', () => {
  it('are segmented, and are no print of one finger', () => {
    const slap = composeSlap({ seed: 4, hand: 'left', leanDegrees: 10, stepPx: 330, withPhalanges: true });
    writeFileSync(file('slap.png'), encodePng(slap.image));
    const { stdout, status } = whorl('segment', file('slap.png'), '--out', folder, '--json');
    expect(status).toBe(0);
    const { hand, fingers } = JSON.parse(stdout) as { hand: string; fingers: { position: number; file: string }[] };
    expect([hand, fingers.map(({ position }) => position)]).toEqual(['left', [10, 9, 8, 7]]);
    const index = fingers[3]!.file;
    expect(index).toBe(file('slap-left-index.png'));
    const other = synthesizeImpression(synthesizeFinger(slap.seeds[3]!), { seed: 50 });
    writeFileSync(file('index.png'), encodePng(other));
    expect(whorl('compare', index, file('index.png')).status).toBe(0);
    const refused = whorl('compare', file('slap.png'), file('index.png'));
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('There are several fingers')]);
    expect(whorl('extract', file('slap.png'), '--any-fingers', '--json').stdout).toContain('"outcome":"features"');
  });

  it('of a transaction are listed, and each can be chosen', () => {
    const print = synthesizeImpression(synthesizeFinger(71), { seed: 1 });
    writeFileSync(file('card.an2'), ansiNistFile(print, 'NONE', print.pixels));
    const { stdout } = whorl('images', file('card.an2'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ images: [{ image: 1, recordType: 14, positions: [7] }] });
    expect(whorl('images', file('card.an2')).stdout).toMatch(/1 {2}type 14 {2}position 7 {2}320 x 400 {2}none/);
    expect(whorl('compare', file('card.an2'), file('a2.png'), '--image', '1').status).toBe(0);
  });
});

describe('whorl extract', () => {
  it('prints what it found and writes a template', () => {
    const { stdout, status } = whorl('extract', file('a1.png'), '--out', file('a1.template'), '--json');
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as { minutiae: object[] };
    expect(report).toMatchObject({ outcome: 'features', quality: 100, guidance: [] });
    expect(decodeTemplate(readFileSync(file('a1.template')))[0]?.count).toBe(report.minutiae.length);
  });

  it('writes a minutiae record', () => {
    expect(whorl('extract', file('a2.png'), '--out', file('a2.fmr'), '--to', 'ansi-378-2009').status).toBe(0);
    expect(detectFormat(readFileSync(file('a2.fmr')))).toBe('ansi-378-2009');
    expect(whorl('extract', file('a2.png'), '--to', 'gif').stderr).toMatch(/--to takes iso-19794-2-2005/);
  });

  it('says what to do about a print that is not good enough', () => {
    const { stdout, status } = whorl('extract', file('blank.png'));
    expect(stdout).toMatch(/outcome +rejected\n.*Put a finger on the sensor\.\n$/s);
    expect(status).toBe(1);
  });
});

describe('whorl compare', () => {
  it('takes images, templates and records, and says match or non-match', () => {
    for (const a of ['a1.png', 'a1.template']) {
      for (const b of ['a2.png', 'a2.fmr']) {
        const { stdout, status } = whorl('compare', file(a), file(b), '--json');
        expect(JSON.parse(stdout)).toMatchObject({ match: true, maxFmr: 1e-5 });
        expect(status).toBe(0);
      }
    }
    expect(whorl('compare', file('a1.png'), file('b1.png')).stdout).toMatch(/^non-match, score /);
    expect(JSON.parse(whorl('compare', file('a1.png'), file('a2.png'), '--max-fmr', '1e-30', '--json').stdout)).toEqual(
      expect.objectContaining({ match: false, maxFmr: 1e-30 }),
    );
  });

  it('says what is wrong with a file', () => {
    expect(whorl('compare', file('a1.png'), file('none.png'))).toMatchObject({
      stderr: expect.stringMatching(/E_INVALIDARG: cannot read/),
      status: 2,
    });
    expect(whorl('compare', file('a1.png'), file('a2.png'), '--max-fmr', 'x').status).toBe(2);
    expect(whorl('compare', file('a1.png'), file('blank.png'))).toMatchObject({
      stderr: expect.stringMatching(/WINBIO_E_BAD_CAPTURE: .*Put a finger on the sensor/),
      status: 1,
    });
  });
});
