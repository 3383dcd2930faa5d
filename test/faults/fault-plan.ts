/** Which fault can strike in the middle of which operation. */

import * as w from '../../src/exports/whorl/winbio.ts';
import { VIRTUAL_CONTROL_ECHO } from '../../src/sensors/virtual/virtual-control.ts';
import { openSync } from '../support/sessions.ts';
import { INDEX, THUMB, type World } from '../support/world.ts';

/** The finger that is enrolled beforehand, and one that is not. */
export const ENROLLED = 1;
export const OTHER = 2;
/** The finger that the next client enrolls. */
export const LAST = 3;

/** An operation, and the moment at which the fault strikes. */
export interface Moment {
  readonly operation: string;
  /** `finger`: waiting for one. `turn`: waiting for another session. Otherwise the adapter call in progress. */
  readonly during: 'finger' | 'turn' | (string & {});
  /** What must hold beforehand. */
  readonly before?: (world: World) => Promise<unknown>;
  /** Begins the operation; resolves to its result. */
  readonly begin: (world: World) => Promise<number>;
}

export interface FaultKind {
  readonly name: string;
  /** Moments at which the fault can strike. */
  readonly suits: (moment: Moment) => boolean;
  /** Called before the operation begins. */
  readonly arm?: (world: World, moment: Moment) => void;
  /** Called in the middle of the operation. */
  readonly strike: (world: World) => Promise<void> | void;
  /** Called once the outcome is known: repairs the world. */
  readonly mend?: (world: World) => Promise<void> | void;
}

const identify = (world: World) => world.identifying();
const verify = (world: World) => world.winbio.WinBioVerify(world.handle, world.self, INDEX, w.out(), w.out(), w.out());
const enrollCapture = (world: World) => world.winbio.WinBioEnrollCapture(world.handle, w.out());
const commit = (world: World) => world.winbio.WinBioEnrollCommit(world.handle, w.out(), w.out());
const begun = (world: World) => world.begin(THUMB);
const complete = (world: World) => world.complete(OTHER, { subFactor: THUMB });
const locked = (world: World) => world.winbio.WinBioLockUnit(world.handle, 1);

/** The moment a template is stored. */
export const COMMIT: Moment = {
  operation: 'enroll commit',
  during: 'database.add',
  before: complete,
  begin: commit,
};

export const MOMENTS: readonly Moment[] = [
  {
    operation: 'capture sample',
    during: 'finger',
    begin: ({ winbio, handle }) =>
      winbio.WinBioCaptureSample(
        handle,
        w.WINBIO_NO_PURPOSE_AVAILABLE,
        w.WINBIO_DATA_FLAG_RAW,
        w.out(),
        w.out(),
        w.out(),
        w.out(),
      ),
  },
  { operation: 'identify', during: 'finger', begin: identify },
  { operation: 'identify', during: 'engine.extract', begin: identify },
  { operation: 'identify', during: 'engine.identify', begin: identify },
  { operation: 'verify', during: 'finger', begin: verify },
  { operation: 'verify', during: 'engine.extract', begin: verify },
  { operation: 'verify', during: 'engine.verify', begin: verify },
  {
    operation: 'locate sensor',
    during: 'finger',
    begin: ({ winbio, handle }) => winbio.WinBioLocateSensor(handle, w.out()),
  },
  { operation: 'enroll capture', during: 'finger', before: begun, begin: enrollCapture },
  { operation: 'enroll capture', during: 'engine.extract', before: begun, begin: enrollCapture },
  { operation: 'enroll capture', during: 'enrollment.add', before: begun, begin: enrollCapture },
  { operation: 'enroll commit', during: 'engine.findDuplicates', before: complete, begin: commit },
  COMMIT,
  {
    operation: 'delete template',
    during: 'database.delete',
    begin: (world) => world.winbio.WinBioDeleteTemplate(world.handle, 1, world.self, w.WINBIO_SUBTYPE_ANY),
  },
  {
    operation: 'control unit',
    during: 'sensor.control',
    before: locked,
    begin: ({ winbio, handle }) =>
      winbio.WinBioControlUnit(
        handle,
        1,
        w.WINBIO_COMPONENT_SENSOR,
        VIRTUAL_CONTROL_ECHO,
        new Uint8Array(4),
        4,
        new Uint8Array(16),
        16,
        w.out(),
        w.out(),
      ),
  },
  {
    operation: 'lock unit',
    during: 'turn',
    before: async (world) => world.winbio.WinBioLockUnit(await openSync(world.host, world.process), 1),
    begin: ({ winbio, handle }) => winbio.WinBioLockUnit(handle, 1),
  },
  {
    operation: 'enumerate enrollments',
    during: 'nothing',
    begin: (world) => world.winbio.WinBioEnumEnrollments(world.handle, 1, world.self, w.out(), w.out()),
  },
  {
    operation: 'enroll begin',
    during: 'nothing',
    begin: ({ winbio, handle }) => winbio.WinBioEnrollBegin(handle, THUMB, 1),
  },
  {
    operation: 'enroll discard',
    during: 'nothing',
    before: begun,
    begin: ({ winbio, handle }) => winbio.WinBioEnrollDiscard(handle),
  },
  {
    operation: 'get property',
    during: 'nothing',
    begin: ({ winbio, handle }) => {
      const [type, id] = [w.WINBIO_PROPERTY_TYPE_UNIT, w.WINBIO_PROPERTY_SAMPLE_HINT];
      return winbio.WinBioGetProperty(handle, type, id, 1, null, 0, w.out(), w.out());
    },
  },
  {
    operation: 'unlock unit',
    during: 'nothing',
    before: locked,
    begin: ({ winbio, handle }) => winbio.WinBioUnlockUnit(handle, 1),
  },
];

