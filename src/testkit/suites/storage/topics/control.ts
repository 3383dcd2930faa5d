/** Control codes. */

import { rejectsWith } from '../../adapter-test.ts';
import type { StorageClause } from '../storage-clause.ts';

export const CONTROL: readonly StorageClause[] = [
  {
    id: 'A-171',
    what: 'an unknown control code is refused',
    async check(_db, rig) {
      const request = { code: 0x7fff_ffff, privileged: false, sendBuffer: new Uint8Array(), receiveBufferSize: 0 };
      const { signal } = new AbortController();
      await rejectsWith('E_INVALIDARG', () => rig.adapter.control(request, { signal }));
    },
  },
];
