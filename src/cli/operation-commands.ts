/** Which command runs each operation; the reference of operations is generated from this table. */

import type { OperationKind } from '../core/operation-request.ts';
import type { CommandName } from './command-table.ts';

/** Null for operations that only programs run. */
export const OPERATION_COMMANDS = {
  'capture-sample': 'capture',
  identify: 'identify',
  verify: 'verify',
  'locate-sensor': 'locate',
  'enroll-begin': 'enroll',
  'enroll-select': null,
  'enroll-capture': 'enroll',
  'enroll-commit': 'enroll',
  'enroll-discard': 'enroll',
  'enum-enrollments': 'list',
  'delete-template': 'delete',
  'get-property': null,
  'set-property': null,
  'lock-unit': null,
  'unlock-unit': null,
  'control-unit': null,
  'logon-identified-user': null,
  'register-event-monitor': 'events',
  'unregister-event-monitor': 'events',
  'monitor-presence': null,
  'watch-samples': null,
  'enum-biometric-units': 'units',
  'enum-databases': 'databases',
  'enum-service-providers': null,
  'monitor-framework-changes': 'events',
  cancel: 'tour',
  close: 'tour',
} as const satisfies Record<OperationKind, CommandName | null>;
