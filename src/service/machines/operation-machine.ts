/** Life of one operation. WBF: state machines 2. */

import type { StateTable } from '../../core/state-machine.ts';

export type OperationState = 'accepted' | 'queued' | 'active' | 'shielded' | 'done';
/** `shield`: the point of no return (a storage write), after which only the real outcome settles the operation. */
export type OperationTrigger = 'enqueue' | 'start' | 'shield' | 'settle' | 'cancel';

export const OPERATION_TABLE = {
  accepted: { enqueue: 'queued', start: 'active', settle: 'done', cancel: 'done' },
  queued: { start: 'active', settle: 'done', cancel: 'done' },
  active: { shield: 'shielded', settle: 'done', cancel: 'done' },
  shielded: { settle: 'done' },
  done: {},
} as const satisfies StateTable<OperationState, OperationTrigger>;
