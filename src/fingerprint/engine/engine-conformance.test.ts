import { test } from 'vitest';
import { WINBIO_PURPOSE_ENROLL } from '../../core/constants.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { engineSuite } from '../../testkit/suites/engine/engine-suite.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { FingerprintEngine } from './fingerprint-engine.ts';

const samples = new Map<string, Uint8Array>();

function sample(finger: number, impression: number): Uint8Array {
  const key = `${finger} ${impression}`;
  const known = samples.get(key);
  if (known !== undefined) return known;
  const image = synthesizeImpression(synthesizeFinger(30 + finger), { seed: impression });
  const made = encodeFingerprintSample(image, { purpose: WINBIO_PURPOSE_ENROLL });
  samples.set(key, made);
  return made;
}

function blank(): Uint8Array {
  const image = { widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels: new Uint8Array(90_000).fill(255) };
  return encodeFingerprintSample(image, { purpose: WINBIO_PURPOSE_ENROLL });
}

const suite = engineSuite(async () => {
  const engine = new FingerprintEngine();
  return { engine, sample, blank, close: () => engine.close() };
}, ['index-vectors', 'calibration', 'presence', 'selection', 'control']);
for (const { title, skipped, run } of suite) test.skipIf(skipped)(title, run);
