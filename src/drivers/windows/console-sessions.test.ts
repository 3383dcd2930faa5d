/** Locked sessions, by the bytes of Windows. */

import { expect, test } from 'vitest';
import { isLockedInformation } from './console-sessions.ts';

/** WTSINFOEX of level 1: session 2, active, with these flags. */
function information(flags: number): Uint8Array {
  const bytes = Buffer.alloc(232);
  for (const [at, value] of [
    [0, 1],
    [8, 2],
    [16, flags],
  ] as const) {
    bytes.writeInt32LE(value, at);
  }
  return bytes;
}

test.each([
  ['locked', 0, true],
  ['unlocked', 1, false],
  ['unknown', -1, false],
])('a session that is %s', (_, flags, isLocked) => {
  expect(isLockedInformation(information(flags))).toBe(isLocked);
});

test('what is too short says nothing', () => {
  expect(isLockedInformation(new Uint8Array(16))).toBe(false);
});
