/** What an engine says of itself, and control codes it does not know. */

import assert from 'node:assert/strict';
import { isGuid } from '../../../../core/guid.ts';
import { rejectsWith } from '../../adapter-test.ts';
import type { EngineClause } from '../engine-clause.ts';
import type { EngineCapability } from '../engine-rig.ts';
import { OPEN } from '../engine-trial.ts';

export const DESCRIPTION: readonly EngineClause[] = [
  {
    id: 'A-171',
    what: 'an unknown control code is refused',
    async check(engine) {
      for (const privileged of [false, true]) {
        const request = { code: 0x7fff_fffe, privileged, sendBuffer: new Uint8Array(), receiveBufferSize: 64 };
        await rejectsWith('E_INVALIDARG', () => engine.control(request, OPEN));
      }
    },
  },
  {
    id: 'engine-1',
    what: 'its description is complete, and it has what it says',
    async check(engine, trial) {
      const { info } = engine;
      assert.ok(info.factor > 0 && isGuid(info.templateFormat) && info.sampleHint >= 0);
      assert.equal(info.hashAlgorithms !== undefined, engine.hashTemplate !== undefined);
      assert.equal((info.indexLength ?? 0) > 0, engine.indexVector !== undefined);
      const has: Record<EngineCapability, boolean> = {
        hashing: engine.hashTemplate !== undefined,
        'index-vectors': engine.indexVector !== undefined,
        calibration: engine.calibration !== undefined,
        presence: engine.identifyAll !== undefined,
        selection: info.needsSelector === true,
        control: !trial.lacks.includes('control'),
      };
      for (const [name, present] of Object.entries(has)) {
        assert.equal(present, !trial.lacks.includes(name as EngineCapability), `${name} is not as declared`);
      }
    },
  },
];
