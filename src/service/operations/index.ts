/** The operations that sessions and framework connections can run. */

import type { OperationKind } from '../../core/operation-request.ts';
import type { OperationOn } from '../../core/operation-table.ts';
import { E_ACCESSDENIED, E_NOTIMPL } from '../../core/result-constants.ts';
import { isRecordedAfterwards } from '../access/audit.ts';
import type { ServiceContext } from '../context.ts';
import { failure, type Outcome } from '../outcome.ts';
import type { Framework } from '../sessions/framework.ts';
import type { Operation } from '../sessions/operation.ts';
import type { Session } from '../sessions/session.ts';
import { captureSample } from './capture-sample.ts';
import { controlUnit } from './control-unit.ts';
import { deleteTemplate } from './delete-template.ts';
import { enrollBegin } from './enroll-begin.ts';
import { enrollCapture } from './enroll-capture.ts';
import { enrollCommit } from './enroll-commit.ts';
import { enrollDiscard } from './enroll-discard.ts';
import { enrollSelect } from './enroll-select.ts';
import { enumEnrollments } from './enum-enrollments.ts';
import { enumerateOnHandle } from './enumerate.ts';
import { getProperty } from './get-property.ts';
import type { Call, Handler } from './handler.ts';
import { identify } from './identify.ts';
import { locateSensor } from './locate-sensor.ts';
import { lockUnit } from './lock-unit.ts';
import { logonIdentifiedUser } from './logon-identified-user.ts';
import { monitorFrameworkChanges } from './monitor-framework-changes.ts';
import { monitorPresence } from './monitor-presence.ts';
import { registerEventMonitor } from './register-event-monitor.ts';
import { setProperty } from './set-property.ts';
import { unlockUnit } from './unlock-unit.ts';
import { unregisterEventMonitor } from './unregister-event-monitor.ts';
import { verify } from './verify.ts';
import { watchSamples } from './watch-samples.ts';

/** Operations of the handle itself: see `sessions/handle.ts`. */
type OwnOperation = 'cancel' | 'close';
type Handlers<H, K extends OperationKind> = { readonly [Each in Exclude<K, OwnOperation>]: Handler<H, Each> };

const SESSION_HANDLERS = {
  'capture-sample': captureSample,
  identify,
  verify,
  'locate-sensor': locateSensor,
  'enroll-begin': enrollBegin,
  'enroll-select': enrollSelect,
  'enroll-capture': enrollCapture,
  'enroll-commit': enrollCommit,
  'enroll-discard': enrollDiscard,
  'enum-enrollments': enumEnrollments,
  'delete-template': deleteTemplate,
  'lock-unit': lockUnit,
  'unlock-unit': unlockUnit,
  'control-unit': controlUnit,
  'register-event-monitor': registerEventMonitor,
  'unregister-event-monitor': unregisterEventMonitor,
  'monitor-presence': monitorPresence,
  'watch-samples': watchSamples,
  'get-property': getProperty,
  'set-property': setProperty,
  'logon-identified-user': logonIdentifiedUser,
} as const satisfies Handlers<Session, OperationOn<'synchronous' | 'asynchronous'>>;

const FRAMEWORK_HANDLERS = {
  'enum-biometric-units': enumerateOnHandle,
  'enum-databases': enumerateOnHandle,
  'enum-service-providers': enumerateOnHandle,
  'monitor-framework-changes': monitorFrameworkChanges,
} as const satisfies Handlers<Framework, OperationOn<'framework'>>;

/** Runs an operation of a session. */
export function executeOnSession(
  context: ServiceContext,
  session: Session,
  operation: Operation,
): Promise<Outcome> | Outcome {
  const outcome = execute<Session>(SESSION_HANDLERS, { context, session, operation });
  if (!isRecordedAfterwards(operation.request.kind)) return outcome;
  return recordedAfterwards(context, session, operation, outcome);
}

/** Runs an operation of a framework connection. */
export function executeOnFramework(
  context: ServiceContext,
  session: Framework,
  operation: Operation,
): Promise<Outcome> | Outcome {
  return execute<Framework>(FRAMEWORK_HANDLERS, { context, session, operation });
}

function execute<H>(
  handlers: Partial<Handlers<H, OperationKind>>,
  call: Omit<Call<H, OperationKind>, 'request'>,
): Promise<Outcome> | Outcome {
  const { request } = call.operation;
  const handler = (handlers as Readonly<Record<string, unknown>>)[request.kind] as
    | Handler<H, OperationKind>
    | undefined;
  return handler === undefined ? failure(E_NOTIMPL) : handler({ ...call, request });
}

/** Reports to the client once the audit log has the record; a sample that cannot be recorded is not exported. */
async function recordedAfterwards(
  context: ServiceContext,
  session: Session,
  { request }: Operation,
  outcome: Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const ended = await outcome;
  const { hresult, unitId } = ended;
  if (hresult !== 0) return ended;
  try {
    await context.audit({ action: request.kind, sid: session.process.principal.sid, hresult, unitId });
    return ended;
  } catch {
    context.logger.error('the audit log cannot be written', { action: request.kind });
    return failure(E_ACCESSDENIED, unitId);
  }
}
