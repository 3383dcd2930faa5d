/** Choosing a calibration format. */

import assert from 'node:assert/strict';
import { isBiometricError } from '../../../../core/biometric-error.ts';
import type { EngineClause } from '../engine-clause.ts';

export const CALIBRATION: readonly EngineClause[] = [
  {
    id: 'engine-5',
    what: 'it takes a calibration format it is offered, or says that there is none for it',
    needs: 'calibration',
    async check(engine) {
      const offered = '0F0E0D0C-0B0A-4908-8706-050403020100';
      try {
        const chosen = await engine.calibration?.select([offered]);
        if (chosen !== undefined) assert.ok(chosen.format === offered && chosen.maxBytes <= 4096);
      } catch (error) {
        assert.ok(isBiometricError(error) && error.code === 'WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT');
      }
    },
  },
];
