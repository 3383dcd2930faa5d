/** Life of a unit's capture loop: no capture starts before the last one has ended. WBF: workflows B2a. */

import type { StateTable } from '../../core/state-machine.ts';

export type PumpState = 'idle' | 'capturing' | 'stopping' | 'delivering' | 'failed' | 'gone';
/** `ended`: the sensor is at rest again, with or without a sample; `delivered`: its receivers are done with it. */
export type PumpTrigger = 'start' | 'stop' | 'ended' | 'delivered' | 'fail' | 'remove';

export const PUMP_TABLE = {
  idle: { start: 'capturing', fail: 'failed', remove: 'gone' },
  capturing: { stop: 'stopping', ended: 'delivering', fail: 'failed', remove: 'gone' },
  // A sample that arrived before the sensor saw the abort is used (workflows B2).
  stopping: { ended: 'delivering', fail: 'failed', remove: 'gone' },
  delivering: { delivered: 'idle', fail: 'failed', remove: 'gone' },
  failed: { remove: 'gone' },
  gone: {},
} as const satisfies StateTable<PumpState, PumpTrigger>;
