/**
 * Every function of winbio.h with the handles it takes. Operations come from the table of operations; the others are
 * listed here. The reference page is generated from it, and a test compares the binding and its comments with it.
 */

import type { ResultCode } from '../core/codes.ts';
import type { HandleKind } from '../core/operation-request.ts';
import { OPERATIONS, type WinBioOperation } from '../core/operation-table.ts';
import type { WinBio } from './bind-winbio.ts';

/** Name of a function of winbio.h. */
export type FunctionName = Extract<keyof WinBio, `WinBio${string}`>;

/** What a function does, and with which handles. */
export interface FunctionEntry {
  /** Its name. */
  readonly name: FunctionName;
  /** Kinds of handle it takes; empty for functions without a handle. */
  readonly handles: readonly HandleKind[];
  /** `WINBIO_OPERATION_*` of its notice on an asynchronous handle. */
  readonly operation?: number;
  /** The code that every call without a fault of the caller gets, where nothing is done. */
  readonly answer?: ResultCode;
  /** One English phrase. */
  readonly purpose: string;
}

const PURPOSES: Readonly<Record<WinBioOperation, string>> = {
  'capture-sample': 'captures a sample as a BIR',
  identify: 'captures a sample and searches it',
  verify: "captures a sample and compares it with one identity's templates",
  'locate-sensor': 'waits until a sensor is touched',
  'enroll-begin': 'opens an empty template',
  'enroll-select': 'picks a person; ignored for fingerprints',
  'enroll-capture': 'captures a sample and adds it to the template',
  'enroll-commit': 'stores the template',
  'enroll-discard': 'ends the enrollment without storing',
  'enum-enrollments': 'lists the sub-factors an identity has templates of',
  'delete-template': 'deletes templates',
  'get-property': 'reads a property',
  'set-property': "writes an account's anti-spoof setting",
  'lock-unit': 'takes exclusive use of a unit',
  'unlock-unit': 'gives up every lock of the session',
  'control-unit': 'sends a vendor command to an adapter',
  'logon-identified-user': 'switches to the account identified last',
  'register-event-monitor': 'reports samples nobody asked for',
  'unregister-event-monitor': 'ends the event monitor',
  'monitor-presence': 'reports people who come and go',
  'enum-biometric-units': 'lists units',
  'enum-databases': 'lists databases',
  'enum-service-providers': 'lists providers',
  'monitor-framework-changes': 'reports units that come and go, and their statuses',
  cancel: 'cancels everything pending on the handle',
  close: 'closes the session',
};

const SYNCHRONOUS: readonly HandleKind[] = ['synchronous'];
const SESSION: readonly HandleKind[] = ['synchronous', 'asynchronous'];

/** Functions that are not exactly one operation. */
const OTHERS: readonly FunctionEntry[] = [
  { name: 'WinBioOpenSession', handles: [], purpose: 'opens a synchronous session' },
  { name: 'WinBioAsyncOpenSession', handles: [], operation: 1, purpose: 'opens an asynchronous session' },
  { name: 'WinBioAsyncOpenFramework', handles: [], operation: 20, purpose: 'opens a framework connection' },
  { name: 'WinBioCloseFramework', handles: ['framework'], operation: 21, purpose: 'closes a framework connection' },
  { name: 'WinBioWait', handles: SESSION, purpose: 'waits until nothing is pending; yields no notice' },
  { name: 'WinBioFree', handles: [], purpose: 'releases a block, and wipes its bytes' },
  {
    name: 'WinBioControlUnitPrivileged',
    handles: SESSION,
    operation: 19,
    purpose: 'sends a vendor command to the privileged entry point',
  },
  { name: 'WinBioCaptureSampleWithCallback', handles: SYNCHRONOUS, purpose: 'capture, with a callback' },
  { name: 'WinBioEnrollCaptureWithCallback', handles: SYNCHRONOUS, purpose: 'enroll capture, with a callback' },
  { name: 'WinBioIdentifyWithCallback', handles: SYNCHRONOUS, purpose: 'identify, with a callback' },
  { name: 'WinBioVerifyWithCallback', handles: SYNCHRONOUS, purpose: 'verify, with a callback' },
  { name: 'WinBioLocateSensorWithCallback', handles: SYNCHRONOUS, purpose: 'locate, with a callback' },
  { name: 'WinBioEnumBiometricUnits', handles: [], purpose: 'lists units' },
  { name: 'WinBioEnumDatabases', handles: [], purpose: 'lists databases' },
  { name: 'WinBioEnumServiceProviders', handles: [], purpose: 'lists providers' },
  { name: 'WinBioAcquireFocus', handles: [], purpose: 'takes the focus for a service' },
  { name: 'WinBioReleaseFocus', handles: [], purpose: 'gives the focus back' },
  { name: 'WinBioGetEnabledSetting', handles: [], purpose: 'is the framework enabled' },
  { name: 'WinBioGetLogonSetting', handles: [], purpose: 'may people log on with a finger' },
  { name: 'WinBioGetDomainLogonSetting', handles: [], purpose: 'may they log on to domain accounts' },
  { name: 'WinBioGetEnrolledFactors', handles: [], purpose: 'factors an account has templates of' },
  { name: 'WinBioGetCredentialState', handles: [], purpose: 'has an account a credential record' },
  { name: 'WinBioSetCredential', handles: [], purpose: "stores the caller's password" },
  { name: 'WinBioRemoveCredential', handles: [], purpose: "removes an account's credential record" },
  { name: 'WinBioRemoveAllCredentials', handles: [], purpose: 'removes every credential record' },
  { name: 'WinBioRemoveAllDomainCredentials', handles: [], purpose: 'removes those of domain accounts' },
  { name: 'WinBioImproveBegin', handles: SESSION, answer: 'E_NOTIMPL', purpose: 'begins to improve templates' },
  { name: 'WinBioImproveEnd', handles: SESSION, answer: 'E_NOTIMPL', purpose: 'ends that' },
  { name: 'WinBioIsESSCapable', handles: [], purpose: 'can sign-in be isolated; always false' },
];

/** All functions, by name. `close` is one function for sessions and another for framework connections. */
export const FUNCTIONS: readonly FunctionEntry[] = [
  ...(Object.keys(PURPOSES) as WinBioOperation[]).map((kind): FunctionEntry => {
    const { page, handles, operation } = OPERATIONS[kind];
    const taken = kind === 'close' ? SESSION : handles;
    return { name: page, handles: taken, operation, purpose: PURPOSES[kind] };
  }),
  ...OTHERS,
].sort((a, b) => a.name.localeCompare(b.name, 'en'));
