/** Life of a session or framework handle once it is open. WBF: state machines 1. */

import type { StateTable } from '../../core/state-machine.ts';

export type HandleState = 'open' | 'closing' | 'closed';
export type HandleTrigger = 'close' | 'drained';

export const HANDLE_TABLE = {
  open: { close: 'closing' },
  closing: { drained: 'closed' },
  closed: {},
} as const satisfies StateTable<HandleState, HandleTrigger>;
