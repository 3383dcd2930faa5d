/** Real readers as they were recorded: the picture to the byte, and what a chip was asked. The rest: `npm run test:readers`. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { decodePng } from '../../../src/formats/index.ts';
import { isFull } from '../full.ts';
import { missing, play, RECORDINGS } from './recordings.ts';

/** Those that are played in a few seconds; any of them may be absent. */
const QUICK = ['uru4000-4500', 'upektc_img', 'elanmoc', 'goodixmoc', 'synaptics'];
/** Swipes over SPI are longest. */
const TIMEOUT_MS = 120_000;
const chosen = RECORDINGS.filter(({ name }) => isFull || QUICK.includes(name));
const pictures = chosen.flatMap(({ picture, ...recording }) =>
  picture === undefined ? [] : [{ ...recording, picture }],
);
const chips = chosen.filter(({ picture }) => picture === undefined);
const note = missing === undefined ? '' : ` (skipped: ${missing})`;

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-recording-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'picture.png');
}

function expectSamePicture(file: string, expected: string): void {
  const [got, wanted] = [file, expected].map((each) => decodePng(readFileSync(each), { resolutionPpi: 500 }));
  expect([got?.widthPx, got?.heightPx]).toEqual([wanted?.widthPx, wanted?.heightPx]);
  expect(Buffer.compare(got!.pixels, wanted!.pixels)).toBe(0);
}

describe.skipIf(missing !== undefined)(`a recorded reader${note}`, () => {
  test.each(pictures)('$name: its picture, by whorl readers test', { timeout: TIMEOUT_MS }, async (recording) => {
    const out = temporaryFile();
    const played = await play(recording, ['src/cli/main.ts', 'readers', 'test', '--out', out, '--json']);
    expect(played.stderr).not.toMatch(/CRITICAL/);
    expectSamePicture(out, recording.picture);
    expect(JSON.parse(played.stdout)).toMatchObject({ file: out });
  });

  test.each(pictures.filter(({ name }) => isFull || name === 'uru4000-4500'))(
    '$name: its picture, of a service that found it',
    { timeout: TIMEOUT_MS },
    async (recording) => {
      const out = temporaryFile();
      const played = await play(recording, ['test/readers/libfprint/service-walk.ts', out]);
      expect(played.code, played.stderr).toBe(0);
      expect(JSON.parse(played.stdout)).toMatchObject({ kind: 'captured', units: [expect.any(String)] });
      expectSamePicture(out, recording.picture);
    },
  );

  test.each(chips)('$name: a finger on its chip', { timeout: TIMEOUT_MS }, async (recording) => {
    const played = await play(recording, ['test/readers/libfprint/chip-walk.ts']);
    expect(played.code, played.stderr).toBe(0);
    const { accepted, wanted, listed, verified, identified } = JSON.parse(played.stdout);
    expect(accepted).toBe(wanted);
    expect(verified).toBe('match');
    expect(listed ?? [true]).toEqual([true]);
    expect(identified ?? 'match').toBe('match');
  });
});
