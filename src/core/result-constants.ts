/**
 * The result codes under their header names, read from the one table of `codes.ts`, whose meanings their comments
 * repeat.
 */

import { CODES } from './codes.ts';
import type { HRESULT } from './hresult.ts';

/** 0x00000000: success. */
export const S_OK: HRESULT = CODES.S_OK.hresult;
/** 0x00000001: logon target is already the current user. */
export const S_FALSE: HRESULT = CODES.S_FALSE.hresult;
/** 0x80004001: unit cannot do the requested capture. */
export const E_NOTIMPL: HRESULT = CODES.E_NOTIMPL.hresult;
/** 0x80004003: mandatory pointer missing. */
export const E_POINTER: HRESULT = CODES.E_POINTER.hresult;
/** 0x80004005: unspecified. */
export const E_FAIL: HRESULT = CODES.E_FAIL.hresult;
/** 0x8000FFFF: unspecified. */
export const E_UNEXPECTED: HRESULT = CODES.E_UNEXPECTED.hresult;
/** 0x80070005: privilege missing. */
export const E_ACCESSDENIED: HRESULT = CODES.E_ACCESSDENIED.hresult;
/** 0x80070006: handle is not valid. */
export const E_HANDLE: HRESULT = CODES.E_HANDLE.hresult;
/** 0x8007000E: allocation failed. */
export const E_OUTOFMEMORY: HRESULT = CODES.E_OUTOFMEMORY.hresult;
/** 0x80070057: argument value wrong or incompatible. */
export const E_INVALIDARG: HRESULT = CODES.E_INVALIDARG.hresult;
/** 0x8007007A: adapter receive buffer too small. */
export const E_NOT_SUFFICIENT_BUFFER: HRESULT = CODES.E_NOT_SUFFICIENT_BUFFER.hresult;
/** 0x8009030C: credential wrong / user cannot log on. */
export const SEC_E_LOGON_DENIED: HRESULT = CODES.SEC_E_LOGON_DENIED.hresult;
/** 0x80098001: the service does not handle that factor. */
export const WINBIO_E_UNSUPPORTED_FACTOR: HRESULT = CODES.WINBIO_E_UNSUPPORTED_FACTOR.hresult;
/** 0x80098002: unit ID does not name a valid device. */
export const WINBIO_E_INVALID_UNIT: HRESULT = CODES.WINBIO_E_INVALID_UNIT.hresult;
/** 0x80098003: sample (or given identity) matches no known identity. */
export const WINBIO_E_UNKNOWN_ID: HRESULT = CODES.WINBIO_E_UNKNOWN_ID.hresult;
/** 0x80098004: operation canceled before it could complete. */
export const WINBIO_E_CANCELED: HRESULT = CODES.WINBIO_E_CANCELED.hresult;
/** 0x80098005: sample does not match the given identity + sub-factor. */
export const WINBIO_E_NO_MATCH: HRESULT = CODES.WINBIO_E_NO_MATCH.hresult;
/** 0x80098006: capture aborted. */
export const WINBIO_E_CAPTURE_ABORTED: HRESULT = CODES.WINBIO_E_CAPTURE_ABORTED.hresult;
/** 0x80098007: another enrollment is under way. */
export const WINBIO_E_ENROLLMENT_IN_PROGRESS: HRESULT = CODES.WINBIO_E_ENROLLMENT_IN_PROGRESS.hresult;
/** 0x80098008: sample unusable; see reject detail. */
export const WINBIO_E_BAD_CAPTURE: HRESULT = CODES.WINBIO_E_BAD_CAPTURE.hresult;
/** 0x80098009: control code not supported by the unit. */
export const WINBIO_E_INVALID_CONTROL_CODE: HRESULT = CODES.WINBIO_E_INVALID_CONTROL_CODE.hresult;
/** 0x8009800B: driver already has a pending data collection. */
export const WINBIO_E_DATA_COLLECTION_IN_PROGRESS: HRESULT = CODES.WINBIO_E_DATA_COLLECTION_IN_PROGRESS.hresult;
/** 0x8009800C: driver cannot produce the data format. */
export const WINBIO_E_UNSUPPORTED_DATA_FORMAT: HRESULT = CODES.WINBIO_E_UNSUPPORTED_DATA_FORMAT.hresult;
/** 0x8009800D: driver cannot produce the data type. */
export const WINBIO_E_UNSUPPORTED_DATA_TYPE: HRESULT = CODES.WINBIO_E_UNSUPPORTED_DATA_TYPE.hresult;
/** 0x8009800E: driver cannot serve the purpose. */
export const WINBIO_E_UNSUPPORTED_PURPOSE: HRESULT = CODES.WINBIO_E_UNSUPPORTED_PURPOSE.hresult;
/** 0x8009800F: unit in the wrong state for the operation. */
export const WINBIO_E_INVALID_DEVICE_STATE: HRESULT = CODES.WINBIO_E_INVALID_DEVICE_STATE.hresult;
/** 0x80098010: sensor busy. */
export const WINBIO_E_DEVICE_BUSY: HRESULT = CODES.WINBIO_E_DEVICE_BUSY.hresult;
/** 0x80098011: storage adapter could not create a database. */
export const WINBIO_E_DATABASE_CANT_CREATE: HRESULT = CODES.WINBIO_E_DATABASE_CANT_CREATE.hresult;
/** 0x80098012: could not open. */
export const WINBIO_E_DATABASE_CANT_OPEN: HRESULT = CODES.WINBIO_E_DATABASE_CANT_OPEN.hresult;
/** 0x80098013: could not close. */
export const WINBIO_E_DATABASE_CANT_CLOSE: HRESULT = CODES.WINBIO_E_DATABASE_CANT_CLOSE.hresult;
/** 0x80098014: could not erase. */
export const WINBIO_E_DATABASE_CANT_ERASE: HRESULT = CODES.WINBIO_E_DATABASE_CANT_ERASE.hresult;
/** 0x80098015: could not find the database. */
export const WINBIO_E_DATABASE_CANT_FIND: HRESULT = CODES.WINBIO_E_DATABASE_CANT_FIND.hresult;
/** 0x80098016: database exists already. */
export const WINBIO_E_DATABASE_ALREADY_EXISTS: HRESULT = CODES.WINBIO_E_DATABASE_ALREADY_EXISTS.hresult;
/** 0x80098018: no room for another record. */
export const WINBIO_E_DATABASE_FULL: HRESULT = CODES.WINBIO_E_DATABASE_FULL.hresult;
/** 0x80098019: database locked. */
export const WINBIO_E_DATABASE_LOCKED: HRESULT = CODES.WINBIO_E_DATABASE_LOCKED.hresult;
/** 0x8009801A: contents corrupted. */
export const WINBIO_E_DATABASE_CORRUPTED: HRESULT = CODES.WINBIO_E_DATABASE_CORRUPTED.hresult;
/** 0x8009801B: nothing deleted, no matching record. */
export const WINBIO_E_DATABASE_NO_SUCH_RECORD: HRESULT = CODES.WINBIO_E_DATABASE_NO_SUCH_RECORD.hresult;
/** 0x8009801C: identity + sub-factor already enrolled. */
export const WINBIO_E_DUPLICATE_ENROLLMENT: HRESULT = CODES.WINBIO_E_DUPLICATE_ENROLLMENT.hresult;
/** 0x8009801D: read failed. */
export const WINBIO_E_DATABASE_READ_ERROR: HRESULT = CODES.WINBIO_E_DATABASE_READ_ERROR.hresult;
/** 0x8009801E: write failed. */
export const WINBIO_E_DATABASE_WRITE_ERROR: HRESULT = CODES.WINBIO_E_DATABASE_WRITE_ERROR.hresult;
/** 0x8009801F: query matched nothing. */
export const WINBIO_E_DATABASE_NO_RESULTS: HRESULT = CODES.WINBIO_E_DATABASE_NO_RESULTS.hresult;
/** 0x80098020: result set exhausted. */
export const WINBIO_E_DATABASE_NO_MORE_RECORDS: HRESULT = CODES.WINBIO_E_DATABASE_NO_MORE_RECORDS.hresult;
/** 0x80098021: unexpected end of file. */
export const WINBIO_E_DATABASE_EOF: HRESULT = CODES.WINBIO_E_DATABASE_EOF.hresult;
/** 0x80098022: malformed index vector. */
export const WINBIO_E_DATABASE_BAD_INDEX_VECTOR: HRESULT = CODES.WINBIO_E_DATABASE_BAD_INDEX_VECTOR.hresult;
/** 0x80098024: unit belongs to another service provider. */
export const WINBIO_E_INCORRECT_BSP: HRESULT = CODES.WINBIO_E_INCORRECT_BSP.hresult;
/** 0x80098025: unit belongs to another pool. */
export const WINBIO_E_INCORRECT_SENSOR_POOL: HRESULT = CODES.WINBIO_E_INCORRECT_SENSOR_POOL.hresult;
/** 0x80098026: capture buffer empty. */
export const WINBIO_E_NO_CAPTURE_DATA: HRESULT = CODES.WINBIO_E_NO_CAPTURE_DATA.hresult;
/** 0x80098027: sensor mode unsupported. */
export const WINBIO_E_INVALID_SENSOR_MODE: HRESULT = CODES.WINBIO_E_INVALID_SENSOR_MODE.hresult;
/** 0x8009802A: locking conflict. */
export const WINBIO_E_LOCK_VIOLATION: HRESULT = CODES.WINBIO_E_LOCK_VIOLATION.hresult;
/** 0x8009802B: template matches another template in the database. */
export const WINBIO_E_DUPLICATE_TEMPLATE: HRESULT = CODES.WINBIO_E_DUPLICATE_TEMPLATE.hresult;
/** 0x8009802C: not valid in the current state of session or unit. */
export const WINBIO_E_INVALID_OPERATION: HRESULT = CODES.WINBIO_E_INVALID_OPERATION.hresult;
/** 0x8009802D: session already runs another operation. */
export const WINBIO_E_SESSION_BUSY: HRESULT = CODES.WINBIO_E_SESSION_BUSY.hresult;
/** 0x80098030: policy disables the biometric credential provider. */
export const WINBIO_E_CRED_PROV_DISABLED: HRESULT = CODES.WINBIO_E_CRED_PROV_DISABLED.hresult;
/** 0x80098031: credential not found. */
export const WINBIO_E_CRED_PROV_NO_CREDENTIAL: HRESULT = CODES.WINBIO_E_CRED_PROV_NO_CREDENTIAL.hresult;
/** 0x80098032: policy disables the biometric service. */
export const WINBIO_E_DISABLED: HRESULT = CODES.WINBIO_E_DISABLED.hresult;
/** 0x80098033: unit could not be configured. */
export const WINBIO_E_CONFIGURATION_FAILURE: HRESULT = CODES.WINBIO_E_CONFIGURATION_FAILURE.hresult;
/** 0x80098034: private pool impossible: some unit not available. */
export const WINBIO_E_SENSOR_UNAVAILABLE: HRESULT = CODES.WINBIO_E_SENSOR_UNAVAILABLE.hresult;
/** 0x80098035: secure attention sequence required for logon. */
export const WINBIO_E_SAS_ENABLED: HRESULT = CODES.WINBIO_E_SAS_ENABLED.hresult;
/** 0x80098036: sensor failed. */
export const WINBIO_E_DEVICE_FAILURE: HRESULT = CODES.WINBIO_E_DEVICE_FAILURE.hresult;
/** 0x80098037: fast user switching disabled. */
export const WINBIO_E_FAST_USER_SWITCH_DISABLED: HRESULT = CODES.WINBIO_E_FAST_USER_SWITCH_DISABLED.hresult;
/** 0x80098038: system pool not reachable from a remote session. */
export const WINBIO_E_NOT_ACTIVE_CONSOLE: HRESULT = CODES.WINBIO_E_NOT_ACTIVE_CONSOLE.hresult;
/** 0x80098039: session already has an event monitor. */
export const WINBIO_E_EVENT_MONITOR_ACTIVE: HRESULT = CODES.WINBIO_E_EVENT_MONITOR_ACTIVE.hresult;
/** 0x8009803A: bad property type. */
export const WINBIO_E_INVALID_PROPERTY_TYPE: HRESULT = CODES.WINBIO_E_INVALID_PROPERTY_TYPE.hresult;
/** 0x8009803B: bad property ID. */
export const WINBIO_E_INVALID_PROPERTY_ID: HRESULT = CODES.WINBIO_E_INVALID_PROPERTY_ID.hresult;
/** 0x8009803C: unit does not support the property. */
export const WINBIO_E_UNSUPPORTED_PROPERTY: HRESULT = CODES.WINBIO_E_UNSUPPORTED_PROPERTY.hresult;
/** 0x8009803D: adapter failed its integrity check. */
export const WINBIO_E_ADAPTER_INTEGRITY_FAILURE: HRESULT = CODES.WINBIO_E_ADAPTER_INTEGRITY_FAILURE.hresult;
/** 0x8009803E: operation needs another kind of session handle. */
export const WINBIO_E_INCORRECT_SESSION_TYPE: HRESULT = CODES.WINBIO_E_INCORRECT_SESSION_TYPE.hresult;
/** 0x8009803F: handle already closed / marked for closure. */
export const WINBIO_E_SESSION_HANDLE_CLOSED: HRESULT = CODES.WINBIO_E_SESSION_HANDLE_CLOSED.hresult;
/** 0x80098040: aborted because it would deadlock. */
export const WINBIO_E_DEADLOCK_DETECTED: HRESULT = CODES.WINBIO_E_DEADLOCK_DETECTED.hresult;
/** 0x80098041: no pre-boot identity. */
export const WINBIO_E_NO_PREBOOT_IDENTITY: HRESULT = CODES.WINBIO_E_NO_PREBOOT_IDENTITY.hresult;
/** 0x80098042: too many errors. */
export const WINBIO_E_MAX_ERROR_COUNT_EXCEEDED: HRESULT = CODES.WINBIO_E_MAX_ERROR_COUNT_EXCEEDED.hresult;
/** 0x80098043: policy disables pre-boot auto-logon. */
export const WINBIO_E_AUTO_LOGON_DISABLED: HRESULT = CODES.WINBIO_E_AUTO_LOGON_DISABLED.hresult;
/** 0x80098044: ticket wrong or expired. */
export const WINBIO_E_INVALID_TICKET: HRESULT = CODES.WINBIO_E_INVALID_TICKET.hresult;
/** 0x80098045: too many tickets. */
export const WINBIO_E_TICKET_QUOTA_EXCEEDED: HRESULT = CODES.WINBIO_E_TICKET_QUOTA_EXCEEDED.hresult;
/** 0x80098046: data could not be decrypted. */
export const WINBIO_E_DATA_PROTECTION_FAILURE: HRESULT = CODES.WINBIO_E_DATA_PROTECTION_FAILURE.hresult;
/** 0x80098047: locked out after too many unknown scans. */
export const WINBIO_E_CRED_PROV_SECURITY_LOCKOUT: HRESULT = CODES.WINBIO_E_CRED_PROV_SECURITY_LOCKOUT.hresult;
/** 0x80098048: pool type not supported for the factor. */
export const WINBIO_E_UNSUPPORTED_POOL_TYPE: HRESULT = CODES.WINBIO_E_UNSUPPORTED_POOL_TYPE.hresult;
/** 0x80098049: an individual must be selected before enrolling. */
export const WINBIO_E_SELECTION_REQUIRED: HRESULT = CODES.WINBIO_E_SELECTION_REQUIRED.hresult;
/** 0x8009804A: session already has a presence monitor. */
export const WINBIO_E_PRESENCE_MONITOR_ACTIVE: HRESULT = CODES.WINBIO_E_PRESENCE_MONITOR_ACTIVE.hresult;
/** 0x8009804B: sub-factor out of range or unsupported. */
export const WINBIO_E_INVALID_SUBFACTOR: HRESULT = CODES.WINBIO_E_INVALID_SUBFACTOR.hresult;
/** 0x8009804C: sensor returned a bad calibration format list. */
export const WINBIO_E_INVALID_CALIBRATION_FORMAT_ARRAY: HRESULT =
  CODES.WINBIO_E_INVALID_CALIBRATION_FORMAT_ARRAY.hresult;
