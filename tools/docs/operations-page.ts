/** The reference page of the operations: one row each, with its name on every face. */

import { OPERATION_COMMANDS } from '../../src/cli/operation-commands.ts';
import type { OperationKind } from '../../src/core/operation-request.ts';
import { OPERATIONS, operationEntry } from '../../src/core/operation-table.ts';
import type { Enrollment, Session, WhorlService } from '../../src/exports/whorl/index.ts';

/** A method of `whorl`: object and name. */
type Method =
  | `session.${Extract<keyof Session, string>}`
  | `enrollment.${Extract<keyof Enrollment, string>}`
  | `service.${Extract<keyof WhorlService, string>}`;

/** The method that runs an operation; null where only `whorl/winbio` has it. */
export const OPERATION_METHODS = {
  'capture-sample': 'session.capture',
  identify: 'session.identify',
  verify: 'session.verify',
  'locate-sensor': 'session.locate',
  'enroll-begin': 'session.beginEnrollment',
  'enroll-select': null,
  'enroll-capture': 'enrollment.capture',
  'enroll-commit': 'enrollment.commit',
  'enroll-discard': 'enrollment.discard',
  'enum-enrollments': 'session.enrollments',
  'delete-template': 'session.deleteTemplate',
  'get-property': 'session.sampleHint',
  'set-property': null,
  'lock-unit': 'session.lockUnit',
  'unlock-unit': 'session.lockUnit',
  'control-unit': null,
  'logon-identified-user': null,
  'register-event-monitor': 'session.unclaimedSamples',
  'unregister-event-monitor': 'session.unclaimedSamples',
  'monitor-presence': 'session.presence',
  'watch-samples': 'session.watchSamples',
  'enum-biometric-units': 'service.units',
  'enum-databases': 'service.databases',
  'enum-service-providers': 'service.providers',
  'monitor-framework-changes': 'service.unitChanges',
  cancel: 'session.cancelAll',
  close: 'session.close',
} as const satisfies Record<OperationKind, Method | null>;

/** The whole page. */
export function operationsPage(): string {
  const code = (name: string | null) => (name === null ? '' : `\`${name}\``);
  const rows = (Object.keys(OPERATIONS) as OperationKind[]).map((kind) => {
    const { page, handles, queue, takesSample = false } = operationEntry(kind);
    const command = OPERATION_COMMANDS[kind];
    const names = [code(page), code(OPERATION_METHODS[kind]), code(command && `whorl ${command}`)];
    return `| \`${kind}\` | ${names.join(' | ')} | ${handles.join(', ')} | ${queue}${takesSample ? ', takes a sample' : ''} |`;
  });
  return `# Operations

Generated from \`src/core/operation-table.ts\` and the tables beside it. What each does: [winbio.md](winbio.md).

*queued* operations of a session run one at a time, in order; *bypass* runs at once; a *monitor* takes its turn to start, then
stays as a subscription. The command is one that runs the operation; Ctrl+C cancels in all of them.

| Operation | \`whorl/winbio\` | \`whorl\` | Command | Handles | Queue |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
