/** Samples become a template. */

import assert from 'node:assert/strict';
import { isBiometricError } from '../../../../core/biometric-error.ts';
import { rejectsWith } from '../../adapter-test.ts';
import type { EngineClause } from '../engine-clause.ts';
import { ABORTED, MAX_SAMPLES, OPEN } from '../engine-trial.ts';

export const ENROLLMENT: readonly EngineClause[] = [
  {
    id: 'A-104',
    what: 'an enrollment that was ended takes nothing more',
    async check(engine, trial) {
      const builder = engine.createEnrollment(1);
      builder[Symbol.dispose]();
      builder[Symbol.dispose]();
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', async () => builder.add(await trial.features(1, 1), OPEN));
      assert.throws(() => builder.template(), isBiometricError);
    },
  },
  {
    id: 'A-105',
    what: 'an enrollment asks for more until it is complete',
    async check(engine, trial) {
      using builder = engine.createEnrollment(1);
      assert.deepEqual(builder.progress, { kind: 'more-data', detail: 0, percentComplete: 0 });
      let samples = 0;
      let progress = builder.progress;
      while (progress.kind !== 'complete') {
        assert.ok(samples < MAX_SAMPLES, `not complete after ${samples} good samples`);
        assert.equal(progress.kind, 'more-data');
        samples += 1;
        progress = await builder.add(await trial.features(1, samples), OPEN);
      }
      assert.ok(engine.info.sampleHint === 0 || samples <= engine.info.sampleHint, 'the sample hint is too small');
      assert.ok(builder.template().length > 0);
    },
  },
  {
    id: 'A-106',
    what: 'a sample that is not taken leaves an enrollment as it was',
    async check(engine, trial) {
      using builder = engine.createEnrollment(1);
      const before = { ...(await builder.add(await trial.features(1, 1), OPEN)) };
      await rejectsWith('WINBIO_E_CANCELED', async () => builder.add(await trial.features(1, 2), ABORTED));
      assert.deepEqual(builder.progress, before);
      await assert.rejects(builder.add(new Uint8Array(1), OPEN), isBiometricError);
      assert.equal(builder.progress.percentComplete, before.percentComplete);
      assert.deepEqual(await trial.complete(builder, 1, 2), 'complete');
      assert.equal((await engine.verify(await trial.features(1, 8), [builder.template()], OPEN)).match, true);
    },
  },
  {
    id: 'A-107',
    what: 'looking at an enrollment does not change it',
    async check(engine, trial) {
      using builder = engine.createEnrollment(1);
      await builder.add(await trial.features(1, 1), OPEN);
      const seen = { ...builder.progress };
      for (let i = 0; i < 5; i++) assert.deepEqual({ ...builder.progress }, seen);
      await trial.complete(builder, 1, 2);
      assert.deepEqual(builder.template(), builder.template());
      builder.template().fill(0);
      assert.ok(
        builder.template().some((byte) => byte !== 0),
        'a template is handed out as a copy',
      );
    },
  },
  {
    id: 'A-108',
    what: 'before it is complete there is no template to hash or to store',
    async check(engine, trial) {
      using builder = engine.createEnrollment(1);
      assert.throws(() => builder.template(), { code: 'WINBIO_E_INVALID_OPERATION' });
      const { kind } = await builder.add(await trial.features(1, 1), OPEN);
      if (kind !== 'complete') assert.throws(() => builder.template(), { code: 'WINBIO_E_INVALID_OPERATION' });
    },
  },
  {
    id: 'A-117',
    what: 'every sub-factor is taken, known or not',
    async check(engine) {
      for (let subFactor = 1; subFactor < 0xff; subFactor++) engine.createEnrollment(subFactor)[Symbol.dispose]();
    },
  },
  {
    id: 'A-119',
    what: 'progress lies in 0 to 100 and does not fall',
    async check(engine, trial) {
      using builder = engine.createEnrollment(1);
      const seen = [builder.progress.percentComplete];
      for (let i = 1; i <= MAX_SAMPLES; i++) {
        const { kind, percentComplete } = await builder.add(await trial.features(1, i), OPEN);
        if (kind !== 'rejected') assert.equal(kind === 'complete', percentComplete === 100);
        seen.push(percentComplete);
      }
      assert.ok(seen.every((percent) => percent >= 0 && percent <= 100));
      assert.deepEqual(
        seen,
        [...seen].sort((a, b) => a - b),
      );
    },
  },
];
