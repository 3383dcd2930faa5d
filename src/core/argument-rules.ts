/**
 * Argument rules that need no service. The client checks them before it sends anything; the service, which trusts no
 * client, checks them again. Each rule returns the HRESULT of the first condition that is broken, in the order of D-15.
 */

import * as c from './constants.ts';
import { isGuid } from './guid.ts';
import { FAILED, type HRESULT } from './hresult.ts';
import { type Identity, isIdentity } from './identity.ts';
import type { OpenSessionRequest, OperationKind, OperationRequest, RequestOf } from './operation-request.ts';
import {
  E_INVALIDARG,
  E_POINTER,
  S_OK,
  WINBIO_E_INVALID_PROPERTY_ID,
  WINBIO_E_INVALID_PROPERTY_TYPE,
} from './result-constants.ts';
import { isEnrollableSubFactor, isSelectableSubFactor } from './sub-factor.ts';

const UINT32_MAX = 0xffffffff;
const PURPOSE_MASK = 0x9f;
const SAMPLE_FLAGS_MASK = 0xe7;

/** Checks the arguments of an open. WBF: sessions 4, rows V11, V14 to V20, V23, V26, V27. */
export function checkOpenArguments(request: OpenSessionRequest): HRESULT {
  const { factor, poolType, flags, units, unitCount, readers } = request;
  if (!isUint32(factor) || factor === 0 || (factor & ~c.WINBIO_TYPE_ANY) !== 0) return E_INVALIDARG; // D-05
  if (poolType !== c.WINBIO_POOL_SYSTEM && poolType !== c.WINBIO_POOL_PRIVATE) return E_INVALIDARG; // D-09
  if (!isUint32(flags)) return E_INVALIDARG;
  const access = flags & 0xffff;
  const configuration = flags - access;
  if ((access & ~(c.WINBIO_FLAG_RAW | c.WINBIO_FLAG_MAINTENANCE)) !== 0) return E_INVALIDARG; // D-06
  const system = poolType === c.WINBIO_POOL_SYSTEM;
  if (readers !== undefined && !(system && areReaders(readers))) return E_INVALIDARG;
  const allowed: readonly number[] = system ? [0] : [0, c.WINBIO_FLAG_BASIC, c.WINBIO_FLAG_ADVANCED];
  if (!allowed.includes(configuration)) return E_INVALIDARG;
  if (system) {
    if (units !== null || unitCount !== 0) return E_INVALIDARG; // D-08
    const database = request.database;
    const isDefault = database === null || ('selector' in database && database.selector === 'default');
    return isDefault ? S_OK : E_INVALIDARG; // D-07
  }
  if (!Array.isArray(units) || units.length === 0 || unitCount !== units.length) return E_INVALIDARG;
  if (!units.every(isUint32) || new Set(units).size !== units.length) return E_INVALIDARG;
  const { database } = request;
  return database !== null && 'databaseId' in database && isGuid(database.databaseId) ? S_OK : E_INVALIDARG;
}

/** Reader names and unit numbers, at least one. */
function areReaders(readers: unknown): boolean {
  const isReader = (reader: unknown) => (typeof reader === 'string' ? reader !== '' : isUint32(reader) && reader !== 0);
  return Array.isArray(readers) && readers.length > 0 && readers.every(isReader);
}

type Rule<K extends OperationKind> = (request: RequestOf<K>) => HRESULT;

const none = (): HRESULT => S_OK;
const named = (request: { readonly unitId: number }): HRESULT =>
  isUint32(request.unitId) && request.unitId !== 0 ? S_OK : E_INVALIDARG;
const factor = (request: { readonly factor: number }): HRESULT => checkFactorMask(request.factor);

