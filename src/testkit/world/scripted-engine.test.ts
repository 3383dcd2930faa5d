import { describe, test } from 'vitest';
import { WINBIO_PURPOSE_ENROLL } from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { engineSuite } from '../suites/engine/engine-suite.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { ScriptedFaceEngine, scriptedFrame } from './scripted-face-engine.ts';
import { scriptedFinger } from './scripted-fingers.ts';

const sampleOf = (image: GreyImage) => encodeFingerprintSample(image, { purpose: WINBIO_PURPOSE_ENROLL });
const blank = { widthPx: 16, heightPx: 16, resolutionPpi: 500, pixels: new Uint8Array(256).fill(255) };

describe.each([false, true])('scripted engine, index vectors %s', (indexed) => {
  const suite = engineSuite(async () => {
    const engine = new ScriptedEngine({ indexed });
    return {
      engine,
      sample: (finger) => sampleOf(scriptedFinger(finger)),
      blank: () => sampleOf(blank),
      close: () => engine.close(),
    };
  }, [...(indexed ? [] : ['index-vectors' as const]), 'calibration', 'presence', 'selection']);
  for (const { title, skipped, run } of suite) test.skipIf(skipped)(title, run);
});

describe('scripted face engine', () => {
  const suite = engineSuite(async () => {
    const engine = new ScriptedFaceEngine();
    return {
      engine,
      sample: (face) => sampleOf(scriptedFrame([{ trackingId: face, state: 'unknown', face }])),
      blank: () => sampleOf(blank),
      close: () => engine.close(),
    };
  }, ['index-vectors', 'calibration']);
  // A frame without people has no mark either, and its last pixel says how many there are.
  for (const { id, title, skipped, run } of suite) test.skipIf(skipped ?? id === 'A-120')(title, run);
  const empty = engineSuite(async () => {
    const engine = new ScriptedFaceEngine();
    return {
      engine,
      sample: () => sampleOf(scriptedFrame([])),
      blank: () => sampleOf(scriptedFrame([])),
      close: () => engine.close(),
    };
  });
  for (const { title, run } of empty.filter(({ id }) => id === 'A-120')) test(title, run);
});
