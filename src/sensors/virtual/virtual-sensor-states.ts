/** The states of a virtual sensor and what moves it between them, as one table. */

/** Where a virtual sensor stands. */
export type VirtualSensorState =
  /** Nothing captures. */
  | 'idle'
  /** A capture waits for a finger. */
  | 'waiting'
  /** A finger is there, its image is being made. */
  | 'reading'
  /** A capture that hears neither aborts nor fingers; `dead` does not hear a reset either. */
  | 'hung'
  | 'dead'
  /** Idle, and the next capture will be hung, dead, or fail. */
  | 'will-hang'
  | 'will-die'
  | 'will-fail'
  | 'asleep'
  | 'gone'
  | 'closed';

/** What can happen to it. */
export type VirtualSensorEvent =
  | 'capture'
  | 'touch'
  | 'done'
  | 'abort'
  | 'hang'
  | 'die'
  | 'release'
  | 'fault'
  | 'reset'
  | 'suspend'
  | 'resume'
  | 'unplug'
  | 'close';

type Row = Readonly<Partial<Record<VirtualSensorEvent, VirtualSensorState>>>;

const ENDS: Row = { unplug: 'gone', close: 'closed' };

/** State x event -> next state; an event without an entry changes nothing. */
// biome-ignore format: one row a state reads as the table it is
export const VIRTUAL_SENSOR_TRANSITIONS: Readonly<Record<VirtualSensorState, Row>> = {
  idle: { ...ENDS, capture: 'waiting', hang: 'will-hang', die: 'will-die', fault: 'will-fail', suspend: 'asleep' },
  waiting: { ...ENDS, touch: 'reading', abort: 'idle', hang: 'hung', die: 'dead', fault: 'idle', reset: 'idle', suspend: 'asleep' },
  reading: { ...ENDS, done: 'idle', abort: 'idle', hang: 'hung', die: 'dead', fault: 'idle', reset: 'idle', suspend: 'asleep' },
  hung: { ...ENDS, release: 'waiting', fault: 'idle', reset: 'idle', die: 'dead' },
  dead: { ...ENDS, release: 'waiting' },
  'will-hang': { ...ENDS, capture: 'hung', release: 'idle', die: 'will-die', fault: 'will-fail', reset: 'idle', suspend: 'asleep' },
  'will-die': { ...ENDS, capture: 'dead', release: 'idle', suspend: 'asleep' },
  'will-fail': { ...ENDS, capture: 'idle', release: 'idle', hang: 'will-hang', die: 'will-die', reset: 'idle', suspend: 'asleep' },
  asleep: { ...ENDS, resume: 'idle' },
  gone: { close: 'closed' },
  closed: {},
};

/** States in which a capture is running. */
export const CAPTURING_STATES: readonly VirtualSensorState[] = ['waiting', 'reading', 'hung', 'dead'];
