/** Probes with a mate in the gallery: synthetic fingers and, where available, prints of the development sets. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '../src/evaluation/load-dataset.ts';
import { extractImpression } from '../src/fingerprint/extract.ts';
import { synthesizeMinutiae } from '../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../src/fingerprint/synthesis/synthesize-template.ts';
import { encodeTemplate } from '../src/fingerprint/template/template-codec.ts';

/** A finger in the gallery and probes of it. */
export interface MatedFinger {
  readonly source: 'synthetic' | 'real';
  readonly reference: Uint8Array;
  readonly probes: readonly Uint8Array[];
}

const SETS = ['fvc2002-db1b', 'fvc2002-db3b', 'fvc2004-db1b', 'fvc2004-db3b'];
/** Fingers that an earlier set contains under another name: 32 pairs of impressions score 5 to 8. */
const SEEN_BEFORE = ['fvc2004-db3b 102'];
/** Seeds that no distractor has. */
const FIRST_SEED = 2 ** 40;

/** Fingers without an image. */
export function syntheticFingers(count: number, first = FIRST_SEED): MatedFinger[] {
  return Array.from({ length: count }, (_, i) => {
    const finger = synthesizeMinutiae(first + i);
    return {
      source: 'synthetic',
      reference: synthesizeTemplate(finger, 1),
      probes: [2, 3].map((impression) => synthesizeTemplate(finger, impression)),
    };
  });
}

/** Fingers of the development sets: the first impression is enrolled, the others are probes. Empty without the data. */
export function realFingers(): MatedFinger[] {
  const root = process.env.WHORL_TEST_DATA ?? '../shared/data';
  return SETS.filter((set) => existsSync(join(root, set))).flatMap((set) => {
    const fingers = new Map<string, Uint8Array[]>();
    for (const { finger, image } of loadDataset(join(root, set))) {
      if (SEEN_BEFORE.includes(`${set} ${finger}`)) continue;
      const templates = fingers.get(finger) ?? [];
      fingers.set(finger, [...templates, encodeTemplate([extractImpression(image)])]);
    }
    return [...fingers.values()].flatMap(([reference, ...probes]) =>
      reference === undefined ? [] : [{ source: 'real', reference, probes }],
    );
  });
}
