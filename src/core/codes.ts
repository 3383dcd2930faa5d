/**
 * The table of result codes: name, HRESULT, kind, remedy and meaning. A documentation page is generated from it, and
 * nothing else in the project writes a result code as a number.
 */

import { formatHresult, type HRESULT } from './hresult.ts';

/**
 * What a code says about the call: an `outcome` is an answer; every other failing kind means it was not carried out.
 */
export type CodeKind =
  | 'aborted'
  | 'configuration'
  | 'denied'
  | 'device'
  | 'internal'
  | 'outcome'
  | 'resources'
  | 'state'
  | 'storage'
  | 'success'
  | 'transient'
  | 'unsupported'
  | 'usage';

/** One entry of the code table. */
export interface CodeEntry {
  /** The number, unsigned. */
  readonly hresult: HRESULT;
  /** What it says about the call. */
  readonly kind: CodeKind;
  /** What to do about it: a key of {@link REMEDIES}. */
  readonly remedy: Remedy;
  /** One English phrase. */
  readonly meaning: string;
}

/** What a person can do about a code: an English sentence by key. */
export const REMEDIES = {
  'allow-more-time': 'Try again, or allow more time.',
  'ask-for-permission': 'Use an account that has this right, or have an administrator grant it.',
  'begin-again': 'Begin again.',
  'change-call-order': 'Call this in another state of the session or unit; the reference page lists the states.',
  'change-policy': 'Have an administrator change the policy.',
  'check-configuration': 'Check the configuration of the unit and its database.',
  'correct-configuration': 'Correct the setting that the message names; whorl config check tells what each may be.',
  'check-credential': 'Check the credential and the account.',
  'check-input': 'Check the file: the message says what is wrong with it and where.',
  'check-reader': 'Check that the reader is connected and ready, then try again.',
  'check-storage': 'Check that the database file can be reached and written, then try again.',
  'choose-another-request': 'This unit or service cannot do it; ask for something it supports.',
  'delete-first': 'Delete what is no longer needed, then try again.',
  discard: 'Discard this enrollment; the finger is enrolled already.',
  'enlarge-buffer': 'Give a larger buffer.',
  'fix-arguments': 'Correct the arguments of the call.',
  'free-resources': 'Close sessions or free results, then try again.',
  'look-at-the-state':
    'whorl doctor names the files; put the latest state back, or take this one as it is with whorl serve --accept-rollback.',
  none: 'Nothing needs to be done.',
  'open-a-session': 'Open a session and use its handle.',
  'catch-up': 'Catch up, then try again.',
  'mend-the-shared-database': 'whorl database status tells why the shared database cannot be reached or written.',
  'present-again': 'Present the finger again, as the reject detail advises.',
  report: 'This should not happen: report it with the diagnostics.',
  'read-again': 'Read it again, then change what is still to be changed.',
  'restore-backup':
    'End the service, move the damaged file away and run whorl import with a backup; without a backup, enroll again.',
  'restore-key': 'Put the key back where the configuration says it is, or restore the database from a backup.',
  retry: 'Wait until the other work has ended, then try again.',
  'start-over': 'Begin the operation again.',
  'take-the-lock': 'Lock the unit first, or wait until its owner unlocks it.',
  'try-another-finger': 'Try again, or with another finger.',
  'share-the-service': 'Connect to the service that owns it, or give this one another state directory.',
  'start-the-service': 'Start the service: whorl serve. Or embed one in this process: connect({ embedded: true }).',
  reconnect: 'Connect again; sessions of the old connection are closed.',
  upgrade: 'Use a version of the software that matches.',
  'upgrade-runtime': 'Use a newer version of Node.js or of the browser.',
  'use-private-pool': 'Use a private pool, or run on the active console.',
  wait: 'Wait before trying again.',
} as const;

/** Key of {@link REMEDIES}. */
export type Remedy = keyof typeof REMEDIES;

