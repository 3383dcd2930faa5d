/** What an extraction takes and refuses, and that it depends on its sample alone. */

import assert from 'node:assert/strict';
import { isBiometricError } from '../../../../core/biometric-error.ts';
import { WINBIO_PURPOSE_IDENTIFY } from '../../../../core/constants.ts';
import { rejectsWith } from '../../adapter-test.ts';
import type { EngineClause } from '../engine-clause.ts';
import { extract, OPEN } from '../engine-trial.ts';

const REFUSALS: readonly string[] = ['E_INVALIDARG', 'WHORL_E_MALFORMED', 'WHORL_E_UNSUPPORTED_FORMAT'];

export const EXTRACTION: readonly EngineClause[] = [
  {
    id: 'A-085',
    what: 'an empty sample, or one without a purpose, is refused',
    async check(engine, { rig }) {
      const sample = await rig.sample(1, 1);
      await rejectsWith('E_INVALIDARG', () => engine.extract(new Uint8Array(), WINBIO_PURPOSE_IDENTIFY, OPEN));
      for (const purpose of [0, 0x20, 0x100, -1, 1.5]) {
        await rejectsWith('E_INVALIDARG', () => engine.extract(sample, purpose, OPEN));
      }
      for (const purpose of [1, 2, 4, 8, 0x10, 0x1f]) {
        assert.equal((await engine.extract(sample, purpose, OPEN)).kind, 'features');
      }
    },
  },
  {
    id: 'A-086',
    what: 'what was extracted before changes nothing',
    async check(engine, trial) {
      const alone = await trial.features(1, 1);
      await trial.features(2, 1);
      assert.deepEqual(await extract(engine, await trial.rig.sample(1, 1)), alone);
    },
  },
  {
    id: 'A-087',
    what: 'what becomes of a sample after its extraction changes nothing',
    async check(engine, trial) {
      const sample = (await trial.rig.sample(1, 1)).slice();
      const features = await extract(engine, sample);
      const before = features.slice();
      sample.fill(0);
      assert.deepEqual(features, before);
      const { match } = await engine.verify(features, [await trial.template(1)], OPEN);
      assert.equal(match, true);
    },
  },
  {
    id: 'A-088',
    what: 'a sample that is not declared as an image of the standard is refused',
    async check(engine, trial) {
      const sample = (await trial.rig.sample(1, 1)).slice();
      const view = new DataView(sample.buffer);
      // BIR: the header block begins at 32, BiometricDataFormat lies 40 bytes into it.
      const format = view.getUint32(4, true) + 40;
      assert.equal(view.getUint16(format, true), 0x1b, 'the sample of the rig is no record with an image');
      view.setUint16(format, 0x1234, true);
      await refuses(() => engine.extract(sample, WINBIO_PURPOSE_IDENTIFY, OPEN));
      await refuses(() => engine.extract(Uint8Array.of(1, 2, 3), WINBIO_PURPOSE_IDENTIFY, OPEN));
    },
  },
  {
    id: 'A-102',
    what: 'a sample with nothing in it is rejected with a detail',
    async check(engine, { rig }) {
      const outcome = await engine.extract(await rig.blank(), WINBIO_PURPOSE_IDENTIFY, OPEN);
      assert.equal(outcome.kind, 'rejected');
      assert.ok(outcome.kind === 'rejected' && outcome.detail > 0);
    },
  },
];

/** Rejects unless the call is refused with one of the codes of bad input. */
async function refuses(attempt: () => Promise<unknown>): Promise<void> {
  const thrown: unknown = await attempt().then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(isBiometricError(thrown) && REFUSALS.includes(thrown.code), `expected a refusal, got ${String(thrown)}`);
}
