/** What the functions of Windows fail with, as codes. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';

/** HRESULT_FROM_WIN32. winerror.h */
const FACILITY_WIN32 = 0x8007_0000;

/** Numbers of winerror.h that have words of their own; those without a code are their HRESULT. */
const FAULTS: Readonly<Record<number, readonly [words: string, code?: CodeName]>> = {
  2: ['a file is not there', 'E_INVALIDARG'],
  3: ['a folder is not there', 'E_INVALIDARG'],
  5: ['only an administrator may: open PowerShell with "Run as administrator", and run the command there'],
  123: ['the name cannot be one', 'E_INVALIDARG'],
  1053: ['the service did not answer in time'],
  1056: ['the service runs already', 'E_INVALIDARG'],
  1057: ['Windows has no such account, or it needs a password', 'E_INVALIDARG'],
  1058: ['the service is disabled: sc.exe config <name> start= auto', 'E_INVALIDARG'],
  1060: ['there is no service of this name: whorl service install makes it', 'E_INVALIDARG'],
  1061: ['the service takes no requests now: try again in a moment'],
  1062: ['the service does not run', 'E_INVALIDARG'],
  1069: ['its account could not log on: give another with --account'],
  1072: ['the service is being removed: close what shows services, such as services.msc, and try again'],
  1073: ['there is a service of this name: whorl service remove comes first', 'E_INVALIDARG'],
  1078: ['another service has this name as its display name: give another with --name', 'E_INVALIDARG'],
};

/** The fault of a function that failed, by what GetLastError returns: `what` could not be done, and why. */
export function win32Fault(what: string, error: number): BiometricError {
  const [words = `error ${error} of Windows`, code] = FAULTS[error] ?? [];
  return new BiometricError(code ?? (FACILITY_WIN32 | error) >>> 0, `${what}: ${words}`);
}
