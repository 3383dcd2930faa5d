/** Real readers as they were recorded: the picture to the byte, and what a chip was asked. The rest: `npm run test:readers`. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodePng } from '../../../src/formats/index.ts';
import { isFull } from '../full.ts';
import { missing, play, RECORDINGS } from './recordings.ts';

const WALK = 'test/readers/libfprint/chip-walk.ts';
/** Those that are played in a few seconds; any of them may be absent. */
const QUICK = ['uru4000-4500', 'upektc_img', 'elanmoc', 'goodixmoc', 'synaptics'];
const quick = RECORDINGS.filter(({ name }) => isFull || QUICK.includes(name));
const note = missing === undefined ? '' : ` (skipped: ${missing})`;

describe.skipIf(missing !== undefined)(`a recorded reader${note}`, () => {
  test.each(quick.filter(({ picture }) => picture !== undefined))('$name: its picture', async (recording) => {
    const folder = mkdtempSync(join(tmpdir(), 'whorl-recording-'));
    try {
      const out = join(folder, 'picture.png');
      const played = await play(recording, ['src/cli/main.ts', 'readers', 'test', '--out', out, '--json']);
      expect(played.stderr).not.toMatch(/CRITICAL/);
      const [expected, got] = [recording.picture!, out].map((file) =>
        decodePng(readFileSync(file), { resolutionPpi: 500 }),
      );
      expect([got?.widthPx, got?.heightPx]).toEqual([expected?.widthPx, expected?.heightPx]);
      expect(Buffer.compare(got!.pixels, expected!.pixels)).toBe(0);
      expect(JSON.parse(played.stdout)).toMatchObject({ widthPx: expected?.widthPx, file: out });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each(quick.filter(({ picture }) => picture === undefined))('$name: a finger on its chip', async (recording) => {
    const played = await play(recording, [WALK]);
    expect(played.code, played.stderr).toBe(0);
    const { accepted, wanted, listed, verified, identified } = JSON.parse(played.stdout);
    expect(accepted).toBe(wanted);
    expect(verified).toBe('match');
    expect(listed ?? [true]).toEqual([true]);
    expect(identified ?? 'match').toBe('match');
  });
});
