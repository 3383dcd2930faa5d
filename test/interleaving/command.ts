/** Random commands, and the world they are drawn for. */

import fc from 'fast-check';
import { type Operation, SESSION_OPERATIONS } from './operation.ts';

/** Readers of the world; its camera comes after them. */
export const READERS = 2;
/** Client processes. */
export const PROCESSES = 2;
/** Sessions that commands can reach at a time. */
export const SLOTS = 6;
export const CAMERA_UNIT = READERS + 1;

/** One step of a run. */
export type Command =
  | { readonly kind: 'open'; readonly slot: number; readonly process: number; readonly choice: number }
  | { readonly kind: 'do'; readonly slot: number; readonly operation: Operation; readonly unit: number }
  | { readonly kind: 'close'; readonly slot: number }
  | { readonly kind: 'touch' | 'tap'; readonly reader: number; readonly finger: number }
  | { readonly kind: 'bad'; readonly reader: number }
  | { readonly kind: 'show'; readonly person: number; readonly state: number }
  | { readonly kind: 'fault' | 'hang' | 'release' | 'unplug' | 'plug'; readonly reader: number }
  | { readonly kind: 'focus'; readonly process: number }
  /** A whole enrollment of one finger, as far as the others let it. */
  | { readonly kind: 'enroll'; readonly slot: number; readonly unit: number; readonly finger: number }
  | { readonly kind: 'sleep' }
  | { readonly kind: 'tick'; readonly turns: number };

const slot = fc.nat(SLOTS - 1);
const reader = fc.nat(READERS - 1);

export const COMMAND: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('open'), slot, process: fc.nat(PROCESSES - 1), choice: fc.nat(4) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('do'),
      slot,
      operation: fc.constantFrom(...SESSION_OPERATIONS),
      unit: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close'), slot }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('touch', 'tap'), reader, finger: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('bad'), reader }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('show'), person: fc.integer({ min: 1, max: 3 }), state: fc.nat(3) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('fault', 'hang', 'release', 'unplug', 'plug'), reader }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('focus'), process: fc.nat(PROCESSES) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('enroll'),
      slot,
      unit: fc.integer({ min: 1, max: 2 }),
      finger: fc.nat(2),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'sleep' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tick'), turns: fc.nat(3) }) },
) as fc.Arbitrary<Command>;
