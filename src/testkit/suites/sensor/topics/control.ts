/** Control codes, plain and privileged. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { NEVER } from '../begin-capture.ts';
import { controlRequest } from '../control-request.ts';
import type { SensorClause } from '../sensor-clause.ts';

export const CONTROL: readonly SensorClause[] = [
  {
    id: 'A-170',
    what: 'an answer that does not fit is refused',
    needs: 'echoCode',
    async check(sensor, rig) {
      const send = Uint8Array.of(1, 2, 3);
      const ok = await sensor.control(controlRequest(rig.echoCode, false, send, 3), { signal: NEVER });
      assert.deepEqual(ok.received, send);
      const small = controlRequest(rig.echoCode, false, send, 2);
      await rejectsWith('E_NOT_SUFFICIENT_BUFFER', () => sensor.control(small, { signal: NEVER }));
    },
  },
  {
    id: 'A-171',
    what: 'an unknown control code is refused',
    async check(sensor) {
      for (const privileged of [false, true]) {
        const request = controlRequest(0x7fff_fffe, privileged);
        await rejectsWith('E_INVALIDARG', () => sensor.control(request, { signal: NEVER }));
      }
    },
  },
  {
    id: 'A-174',
    what: 'a privileged command cannot be reached through the plain entry point',
    needs: 'privilegedCode',
    async check(sensor, rig) {
      await sensor.control(controlRequest(rig.privilegedCode, true), { signal: NEVER });
      const plain = controlRequest(rig.privilegedCode, false);
      await rejectsWith('E_INVALIDARG', () => sensor.control(plain, { signal: NEVER }));
    },
  },
  {
    id: 'A-174',
    what: 'a plain command cannot be reached through the privileged entry point',
    needs: 'plainCode',
    async check(sensor, rig) {
      await sensor.control(controlRequest(rig.plainCode, false), { signal: NEVER });
      const privileged = controlRequest(rig.plainCode, true);
      await rejectsWith('E_INVALIDARG', () => sensor.control(privileged, { signal: NEVER }));
    },
  },
];