/** Every code of winbio_err.h, the common HRESULTs the interface uses, and our own `WHORL_E_*`. WBF: constants 14. */
// biome-ignore format: a row for each code keeps it a table
export const CODES = {
  S_OK: { hresult: 0x00000000, kind: 'success', remedy: 'none', meaning: 'success' },
  S_FALSE: { hresult: 0x00000001, kind: 'success', remedy: 'none', meaning: 'logon target is already the current user' },
  E_NOTIMPL: { hresult: 0x80004001, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'unit cannot do the requested capture' },
  E_POINTER: { hresult: 0x80004003, kind: 'usage', remedy: 'fix-arguments', meaning: 'mandatory pointer missing' },
  E_FAIL: { hresult: 0x80004005, kind: 'internal', remedy: 'report', meaning: 'unspecified' },
  E_UNEXPECTED: { hresult: 0x8000ffff, kind: 'internal', remedy: 'report', meaning: 'unspecified' },
  E_ACCESSDENIED: { hresult: 0x80070005, kind: 'denied', remedy: 'ask-for-permission', meaning: 'privilege missing' },
  E_HANDLE: { hresult: 0x80070006, kind: 'usage', remedy: 'open-a-session', meaning: 'handle is not valid' },
  E_OUTOFMEMORY: { hresult: 0x8007000e, kind: 'resources', remedy: 'free-resources', meaning: 'allocation failed' },
  E_INVALIDARG: { hresult: 0x80070057, kind: 'usage', remedy: 'fix-arguments', meaning: 'argument value wrong or incompatible' },
  E_NOT_SUFFICIENT_BUFFER: { hresult: 0x8007007a, kind: 'usage', remedy: 'enlarge-buffer', meaning: 'adapter receive buffer too small' },
  SEC_E_LOGON_DENIED: { hresult: 0x8009030c, kind: 'denied', remedy: 'check-credential', meaning: 'credential wrong / user cannot log on' },
  WINBIO_E_UNSUPPORTED_FACTOR: { hresult: 0x80098001, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'the service does not handle that factor' },
  WINBIO_E_INVALID_UNIT: { hresult: 0x80098002, kind: 'usage', remedy: 'fix-arguments', meaning: 'unit ID does not name a valid device' },
  WINBIO_E_UNKNOWN_ID: { hresult: 0x80098003, kind: 'outcome', remedy: 'try-another-finger', meaning: 'sample (or given identity) matches no known identity' },
  WINBIO_E_CANCELED: { hresult: 0x80098004, kind: 'aborted', remedy: 'none', meaning: 'operation canceled before it could complete' },
  WINBIO_E_NO_MATCH: { hresult: 0x80098005, kind: 'outcome', remedy: 'try-another-finger', meaning: 'sample does not match the given identity + sub-factor' },
  WINBIO_E_CAPTURE_ABORTED: { hresult: 0x80098006, kind: 'aborted', remedy: 'start-over', meaning: 'capture aborted' },
  WINBIO_E_ENROLLMENT_IN_PROGRESS: { hresult: 0x80098007, kind: 'transient', remedy: 'retry', meaning: 'another enrollment is under way' },
  WINBIO_E_BAD_CAPTURE: { hresult: 0x80098008, kind: 'outcome', remedy: 'present-again', meaning: 'sample unusable; see reject detail' },
  WINBIO_E_INVALID_CONTROL_CODE: { hresult: 0x80098009, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'control code not supported by the unit' },
  WINBIO_E_DATA_COLLECTION_IN_PROGRESS: { hresult: 0x8009800b, kind: 'transient', remedy: 'retry', meaning: 'driver already has a pending data collection' },
  WINBIO_E_UNSUPPORTED_DATA_FORMAT: { hresult: 0x8009800c, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'driver cannot produce the data format' },
  WINBIO_E_UNSUPPORTED_DATA_TYPE: { hresult: 0x8009800d, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'driver cannot produce the data type' },
  WINBIO_E_UNSUPPORTED_PURPOSE: { hresult: 0x8009800e, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'driver cannot serve the purpose' },
  WINBIO_E_INVALID_DEVICE_STATE: { hresult: 0x8009800f, kind: 'device', remedy: 'check-reader', meaning: 'unit in the wrong state for the operation' },
  WINBIO_E_DEVICE_BUSY: { hresult: 0x80098010, kind: 'transient', remedy: 'retry', meaning: 'sensor busy' },
  WINBIO_E_DATABASE_CANT_CREATE: { hresult: 0x80098011, kind: 'storage', remedy: 'check-storage', meaning: 'storage adapter could not create a database' },
  WINBIO_E_DATABASE_CANT_OPEN: { hresult: 0x80098012, kind: 'storage', remedy: 'check-storage', meaning: 'could not open' },
  WINBIO_E_DATABASE_CANT_CLOSE: { hresult: 0x80098013, kind: 'storage', remedy: 'check-storage', meaning: 'could not close' },
  WINBIO_E_DATABASE_CANT_ERASE: { hresult: 0x80098014, kind: 'storage', remedy: 'check-storage', meaning: 'could not erase' },
  WINBIO_E_DATABASE_CANT_FIND: { hresult: 0x80098015, kind: 'usage', remedy: 'check-configuration', meaning: 'could not find the database' },
  WINBIO_E_DATABASE_ALREADY_EXISTS: { hresult: 0x80098016, kind: 'usage', remedy: 'choose-another-request', meaning: 'database exists already' },
  WINBIO_E_DATABASE_FULL: { hresult: 0x80098018, kind: 'resources', remedy: 'delete-first', meaning: 'no room for another record' },
  WINBIO_E_DATABASE_LOCKED: { hresult: 0x80098019, kind: 'transient', remedy: 'retry', meaning: 'database locked' },
  WINBIO_E_DATABASE_CORRUPTED: { hresult: 0x8009801a, kind: 'storage', remedy: 'restore-backup', meaning: 'contents corrupted' },
  WINBIO_E_DATABASE_NO_SUCH_RECORD: { hresult: 0x8009801b, kind: 'outcome', remedy: 'none', meaning: 'nothing deleted, no matching record' },
  WINBIO_E_DUPLICATE_ENROLLMENT: { hresult: 0x8009801c, kind: 'outcome', remedy: 'delete-first', meaning: 'identity + sub-factor already enrolled' },
  WINBIO_E_DATABASE_READ_ERROR: { hresult: 0x8009801d, kind: 'storage', remedy: 'check-storage', meaning: 'read failed' },
  WINBIO_E_DATABASE_WRITE_ERROR: { hresult: 0x8009801e, kind: 'storage', remedy: 'check-storage', meaning: 'write failed' },
  WINBIO_E_DATABASE_NO_RESULTS: { hresult: 0x8009801f, kind: 'outcome', remedy: 'none', meaning: 'query matched nothing' },
  WINBIO_E_DATABASE_NO_MORE_RECORDS: { hresult: 0x80098020, kind: 'outcome', remedy: 'none', meaning: 'result set exhausted' },
  WINBIO_E_DATABASE_EOF: { hresult: 0x80098021, kind: 'storage', remedy: 'restore-backup', meaning: 'unexpected end of file' },
  WINBIO_E_DATABASE_BAD_INDEX_VECTOR: { hresult: 0x80098022, kind: 'usage', remedy: 'fix-arguments', meaning: 'malformed index vector' },
  WINBIO_E_INCORRECT_BSP: { hresult: 0x80098024, kind: 'usage', remedy: 'fix-arguments', meaning: 'unit belongs to another service provider' },
  WINBIO_E_INCORRECT_SENSOR_POOL: { hresult: 0x80098025, kind: 'usage', remedy: 'fix-arguments', meaning: 'unit belongs to another pool' },
  WINBIO_E_NO_CAPTURE_DATA: { hresult: 0x80098026, kind: 'device', remedy: 'present-again', meaning: 'capture buffer empty' },
  WINBIO_E_INVALID_SENSOR_MODE: { hresult: 0x80098027, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'sensor mode unsupported' },
  WINBIO_E_LOCK_VIOLATION: { hresult: 0x8009802a, kind: 'transient', remedy: 'take-the-lock', meaning: 'locking conflict' },
  WINBIO_E_DUPLICATE_TEMPLATE: { hresult: 0x8009802b, kind: 'outcome', remedy: 'discard', meaning: 'template matches another template in the database' },
  WINBIO_E_INVALID_OPERATION: { hresult: 0x8009802c, kind: 'state', remedy: 'change-call-order', meaning: 'not valid in the current state of session or unit' },
  WINBIO_E_SESSION_BUSY: { hresult: 0x8009802d, kind: 'transient', remedy: 'retry', meaning: 'session already runs another operation' },
  WINBIO_E_CRED_PROV_DISABLED: { hresult: 0x80098030, kind: 'denied', remedy: 'change-policy', meaning: 'policy disables the biometric credential provider' },
  WINBIO_E_CRED_PROV_NO_CREDENTIAL: { hresult: 0x80098031, kind: 'outcome', remedy: 'none', meaning: 'credential not found' },
  WINBIO_E_DISABLED: { hresult: 0x80098032, kind: 'denied', remedy: 'change-policy', meaning: 'policy disables the biometric service' },
  WINBIO_E_CONFIGURATION_FAILURE: { hresult: 0x80098033, kind: 'configuration', remedy: 'check-configuration', meaning: 'unit could not be configured' },
  WINBIO_E_SENSOR_UNAVAILABLE: { hresult: 0x80098034, kind: 'device', remedy: 'check-reader', meaning: 'private pool impossible: some unit not available' },
  WINBIO_E_SAS_ENABLED: { hresult: 0x80098035, kind: 'denied', remedy: 'change-policy', meaning: 'secure attention sequence required for logon' },
  WINBIO_E_DEVICE_FAILURE: { hresult: 0x80098036, kind: 'device', remedy: 'check-reader', meaning: 'sensor failed' },
  WINBIO_E_FAST_USER_SWITCH_DISABLED: { hresult: 0x80098037, kind: 'denied', remedy: 'change-policy', meaning: 'fast user switching disabled' },
  WINBIO_E_NOT_ACTIVE_CONSOLE: { hresult: 0x80098038, kind: 'denied', remedy: 'use-private-pool', meaning: 'system pool not reachable from a remote session' },
  WINBIO_E_EVENT_MONITOR_ACTIVE: { hresult: 0x80098039, kind: 'state', remedy: 'change-call-order', meaning: 'session already has an event monitor' },
  WINBIO_E_INVALID_PROPERTY_TYPE: { hresult: 0x8009803a, kind: 'usage', remedy: 'fix-arguments', meaning: 'bad property type' },
  WINBIO_E_INVALID_PROPERTY_ID: { hresult: 0x8009803b, kind: 'usage', remedy: 'fix-arguments', meaning: 'bad property ID' },
  WINBIO_E_UNSUPPORTED_PROPERTY: { hresult: 0x8009803c, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'unit does not support the property' },
  WINBIO_E_ADAPTER_INTEGRITY_FAILURE: { hresult: 0x8009803d, kind: 'configuration', remedy: 'check-configuration', meaning: 'adapter failed its integrity check' },
  WINBIO_E_INCORRECT_SESSION_TYPE: { hresult: 0x8009803e, kind: 'state', remedy: 'change-call-order', meaning: 'operation needs another kind of session handle' },
  WINBIO_E_SESSION_HANDLE_CLOSED: { hresult: 0x8009803f, kind: 'state', remedy: 'open-a-session', meaning: 'handle already closed / marked for closure' },
  WINBIO_E_DEADLOCK_DETECTED: { hresult: 0x80098040, kind: 'state', remedy: 'change-call-order', meaning: 'aborted because it would deadlock' },
  WINBIO_E_NO_PREBOOT_IDENTITY: { hresult: 0x80098041, kind: 'outcome', remedy: 'none', meaning: 'no pre-boot identity' },
  WINBIO_E_MAX_ERROR_COUNT_EXCEEDED: { hresult: 0x80098042, kind: 'denied', remedy: 'wait', meaning: 'too many errors' },
  WINBIO_E_AUTO_LOGON_DISABLED: { hresult: 0x80098043, kind: 'denied', remedy: 'change-policy', meaning: 'policy disables pre-boot auto-logon' },
  WINBIO_E_INVALID_TICKET: { hresult: 0x80098044, kind: 'usage', remedy: 'fix-arguments', meaning: 'ticket wrong or expired' },
  WINBIO_E_TICKET_QUOTA_EXCEEDED: { hresult: 0x80098045, kind: 'denied', remedy: 'wait', meaning: 'too many tickets' },
  WINBIO_E_DATA_PROTECTION_FAILURE: { hresult: 0x80098046, kind: 'storage', remedy: 'restore-backup', meaning: 'data could not be decrypted' },
  WINBIO_E_CRED_PROV_SECURITY_LOCKOUT: { hresult: 0x80098047, kind: 'denied', remedy: 'wait', meaning: 'locked out after too many unknown scans' },
  WINBIO_E_UNSUPPORTED_POOL_TYPE: { hresult: 0x80098048, kind: 'unsupported', remedy: 'choose-another-request', meaning: 'pool type not supported for the factor' },
  WINBIO_E_SELECTION_REQUIRED: { hresult: 0x80098049, kind: 'state', remedy: 'change-call-order', meaning: 'an individual must be selected before enrolling' },
  WINBIO_E_PRESENCE_MONITOR_ACTIVE: { hresult: 0x8009804a, kind: 'state', remedy: 'change-call-order', meaning: 'session already has a presence monitor' },
  WINBIO_E_INVALID_SUBFACTOR: { hresult: 0x8009804b, kind: 'usage', remedy: 'fix-arguments', meaning: 'sub-factor out of range or unsupported' },
  WINBIO_E_INVALID_CALIBRATION_FORMAT_ARRAY: { hresult: 0x8009804c, kind: 'configuration', remedy: 'check-configuration', meaning: 'sensor returned a bad calibration format list' },
  WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT: { hresult: 0x8009804d, kind: 'configuration', remedy: 'check-configuration', meaning: 'no common calibration format' },
  WINBIO_E_UNSUPPORTED_SENSOR_CALIBRATION_FORMAT: { hresult: 0x8009804e, kind: 'configuration', remedy: 'check-configuration', meaning: 'sensor cannot use the format' },
  WINBIO_E_CALIBRATION_BUFFER_TOO_SMALL: { hresult: 0x8009804f, kind: 'configuration', remedy: 'check-configuration', meaning: 'calibration buffer too small' },
  WINBIO_E_CALIBRATION_BUFFER_TOO_LARGE: { hresult: 0x80098050, kind: 'configuration', remedy: 'check-configuration', meaning: 'calibration buffer too large' },
  WINBIO_E_CALIBRATION_BUFFER_INVALID: { hresult: 0x80098051, kind: 'configuration', remedy: 'check-configuration', meaning: 'calibration buffer not valid' },
  WINBIO_E_INVALID_KEY_IDENTIFIER: { hresult: 0x80098052, kind: 'usage', remedy: 'fix-arguments', meaning: 'key identifier invalid' },
  WINBIO_E_KEY_CREATION_FAILED: { hresult: 0x80098053, kind: 'internal', remedy: 'report', meaning: 'key cannot be created' },
  WINBIO_E_KEY_IDENTIFIER_BUFFER_TOO_SMALL: { hresult: 0x80098054, kind: 'usage', remedy: 'enlarge-buffer', meaning: 'key identifier buffer too small' },
  WINBIO_E_PROPERTY_UNAVAILABLE: { hresult: 0x80098055, kind: 'transient', remedy: 'retry', meaning: 'property has no data right now' },
  WINBIO_E_POLICY_PROTECTION_UNAVAILABLE: { hresult: 0x80098056, kind: 'denied', remedy: 'choose-another-request', meaning: 'no TPM 2.0' },
  WINBIO_E_INSECURE_SENSOR: { hresult: 0x80098057, kind: 'denied', remedy: 'choose-another-request', meaning: 'no secure data path' },
  WINBIO_E_INVALID_BUFFER_ID: { hresult: 0x80098058, kind: 'usage', remedy: 'fix-arguments', meaning: 'secure buffer id not valid' },
  WINBIO_E_INVALID_BUFFER: { hresult: 0x80098059, kind: 'usage', remedy: 'fix-arguments', meaning: 'secure buffer not valid' },
  WINBIO_E_TRUSTLET_INTEGRITY_FAIL: { hresult: 0x8009805a, kind: 'configuration', remedy: 'check-configuration', meaning: 'secure component compromised' },
  WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND: { hresult: 0x8009805b, kind: 'aborted', remedy: 'start-over', meaning: 'platform suspended during enrollment' },
  WINBIO_I_MORE_DATA: { hresult: 0x00090001, kind: 'success', remedy: 'none', meaning: 'good sample, template needs more' },
  WINBIO_I_EXTENDED_STATUS_INFORMATION: { hresult: 0x00090002, kind: 'success', remedy: 'none', meaning: 'several status values in the result, check each' },
  WHORL_E_MALFORMED: { hresult: 0xa0090001, kind: 'usage', remedy: 'check-input', meaning: 'bytes are not a valid record of the format they claim' },
  WHORL_E_UNSUPPORTED_FORMAT: { hresult: 0xa0090002, kind: 'unsupported', remedy: 'check-input', meaning: 'record uses a feature of its format that is not supported' },
  WHORL_E_LIMIT_EXCEEDED: { hresult: 0xa0090003, kind: 'resources', remedy: 'check-input', meaning: 'input declares more than the limit allows' },
  WHORL_E_NEWER_FORMAT: { hresult: 0xa0090004, kind: 'configuration', remedy: 'upgrade', meaning: 'written by a newer version than this one' },
  WHORL_E_CONFIGURATION: { hresult: 0xa0090005, kind: 'configuration', remedy: 'correct-configuration', meaning: 'configuration is not valid' },
  WHORL_E_STATE_LOCKED: { hresult: 0xa0090006, kind: 'configuration', remedy: 'share-the-service', meaning: 'another process owns the state directory' },
  WHORL_E_SERVICE_NOT_RUNNING: { hresult: 0xa0090007, kind: 'transient', remedy: 'start-the-service', meaning: 'no service answers' },
  WHORL_E_CONNECTION_LOST: { hresult: 0xa0090008, kind: 'transient', remedy: 'reconnect', meaning: 'the connection to the service ended' },
  WHORL_E_PROTOCOL: { hresult: 0xa0090009, kind: 'internal', remedy: 'upgrade', meaning: 'a message did not follow the protocol' },
  WHORL_E_KEY_MISSING: { hresult: 0xa009000a, kind: 'configuration', remedy: 'restore-key', meaning: 'the key that sealed a template is not there' },
  WHORL_E_PLATFORM: { hresult: 0xa009000b, kind: 'unsupported', remedy: 'upgrade-runtime', meaning: 'the runtime lacks what this needs' },
  WHORL_E_DEADLINE: { hresult: 0xa009000c, kind: 'aborted', remedy: 'allow-more-time', meaning: 'the deadline passed before it could complete' },
  WHORL_E_NO_SUCH_PERSON: { hresult: 0xa009000e, kind: 'usage', remedy: 'fix-arguments', meaning: 'the directory has no such person' },
  WHORL_E_PERSON_EXISTS: { hresult: 0xa009000f, kind: 'usage', remedy: 'fix-arguments', meaning: 'another person has this identity or number' },
  WHORL_E_PERSON_CHANGED: { hresult: 0xa0090010, kind: 'state', remedy: 'read-again', meaning: 'the person was changed by somebody else meanwhile' },
  WHORL_E_NO_SUCH_ENROLLMENT: { hresult: 0xa0090011, kind: 'state', remedy: 'begin-again', meaning: 'the enrollment is over, or was never there' },
  WHORL_E_OFFLINE: { hresult: 0xa0090012, kind: 'transient', remedy: 'mend-the-shared-database', meaning: 'the shared database cannot be reached' },
  WHORL_E_READ_ONLY: { hresult: 0xa0090013, kind: 'transient', remedy: 'mend-the-shared-database', meaning: 'the shared database takes no writes' },
  WHORL_E_VIEW_TOO_OLD: { hresult: 0xa0090014, kind: 'state', remedy: 'mend-the-shared-database', meaning: 'the shared database was not reached for too long' },
  WHORL_E_STALE: { hresult: 0xa0090015, kind: 'transient', remedy: 'catch-up', meaning: 'somebody else changed the shared database meanwhile' },
  WHORL_E_RESYNC: { hresult: 0xa0090016, kind: 'state', remedy: 'read-again', meaning: 'the shared database has another history' },
  WHORL_E_INCOMPLETE: { hresult: 0xa0090017, kind: 'transient', remedy: 'wait', meaning: 'part of the gallery did not answer' },
  WHORL_E_ROLLED_BACK: { hresult: 0xa009000d, kind: 'storage', remedy: 'look-at-the-state', meaning: 'the state directory, or a file in it, is of an earlier day' },
} as const satisfies Record<string, CodeEntry>;

/** Name of a code in {@link CODES}. */
export type CodeName = keyof typeof CODES;

/** A known name, or the number of a code that no table lists; such codes survive unchanged. */
export type ResultCode = CodeName | `HRESULT_0x${string}`;

const NAMES = new Map<number, CodeName>(
  (Object.entries(CODES) as [CodeName, CodeEntry][]).map(([name, entry]) => [entry.hresult, name]),
);

/**
 * Name of an HRESULT; `HRESULT_0x........` when the table does not list it.
 *
 * @example
 * ```ts
 * codeName(0x80098005); // 'WINBIO_E_NO_MATCH'
 * ```
 */
export function codeName(hr: HRESULT): ResultCode {
  return NAMES.get(hr >>> 0) ?? `HRESULT_${formatHresult(hr)}`;
}

/** Table entry of an HRESULT, or undefined when the table does not list it. */
export function codeEntry(hr: HRESULT): CodeEntry | undefined {
  const name = NAMES.get(hr >>> 0);
  return name === undefined ? undefined : CODES[name];
}
