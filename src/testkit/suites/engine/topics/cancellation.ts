/** Work that is aborted before it begins. */

import assert from 'node:assert/strict';
import { WINBIO_PURPOSE_ENROLL } from '../../../../core/constants.ts';
import { rejectsWith } from '../../adapter-test.ts';
import type { EngineClause } from '../engine-clause.ts';
import { ABORTED } from '../engine-trial.ts';

export const CANCELLATION: readonly EngineClause[] = [
  {
    id: 'engine-2',
    what: 'what is aborted before it begins ends with CANCELED',
    async check(engine, trial) {
      const features = await trial.features(1, 1);
      const template = await trial.template(1);
      using gallery = engine.createGallery();
      gallery.add(1, template);
      const calls = [
        async () => engine.extract(await trial.rig.sample(1, 1), WINBIO_PURPOSE_ENROLL, ABORTED),
        () => engine.verify(features, [template], ABORTED),
        () => engine.identify(features, gallery, ABORTED),
        () => engine.findDuplicates(template, gallery, ABORTED),
      ];
      for (const call of calls) await rejectsWith('WINBIO_E_CANCELED', call);
      assert.deepEqual(await trial.found(1, gallery), [1]);
    },
  },
];