const isCall = ({ during }: Moment) => during.includes('.');
const always = () => true;
/** The longest a call to an adapter may take. */
const DEADLINE_MS = 60_000;
const FINISH_MS = 5000;

const falling = new WeakMap<World, Promise<void>>();

export const FAULTS: readonly FaultKind[] = [
  {
    name: 'canceled',
    suits: always,
    // A cancel waits for what can no longer be undone.
    strike: ({ winbio, handle }) => {
      void winbio.WinBioCancel(handle);
    },
  },
  { name: 'the sensor fails', suits: always, strike: ({ host }) => host.reader(0).fault(), mend: release },
  {
    name: 'the sensor hangs, canceled after',
    suits: ({ during }) => during === 'finger',
    strike: async (world) => {
      world.host.reader(0).hang();
      await world.winbio.WinBioCancel(world.handle);
      world.host.clock.advance(FINISH_MS);
    },
    mend: release,
  },
  {
    name: 'the sensor hangs for good, canceled after',
    suits: ({ during }) => during === 'finger',
    strike: async (world) => {
      world.host.reader(0).hang({ ignoresReset: true });
      await world.winbio.WinBioCancel(world.handle);
      world.host.clock.advance(2 * FINISH_MS);
    },
    // A sensor that does not recover has to be replugged.
    mend: ({ host }) => host.reader(0).replug(),
  },
  {
    name: 'unplugged',
    suits: always,
    strike: ({ host }) => host.reader(0).unplug(),
    mend: ({ host }) => host.reader(0).plug(),
  },
  {
    name: 'the machine sleeps',
    suits: always,
    // Sleep waits for the adapter call in progress.
    strike: (world) => {
      falling.set(world, world.host.suspend());
    },
    mend: async (world) => {
      await falling.get(world);
      await world.host.resume();
    },
  },
  { name: 'the client is gone', suits: always, strike: ({ process }) => process.end() },
  {
    name: 'the adapter throws',
    suits: isCall,
    arm: ({ tap }, { during }) => tap.fail(during, new TypeError('a fault of the adapter')),
    strike: () => {},
  },
  {
    name: 'the adapter never answers',
    suits: isCall,
    strike: ({ host }) => host.clock.advance(DEADLINE_MS),
  },
];

function release({ host }: World): void {
  host.reader(0).release();
}
