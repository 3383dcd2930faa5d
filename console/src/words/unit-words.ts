/** What a unit is and does, in words. WBF: constants 7. */

import type { UnitActivity } from '../../../src/exports/whorl/client/browser.ts';
import * as c from '../../../src/exports/whorl/winbio.ts';

const CAPABILITIES: readonly (readonly [flag: number, words: string])[] = [
  [c.WINBIO_CAPABILITY_SENSOR, 'captures'],
  [c.WINBIO_CAPABILITY_VIRTUAL_SENSOR, 'virtual sensor'],
  [c.WINBIO_CAPABILITY_PROCESSING, 'processes samples'],
  [c.WINBIO_CAPABILITY_MATCHING, 'compares on the device'],
  [c.WINBIO_CAPABILITY_DATABASE, 'stores on the device'],
  [c.WINBIO_CAPABILITY_ENCRYPTION, 'encrypts'],
  [c.WINBIO_CAPABILITY_NAVIGATION, 'navigation'],
  [c.WINBIO_CAPABILITY_INDICATOR, 'has an indicator'],
  [c.WINBIO_CAPABILITY_SECURE_SENSOR, 'secure sensor'],
  [c.WINBIO_CAPABILITY_SCP_V1, 'secure connection'],
  [c.WINBIO_CAPABILITY_WAKE, 'wakes the machine'],
];

/** "captures, virtual sensor". */
export function capabilityWords(capabilities: number): string {
  const words = CAPABILITIES.flatMap(([flag, word]) => ((capabilities & flag) === 0 ? [] : [word]));
  return words.length === 0 ? 'none' : words.join(', ');
}

export function poolWords(poolType: number): string {
  if (poolType === c.WINBIO_POOL_SYSTEM) return 'system pool';
  if (poolType === c.WINBIO_POOL_PRIVATE) return 'private pool';
  return 'no pool';
}

/** What the unit is doing, for the person at the reader. */
export function stateWords({ state, waiting, enrolling }: UnitActivity): string {
  if (state === 'failed') return 'failed';
  if (enrolling !== undefined && waiting.length === 0) return 'enrolling, between two touches';
  if (waiting.length > 0) return 'waiting for a finger';
  return state === 'capturing' ? 'waiting for a finger' : state;
}

const OPERATIONS: Readonly<Record<string, string>> = {
  identify: 'identify',
  verify: 'verify',
  'enroll-capture': 'enroll',
  'capture-sample': 'capture a sample',
  'locate-sensor': 'locate the sensor',
};

/** "identify, then enroll". */
export function waitingWords(waiting: readonly string[]): string {
  return waiting.map((kind) => OPERATIONS[kind] ?? kind).join(', then ');
}
