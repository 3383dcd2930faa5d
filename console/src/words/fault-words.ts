/** Faults in words: what went wrong and what to do about it, by code, never by the English sentence of the service. */

import { type ConnectionStage, codeName, isBiometricError } from '../../../src/exports/whorl/client/browser.ts';
import type { Key } from '../languages/catalogue.ts';
import { t } from './catalogue.ts';

/** A fault as a page shows it. */
export interface FaultWords {
  readonly title: string;
  readonly advice: string;
  /** Name of the code, to look it up. */
  readonly code?: string;
  /** What the service says, for developers. */
  readonly detail?: string;
}

/** Codes with words of their own; all others have those of their kind. */
const CODES = {
  E_ACCESSDENIED: 'denied',
  E_INVALIDARG: 'argument',
  WINBIO_E_SENSOR_UNAVAILABLE: 'noReader',
  WINBIO_E_INVALID_UNIT: 'readerGone',
  WINBIO_E_DEVICE_FAILURE: 'readerFailed',
  WINBIO_E_DEVICE_BUSY: 'readerBusy',
  WINBIO_E_ENROLLMENT_IN_PROGRESS: 'enrolling',
  WINBIO_E_LOCK_VIOLATION: 'readerLocked',
  WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND: 'slept',
  WINBIO_E_CANCELED: 'canceled',
  WINBIO_E_DATABASE_FULL: 'full',
  WINBIO_E_DATABASE_NO_SUCH_RECORD: 'noSuchRecord',
  WINBIO_E_DATABASE_READ_ERROR: 'storage',
  WINBIO_E_DATABASE_WRITE_ERROR: 'storage',
  WINBIO_E_DISABLED: 'disabled',
  WINBIO_E_NOT_ACTIVE_CONSOLE: 'notHere',
  WINBIO_E_CRED_PROV_SECURITY_LOCKOUT: 'lockedOut',
  WHORL_E_CONNECTION_LOST: 'lost',
  WHORL_E_UNSUPPORTED_FORMAT: 'format',
  WHORL_E_MALFORMED: 'format',
  WHORL_E_LIMIT_EXCEEDED: 'limit',
  WHORL_E_CONFIGURATION: 'configuration',
  WHORL_E_KEY_MISSING: 'keyMissing',
  WHORL_E_OFFLINE: 'offline',
  WHORL_E_READ_ONLY: 'offline',
  WHORL_E_VIEW_TOO_OLD: 'tooOld',
  WHORL_E_INCOMPLETE: 'incomplete',
  WHORL_E_DEADLINE: 'deadline',
  WHORL_E_NO_SUCH_PERSON: 'noPerson',
  WHORL_E_PERSON_EXISTS: 'personExists',
  WHORL_E_PERSON_CHANGED: 'personChanged',
  WHORL_E_NO_SUCH_ENROLLMENT: 'enrollmentOver',
  WINBIO_E_DUPLICATE_ENROLLMENT: 'fingerTaken',
} as const;

type FaultName = (typeof CODES)[keyof typeof CODES];

/** The words for a code: its own, those for storage, or those for everything else. */
function nameOf(code: string): FaultName | 'other' {
  const own = CODES[code as keyof typeof CODES] as FaultName | undefined;
  return own ?? (code.startsWith('WINBIO_E_DATABASE') ? 'storage' : 'other');
}

/** Words for the fault of an operation. */
export function faultWords(thrown: unknown): FaultWords {
  if (!isBiometricError(thrown)) {
    const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return { title: t('fault.unexpected'), advice: t('fault.unexpected.advice'), code: 'console', detail };
  }
  const { code, message: detail } = thrown;
  const name = nameOf(code);
  return { title: t(`fault.${name}`), advice: t(`fault.${name}.advice` satisfies Key), code, detail };
}

/** Why there is no connection: the stage that failed, and what helps. */
export function connectionWords(thrown: unknown): FaultWords {
  if (!isBiometricError(thrown)) return faultWords(thrown);
  const { code, message: detail, stage } = thrown;
  if (stage === undefined) return faultWords(thrown);
  const name: ConnectionStage = stage;
  return { title: t(`connection.${name}`), advice: t(`connection.${name}.advice` satisfies Key), code, detail };
}

/** Words for a code that came as a number, as the reason of a state. */
export function codeFaultWords(hresult: number): FaultWords {
  const code = codeName(hresult);
  const name = nameOf(code);
  return { title: t(`fault.${name}`), advice: t(`fault.${name}.advice` satisfies Key), code };
}
