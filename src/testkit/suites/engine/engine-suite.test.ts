import { expect, test } from 'vitest';
import { crippled, failing } from '../../../../test/support/crippled.ts';
import { sampleImage } from '../../../../test/support/grey-images.ts';
import type { EngineAdapter } from '../../../adapters/engine-adapter.ts';
import type { GreyImage } from '../../../core/grey-image.ts';
import { encodeFingerprintSample } from '../../../formats/bir/fingerprint-sample.ts';
import { ScriptedEngine } from '../../world/scripted-engine.ts';
import { scriptedFinger } from '../../world/scripted-fingers.ts';
import { engineSuite } from './engine-suite.ts';

const engines: readonly [string, string, (engine: ScriptedEngine) => Partial<EngineAdapter>][] = [
  [
    'extracts for no purpose',
    'A-085',
    (engine) => ({ extract: (sample, _, options) => engine.extract(sample, 4, options) }),
  ],
  [
    'compares with the first template only',
    'A-097',
    (engine) => ({ verify: (features, templates, options) => engine.verify(features, templates.slice(0, 1), options) }),
  ],
  [
    'finds whoever is there',
    'A-098',
    () => ({
      identify: async (_features, gallery) => (gallery.size === 0 ? [] : [{ recordId: 1, score: 1 }]),
    }),
  ],
  [
    'hands a sample with nothing in it on',
    'A-102',
    (engine) => ({
      extract: async (sample, purpose, options) => {
        const outcome = await engine.extract(sample, purpose, options);
        return outcome.kind === 'rejected' ? { kind: 'features', features: Uint8Array.of(0, 0) } : outcome;
      },
    }),
  ],
  [
    'completes an enrollment without samples',
    'A-105',
    (engine) => ({
      createEnrollment: (subFactor) =>
        crippled(engine.createEnrollment(subFactor), {
          progress: { kind: 'complete', detail: 0, percentComplete: 100 },
        }),
    }),
  ],
  ['never finds a duplicate', 'A-111', () => ({ findDuplicates: async () => [] })],
  [
    'refuses fingers it does not know',
    'A-117',
    (engine) => ({
      createEnrollment: (subFactor) => {
        if (subFactor > 10) throw new TypeError('which finger is that?');
        return engine.createEnrollment(subFactor);
      },
    }),
  ],
  [
    'digests with whatever it likes',
    'A-092',
    (engine) => ({
      hashTemplate: (template) => engine.hashTemplate(template, '1.3.14.3.2.26'),
    }),
  ],
  [
    'does not stop',
    'engine-2',
    (engine) => ({
      identify: (features, gallery) => engine.identify(features, gallery, { signal: new AbortController().signal }),
    }),
  ],
];

test.each(engines)('the engine suite notices an engine that %s', async (_what, id, breakIt) => {
  const suite = engineSuite(async () => {
    const engine = new ScriptedEngine();
    const sampleOf = (image: GreyImage) => encodeFingerprintSample(image, { purpose: 4 });
    return {
      engine: crippled<EngineAdapter>(engine, breakIt(engine)),
      sample: (finger) => sampleOf(scriptedFinger(finger)),
      blank: () => sampleOf(sampleImage(20, 30)),
      close: () => engine.close(),
    };
  }, ['index-vectors', 'calibration', 'presence', 'selection']);
  expect(await failing(suite)).toContain(id);
});
