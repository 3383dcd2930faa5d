/** Life of a reader that a client of the bus has claimed. A verification or enrollment that is over stays until it is stopped. */

import type { StateTable } from '../../core/state-machine.ts';

export type ClaimState =
  | 'opening'
  | 'idle'
  | 'verifying'
  | 'verified'
  | 'enrolling'
  | 'enrolled'
  | 'stopping'
  | 'deleting'
  | 'closed';
/** `over`: its last result was told. `refused`: it did not begin. `done`: stopped, or deleted. */
export type ClaimTrigger = 'opened' | 'verify' | 'enroll' | 'refused' | 'over' | 'stop' | 'delete' | 'done' | 'close';

export const CLAIM_TABLE = {
  opening: { opened: 'idle', close: 'closed' },
  idle: { verify: 'verifying', enroll: 'enrolling', delete: 'deleting', close: 'closed' },
  verifying: { refused: 'idle', over: 'verified', stop: 'stopping', close: 'closed' },
  verified: { stop: 'stopping', close: 'closed' },
  enrolling: { refused: 'idle', over: 'enrolled', stop: 'stopping', close: 'closed' },
  enrolled: { stop: 'stopping', close: 'closed' },
  stopping: { done: 'idle', close: 'closed' },
  deleting: { done: 'idle', close: 'closed' },
  closed: {},
} as const satisfies StateTable<ClaimState, ClaimTrigger>;

/** States in which there is something that VerifyStop, or EnrollStop, ends. */
export const STOPPABLE: Readonly<Record<'verify' | 'enroll', readonly ClaimState[]>> = {
  verify: ['verifying', 'verified'],
  enroll: ['enrolling', 'enrolled'],
};