/** 0x8009804D: no common calibration format. */
export const WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT: HRESULT = CODES.WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT.hresult;
/** 0x8009804E: sensor cannot use the format. */
export const WINBIO_E_UNSUPPORTED_SENSOR_CALIBRATION_FORMAT: HRESULT =
  CODES.WINBIO_E_UNSUPPORTED_SENSOR_CALIBRATION_FORMAT.hresult;
/** 0x8009804F: calibration buffer too small. */
export const WINBIO_E_CALIBRATION_BUFFER_TOO_SMALL: HRESULT = CODES.WINBIO_E_CALIBRATION_BUFFER_TOO_SMALL.hresult;
/** 0x80098050: calibration buffer too large. */
export const WINBIO_E_CALIBRATION_BUFFER_TOO_LARGE: HRESULT = CODES.WINBIO_E_CALIBRATION_BUFFER_TOO_LARGE.hresult;
/** 0x80098051: calibration buffer not valid. */
export const WINBIO_E_CALIBRATION_BUFFER_INVALID: HRESULT = CODES.WINBIO_E_CALIBRATION_BUFFER_INVALID.hresult;
/** 0x80098052: key identifier invalid. */
export const WINBIO_E_INVALID_KEY_IDENTIFIER: HRESULT = CODES.WINBIO_E_INVALID_KEY_IDENTIFIER.hresult;
/** 0x80098053: key cannot be created. */
export const WINBIO_E_KEY_CREATION_FAILED: HRESULT = CODES.WINBIO_E_KEY_CREATION_FAILED.hresult;
/** 0x80098054: key identifier buffer too small. */
export const WINBIO_E_KEY_IDENTIFIER_BUFFER_TOO_SMALL: HRESULT = CODES.WINBIO_E_KEY_IDENTIFIER_BUFFER_TOO_SMALL.hresult;
/** 0x80098055: property has no data right now. */
export const WINBIO_E_PROPERTY_UNAVAILABLE: HRESULT = CODES.WINBIO_E_PROPERTY_UNAVAILABLE.hresult;
/** 0x80098056: no TPM 2.0. */
export const WINBIO_E_POLICY_PROTECTION_UNAVAILABLE: HRESULT = CODES.WINBIO_E_POLICY_PROTECTION_UNAVAILABLE.hresult;
/** 0x80098057: no secure data path. */
export const WINBIO_E_INSECURE_SENSOR: HRESULT = CODES.WINBIO_E_INSECURE_SENSOR.hresult;
/** 0x80098058: secure buffer id not valid. */
export const WINBIO_E_INVALID_BUFFER_ID: HRESULT = CODES.WINBIO_E_INVALID_BUFFER_ID.hresult;
/** 0x80098059: secure buffer not valid. */
export const WINBIO_E_INVALID_BUFFER: HRESULT = CODES.WINBIO_E_INVALID_BUFFER.hresult;
/** 0x8009805A: secure component compromised. */
export const WINBIO_E_TRUSTLET_INTEGRITY_FAIL: HRESULT = CODES.WINBIO_E_TRUSTLET_INTEGRITY_FAIL.hresult;
/** 0x8009805B: platform suspended during enrollment. */
export const WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND: HRESULT = CODES.WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND.hresult;
/** 0x00090001: good sample, template needs more. */
export const WINBIO_I_MORE_DATA: HRESULT = CODES.WINBIO_I_MORE_DATA.hresult;
/** 0x00090002: several status values in the result, check each. */
export const WINBIO_I_EXTENDED_STATUS_INFORMATION: HRESULT = CODES.WINBIO_I_EXTENDED_STATUS_INFORMATION.hresult;
/** 0xA0090001: bytes are not a valid record of the format they claim. */
export const WHORL_E_MALFORMED: HRESULT = CODES.WHORL_E_MALFORMED.hresult;
/** 0xA0090002: record uses a feature of its format that is not supported. */
export const WHORL_E_UNSUPPORTED_FORMAT: HRESULT = CODES.WHORL_E_UNSUPPORTED_FORMAT.hresult;
/** 0xA0090003: input declares more than the limit allows. */
export const WHORL_E_LIMIT_EXCEEDED: HRESULT = CODES.WHORL_E_LIMIT_EXCEEDED.hresult;
/** 0xA0090004: written by a newer version than this one. */
export const WHORL_E_NEWER_FORMAT: HRESULT = CODES.WHORL_E_NEWER_FORMAT.hresult;
/** 0xA0090005: configuration is not valid. */
export const WHORL_E_CONFIGURATION: HRESULT = CODES.WHORL_E_CONFIGURATION.hresult;
/** 0xA0090006: another process owns the state directory. */
export const WHORL_E_STATE_LOCKED: HRESULT = CODES.WHORL_E_STATE_LOCKED.hresult;
/** 0xA0090007: no service answers. */
export const WHORL_E_SERVICE_NOT_RUNNING: HRESULT = CODES.WHORL_E_SERVICE_NOT_RUNNING.hresult;
/** 0xA0090008: the connection to the service ended. */
export const WHORL_E_CONNECTION_LOST: HRESULT = CODES.WHORL_E_CONNECTION_LOST.hresult;
/** 0xA0090009: a message did not follow the protocol. */
export const WHORL_E_PROTOCOL: HRESULT = CODES.WHORL_E_PROTOCOL.hresult;
/** 0xA009000A: the key that sealed a template is not there. */
export const WHORL_E_KEY_MISSING: HRESULT = CODES.WHORL_E_KEY_MISSING.hresult;
/** 0xA009000B: the runtime lacks what this needs. */
export const WHORL_E_PLATFORM: HRESULT = CODES.WHORL_E_PLATFORM.hresult;
/** 0xA009000C: the deadline passed before it could complete. */
export const WHORL_E_DEADLINE: HRESULT = CODES.WHORL_E_DEADLINE.hresult;
/** 0xA009000D: the state directory, or a file in it, is of an earlier day. */
export const WHORL_E_ROLLED_BACK: HRESULT = CODES.WHORL_E_ROLLED_BACK.hresult;
/** 0xA009000E: the directory has no such person. */
export const WHORL_E_NO_SUCH_PERSON: HRESULT = CODES.WHORL_E_NO_SUCH_PERSON.hresult;
/** 0xA009000F: another person has this identity or number. */
export const WHORL_E_PERSON_EXISTS: HRESULT = CODES.WHORL_E_PERSON_EXISTS.hresult;
/** 0xA0090010: the person was changed by somebody else meanwhile. */
export const WHORL_E_PERSON_CHANGED: HRESULT = CODES.WHORL_E_PERSON_CHANGED.hresult;
/** 0xA0090011: the enrollment is over, or was never there. */
export const WHORL_E_NO_SUCH_ENROLLMENT: HRESULT = CODES.WHORL_E_NO_SUCH_ENROLLMENT.hresult;
/** 0xA0090012: the shared database cannot be reached. */
export const WHORL_E_OFFLINE: HRESULT = CODES.WHORL_E_OFFLINE.hresult;
/** 0xA0090013: the shared database takes no writes. */
export const WHORL_E_READ_ONLY: HRESULT = CODES.WHORL_E_READ_ONLY.hresult;
/** 0xA0090014: the shared database was not reached for too long. */
export const WHORL_E_VIEW_TOO_OLD: HRESULT = CODES.WHORL_E_VIEW_TOO_OLD.hresult;
/** 0xA0090015: somebody else changed the shared database meanwhile. */
export const WHORL_E_STALE: HRESULT = CODES.WHORL_E_STALE.hresult;
/** 0xA0090016: the shared database has another history. */
export const WHORL_E_RESYNC: HRESULT = CODES.WHORL_E_RESYNC.hresult;
/** 0xA0090017: part of the gallery did not answer. */
export const WHORL_E_INCOMPLETE: HRESULT = CODES.WHORL_E_INCOMPLETE.hresult;