const RULES: { readonly [K in OperationKind]: Rule<K> } = {
  'capture-sample': ({ purpose, flags }) => {
    if (!isUint8(purpose) || (purpose & ~PURPOSE_MASK) !== 0) return E_INVALIDARG;
    return isUint8(flags) && (flags & ~SAMPLE_FLAGS_MASK) === 0 ? S_OK : E_INVALIDARG;
  },
  identify: none,
  verify: ({ identity, subFactor }) =>
    // D-32: null and wildcard identities cannot be verified.
    first(checkIdentity(identity), ofOwner(identity), isSelectableSubFactor(subFactor) ? S_OK : E_INVALIDARG),
  'locate-sensor': none,
  'enroll-begin': (request) => first(isEnrollableSubFactor(request.subFactor) ? S_OK : E_INVALIDARG, named(request)),
  'enroll-select': ({ selector }) =>
    typeof selector === 'bigint' && selector > 0n && selector < 1n << 64n ? S_OK : E_INVALIDARG,
  'enroll-capture': none,
  'enroll-commit': ({ owner }) => (owner === undefined ? S_OK : first(checkIdentity(owner), ofOwner(owner))),
  'enroll-discard': none,
  'enum-enrollments': (request) => first(checkIdentity(request.identity), named(request), ofOwner(request.identity)),
  'delete-template': (request) =>
    first(
      checkIdentity(request.identity),
      named(request),
      request.identity.type === 'null' || !isSelectableSubFactor(request.subFactor) ? E_INVALIDARG : S_OK,
    ),
  'get-property': (request) => first(checkProperty(request), checkPropertyScope(request)),
  'set-property': (request) => {
    const { propertyType, propertyId, value } = request;
    const pointers = first(checkIdentity(request.identity), value instanceof Uint8Array ? S_OK : E_POINTER);
    if (FAILED(pointers)) return pointers;
    if (propertyType === 0 || propertyId === 0 || value.length === 0) return E_INVALIDARG;
    if (value.length > c.WINBIO_MAX_SET_PROPERTY_BUFFER_SIZE) return E_INVALIDARG;
    if (propertyType !== c.WINBIO_PROPERTY_TYPE_ACCOUNT) return WINBIO_E_INVALID_PROPERTY_TYPE;
    if (propertyId !== c.WINBIO_PROPERTY_ANTI_SPOOF_POLICY) return WINBIO_E_INVALID_PROPERTY_ID;
    return checkPropertyScope(request);
  },
  'lock-unit': named,
  'unlock-unit': named,
  'control-unit': (request) => {
    if (!(request.sendBuffer instanceof Uint8Array)) return E_POINTER;
    const component = isWithin(request.component, c.WINBIO_COMPONENT_SENSOR, c.WINBIO_COMPONENT_STORAGE);
    const sizes = isUint32(request.controlCode) && isUint32(request.receiveBufferSize);
    return first(named(request), component && sizes ? S_OK : E_INVALIDARG);
  },
  'logon-identified-user': none,
  'register-event-monitor': ({ eventMask }) =>
    // D-28: exactly one of the two events.
    eventMask === c.WINBIO_EVENT_FP_UNCLAIMED || eventMask === c.WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY
      ? S_OK
      : E_INVALIDARG,
  'unregister-event-monitor': none,
  'monitor-presence': named,
  'watch-samples': none,
  'enum-biometric-units': factor,
  'enum-databases': factor,
  'enum-service-providers': factor,
  'monitor-framework-changes': ({ changeTypes }) => {
    const known = c.WINBIO_FRAMEWORK_CHANGE_UNIT | c.WINBIO_FRAMEWORK_CHANGE_UNIT_STATUS;
    return isUint32(changeTypes) && changeTypes !== 0 && (changeTypes & ~known) === 0 ? S_OK : E_INVALIDARG;
  },
  cancel: none,
  close: none,
};

/** Checks the arguments of an operation. */
export function checkArguments(request: OperationRequest): HRESULT {
  return (RULES[request.kind] as Rule<OperationKind>)(request);
}

/**
 * Checks that an identity is of the kind that owns templates in the pool: SIDs in the system pool, GUIDs in private
 * ones (D-32).
 */
export function checkIdentityKind(request: OperationRequest, poolType: number): HRESULT {
  if (request.kind !== 'verify' && request.kind !== 'enum-enrollments' && request.kind !== 'delete-template')
    return S_OK;
  const wrong = poolType === c.WINBIO_POOL_SYSTEM ? 'guid' : 'sid';
  return request.identity.type === wrong ? E_INVALIDARG : S_OK;
}

/** Checks the factor mask of an enumeration: not 0, no invalid type bit (D-05). */
export function checkFactorMask(mask: number): HRESULT {
  return isUint32(mask) && mask !== 0 && (mask & ~c.WINBIO_TYPE_ANY) === 0 ? S_OK : E_INVALIDARG;
}

function first(...codes: HRESULT[]): HRESULT {
  return codes.find(FAILED) ?? S_OK;
}

function checkIdentity(identity: unknown): HRESULT {
  if (identity === null || identity === undefined) return E_POINTER;
  return isIdentity(identity) ? S_OK : E_INVALIDARG;
}

function ofOwner(identity: Identity): HRESULT {
  return identity?.type === 'sid' || identity?.type === 'guid' ? S_OK : E_INVALIDARG;
}

function checkProperty({ propertyType, propertyId }: { propertyType: number; propertyId: number }): HRESULT {
  if (propertyType === c.WINBIO_PROPERTY_TYPE_UNIT) {
    const known = isWithin(propertyId, c.WINBIO_PROPERTY_SAMPLE_HINT, c.WINBIO_PROPERTY_FP_IS_IMPROVING);
    return known ? S_OK : WINBIO_E_INVALID_PROPERTY_ID;
  }
  if (propertyType !== c.WINBIO_PROPERTY_TYPE_ACCOUNT) return WINBIO_E_INVALID_PROPERTY_TYPE;
  return propertyId === c.WINBIO_PROPERTY_ANTI_SPOOF_POLICY ? S_OK : WINBIO_E_INVALID_PROPERTY_ID;
}

/** Checks unit, identity and sub-factor of a property, by (type, id). WBF: constants 10, D-24. */
function checkPropertyScope(request: {
  propertyType: number;
  propertyId: number;
  unitId: number;
  identity: Identity | null;
  subFactor: number;
}): HRESULT {
  const { propertyType, propertyId, unitId, identity } = request;
  if (!isUint32(unitId) || request.subFactor !== c.WINBIO_SUBTYPE_NO_INFORMATION) return E_INVALIDARG;
  if (propertyType === c.WINBIO_PROPERTY_TYPE_UNIT) {
    if (identity !== null) return E_INVALIDARG;
    return (unitId === 0) === (propertyId === c.WINBIO_PROPERTY_FP_BU_STATE) ? S_OK : E_INVALIDARG;
  }
  if (unitId !== 0) return E_INVALIDARG;
  return identity === null || (isIdentity(identity) && ['sid', 'wildcard'].includes(identity.type))
    ? S_OK
    : E_INVALIDARG;
}

function isUint32(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= UINT32_MAX;
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return isUint32(value) && value >= least && value <= most;
}

function isUint8(value: unknown): value is number {
  return isUint32(value) && value <= 0xff;
}
