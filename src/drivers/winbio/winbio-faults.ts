/** What winbio.dll refuses, with what to do about it there. Codes stay as they are. */

import { BiometricError } from '../../core/biometric-error.ts';
import { type CodeName, codeName } from '../../core/codes.ts';
import { formatHresult, type HRESULT } from '../../core/hresult.ts';

const REMEDIES: Readonly<Partial<Record<CodeName, string>>> = {
  E_ACCESSDENIED:
    'Windows does not allow it to this account: private pools, raw pictures and deleting for others need an administrator or Local System',
  WINBIO_E_NOT_ACTIVE_CONSOLE:
    'a session of a remote desktop does not reach the readers of the machine: sign in at the machine itself, or take pool private',
  WINBIO_E_DISABLED:
    'a policy turns the framework off: Computer Configuration, Administrative Templates, Windows Components, Biometrics, "Allow the use of biometrics"',
  WINBIO_E_INSECURE_SENSOR:
    'enhanced sign-in security keeps this reader to Windows: turn it off in Settings, Accounts, Sign-in options, or take another reader',
  WINBIO_E_CONFIGURATION_FAILURE:
    'the reader has no configuration for this database in the registry: register the database for it first (docs/readers.md)',
  WINBIO_E_DATABASE_CANT_FIND:
    'no database of this id is registered at the Windows Biometric Service (docs/readers.md)',
  WINBIO_E_SENSOR_UNAVAILABLE: 'the reader is not there, or a private pool of another program has it',
  WINBIO_E_UNSUPPORTED_POOL_TYPE: 'the reader works in the system pool only',
};

/** What a code means of one operation alone. */
const OF_OPERATION: Readonly<Record<string, Readonly<Partial<Record<CodeName, string>>>>> = {
  'capture-sample': {
    WINBIO_E_INVALID_OPERATION: 'a reader under enhanced sign-in security hands out no pictures: leave out `picture`',
    E_NOTIMPL: 'the reader hands out no raw pictures: leave out `picture`',
  },
};

/** Codes of Windows' remote procedure calls and services, by which winbio.dll says that its service went. winerror.h */
const SERVICE_GONE: ReadonlySet<HRESULT> = new Set([
  0x800706ba, // RPC_S_SERVER_UNAVAILABLE
  0x800706be, // RPC_S_CALL_FAILED
  0x800706bf, // RPC_S_CALL_FAILED_DNE
  0x80070422, // ERROR_SERVICE_DISABLED
  0x80070426, // ERROR_SERVICE_NOT_ACTIVE
]);

/** True when the Windows Biometric Service does not run any more, or not yet. */
export function isServiceGone(status: HRESULT): boolean {
  return SERVICE_GONE.has(status);
}

/** The error of a code; `operation` is what was asked for. */
export function winBioFault(status: HRESULT, operation: string, unitId?: number): BiometricError {
  const details = { operation, ...(unitId !== undefined && { unitId }) };
  const code = codeName(status) as CodeName;
  const remedy = isServiceGone(status)
    ? 'the Windows Biometric Service does not run: Start-Service WbioSrvc'
    : (OF_OPERATION[operation]?.[code] ?? REMEDIES[code]);
  const text = remedy === undefined ? undefined : `${operation}: ${remedy} (${formatHresult(status)})`;
  return new BiometricError(status, text, details);
}
