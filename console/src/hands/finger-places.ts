/** Where the fingers of a pair of hands are drawn: palms down, as you see your own. */

import type { FingerName } from '../../../src/exports/whorl/client/browser.ts';

/** A finger from palm to tip, in units of the drawing of one hand. */
export interface FingerPlace {
  readonly base: readonly [x: number, y: number];
  readonly tip: readonly [x: number, y: number];
  readonly width: number;
}

export const HAND_WIDTH = 200;
export const HAND_HEIGHT = 214;

const RIGHT_HAND: Readonly<Record<string, FingerPlace>> = {
  thumb: { base: [72, 172], tip: [27, 118], width: 31 },
  index: { base: [72, 128], tip: [60, 48], width: 27 },
  middle: { base: [101, 124], tip: [100, 28], width: 28 },
  ring: { base: [130, 128], tip: [139, 44], width: 27 },
  little: { base: [154, 142], tip: [175, 80], width: 24 },
};

/** Place of a finger within the drawing of its hand. */
export function placeOf(finger: FingerName): FingerPlace {
  const [hand, name = ''] = finger.split('-');
  const place = RIGHT_HAND[name] ?? { base: [0, 0], tip: [0, 0], width: 0 };
  return hand === 'right' ? place : mirrored(place);
}

function mirrored({ base, tip, width }: FingerPlace): FingerPlace {
  return { base: [HAND_WIDTH - base[0], base[1]], tip: [HAND_WIDTH - tip[0], tip[1]], width };
}

/** Fingers of each hand, from left to right. */
export const FINGERS_OF: Readonly<Record<'left' | 'right', readonly FingerName[]>> = {
  left: ['left-little', 'left-ring', 'left-middle', 'left-index', 'left-thumb'],
  right: ['right-thumb', 'right-index', 'right-middle', 'right-ring', 'right-little'],
};
