/** What a session, a camera session or a framework connection can be asked to do. */

export type Operation =
  | 'identify'
  | 'verify'
  | 'locate'
  | 'capture'
  | 'begin'
  | 'enroll'
  | 'commit'
  | 'discard'
  | 'enumerate'
  | 'delete'
  | 'lock'
  | 'unlock'
  | 'control'
  | 'monitor'
  | 'unmonitor'
  | 'select'
  | 'property'
  | 'setting'
  | 'logon'
  | 'privileged'
  | 'presence'
  | 'units'
  | 'databases'
  | 'providers'
  | 'changes'
  | 'cancel';

/** Operations of a session. */
export const SESSION_OPERATIONS: readonly Operation[] = [
  'identify',
  'verify',
  'locate',
  'capture',
  'begin',
  'enroll',
  'commit',
  'discard',
  'enumerate',
  'delete',
  'lock',
  'unlock',
  'control',
  'monitor',
  'unmonitor',
  'select',
  'property',
  'setting',
  'logon',
  'privileged',
  'cancel',
];
/** Operations of a framework connection. */
export const FRAMEWORK_OPERATIONS: readonly Operation[] = ['units', 'databases', 'providers', 'changes', 'cancel'];
/** Operations of a session on the camera. */
export const CAMERA_OPERATIONS: readonly Operation[] = [
  'presence',
  'begin',
  'select',
  'enroll',
  'commit',
  'discard',
  'identify',
  'cancel',
];
/** Monitors, which are notified any number of times. */
export const MONITORS: readonly Operation[] = ['monitor', 'presence', 'changes'];
