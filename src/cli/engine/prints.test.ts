/** The commands that extract and compare prints. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
