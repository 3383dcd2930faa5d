/** A closed engine. */

import { WINBIO_PURPOSE_IDENTIFY } from '../../../../core/constants.ts';
import { rejectsWith } from '../../adapter-test.ts';
import type { EngineClause } from '../engine-clause.ts';
import { OPEN } from '../engine-trial.ts';

export const CLOSING: readonly EngineClause[] = [
  {
    id: 'engine-3',
    what: 'a closed engine refuses everything, and closes again',
    async check(engine, trial) {
      const features = await trial.features(1, 1);
      const sample = await trial.rig.sample(1, 1);
      using gallery = engine.createGallery();
      gallery.add(1, await trial.template(1));
      await Promise.all([engine.close(), engine.close()]);
      const calls = [
        () => engine.extract(sample, WINBIO_PURPOSE_IDENTIFY, OPEN),
        () => engine.verify(features, [features], OPEN),
        () => engine.identify(features, gallery, OPEN),
        async () => engine.createGallery(),
        async () => engine.createEnrollment(1),
      ];
      for (const call of calls) await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', call);
    },
  },
];
