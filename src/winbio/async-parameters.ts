/** Operation number and union member of a notice: inputs echoed, outputs zero when there are none. */

import * as c from '../core/constants.ts';
import type { OperationKind, OperationRequest, RequestOf } from '../core/operation-request.ts';
import type { OperationValues } from '../core/operation-result.ts';
import { operationEntry } from '../core/operation-table.ts';
import type { ControlUnitParameters, PropertyParameters } from './async-result.ts';
import { toWinbioIdentity } from './identity.ts';
import { bspSchema, storageSchema, unitSchema, winbioEvent } from './to-structures.ts';

type Build<K extends OperationKind> = (request: RequestOf<K>, values: OperationValues) => object;

/** Null for operations whose notice has no member. */
const BUILD: { readonly [K in OperationKind]: Build<K> | null } = {
  verify: (_, { match = false, rejectDetail = 0 }) => ({ Verify: { Match: match, RejectDetail: rejectDetail } }),
  identify: (_, { identity, subFactor = 0, rejectDetail = 0 }) => ({
    Identify: { Identity: toWinbioIdentity(identity), SubFactor: subFactor, RejectDetail: rejectDetail },
  }),
  'enroll-begin': ({ subFactor }) => ({ EnrollBegin: { SubFactor: subFactor } }),
  'enroll-capture': (_, { rejectDetail = 0 }) => ({ EnrollCapture: { RejectDetail: rejectDetail } }),
  'enroll-commit': (_, { identity, isNewTemplate = false }) => ({
    EnrollCommit: { Identity: toWinbioIdentity(identity), IsNewTemplate: isNewTemplate },
  }),
  'enroll-select': ({ selector }) => ({ EnrollSelect: { SelectorValue: selector } }),
  'enum-enrollments': ({ identity }, { subFactors = [] }) => ({
    EnumEnrollments: {
      Identity: toWinbioIdentity(identity),
      SubFactorCount: subFactors.length,
      SubFactorArray: subFactors.length > 0 ? Uint8Array.from(subFactors) : null,
    },
  }),
  'capture-sample': (_, { sample, rejectDetail = 0 }) => ({
    CaptureSample: { Sample: sample ?? null, SampleSize: sample?.length ?? 0, RejectDetail: rejectDetail },
  }),
  'delete-template': ({ identity, subFactor }) => ({
    DeleteTemplate: { Identity: toWinbioIdentity(identity), SubFactor: subFactor },
  }),
  'get-property': (request, { property }) => ({ GetProperty: propertyParameters(request, property ?? null) }),
  'set-property': (request) => ({ SetProperty: propertyParameters(request, request.value.slice()) }),
  'monitor-presence': () => ({ MonitorPresence: { ChangeType: 0, PresenceCount: 0, PresenceArray: null } }),
  'register-event-monitor': () => ({ GetEvent: { Event: winbioEvent(undefined) } }),
  'unregister-event-monitor': () => ({ GetEvent: { Event: winbioEvent(undefined) } }),
  'control-unit': (request, values) => ({ ControlUnit: controlParameters(request, values) }),
  'enum-service-providers': (_, { providers = [] }) => ({
    EnumServiceProviders: { BspCount: providers.length, BspSchemaArray: list(providers.map(bspSchema)) },
  }),
  'enum-biometric-units': (_, { units = [] }) => ({
    EnumBiometricUnits: { UnitCount: units.length, UnitSchemaArray: list(units.map(unitSchema)) },
  }),
  'enum-databases': (_, { databases = [] }) => ({
    EnumDatabases: { StorageCount: databases.length, StorageSchemaArray: list(databases.map(storageSchema)) },
  }),
  'locate-sensor': null,
  'enroll-discard': null,
  'lock-unit': null,
  'unlock-unit': null,
  'logon-identified-user': null,
  'watch-samples': null,
  'monitor-framework-changes': null,
  cancel: null,
  close: null,
};

/** Union member of a notice; an empty object for operations that have none. */
export function asyncParameters(request: OperationRequest, values: OperationValues): object {
  return (BUILD[request.kind] as Build<OperationKind> | null)?.(request, values) ?? {};
}

/** `Operation` of a notice, `WINBIO_OPERATION_*`. */
export function asyncOperation(request: OperationRequest, framework: boolean): number {
  if (request.kind === 'control-unit' && request.privileged) return c.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED;
  if (request.kind === 'close' && framework) return c.WINBIO_OPERATION_CLOSE_FRAMEWORK;
  return operationEntry(request.kind).operation;
}

function propertyParameters(
  request: RequestOf<'get-property' | 'set-property'>,
  buffer: Uint8Array | null,
): PropertyParameters {
  return {
    PropertyType: request.propertyType,
    PropertyId: request.propertyId,
    Identity: toWinbioIdentity(request.identity ?? undefined),
    SubFactor: request.subFactor,
    PropertyBufferSize: buffer?.length ?? 0,
    PropertyBuffer: buffer,
  };
}

function controlParameters(request: RequestOf<'control-unit'>, values: OperationValues): ControlUnitParameters {
  const received = values.received ?? new Uint8Array();
  const ReceiveBuffer = new Uint8Array(request.receiveBufferSize);
  ReceiveBuffer.set(received);
  return {
    Component: request.component,
    ControlCode: request.controlCode,
    OperationStatus: values.operationStatus ?? 0,
    SendBuffer: request.sendBuffer.slice(),
    SendBufferSize: request.sendBuffer.length,
    ReceiveBuffer,
    ReceiveBufferSize: request.receiveBufferSize,
    ReceiveDataSize: received.length,
  };
}

function list<T>(items: T[]): T[] | null {
  return items.length > 0 ? items : null;
}
