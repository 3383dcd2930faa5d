/**
 * What an engine refuses: bytes that are no template of its own, or more of them than a finger has. They are not stored,
 * and where they are found they are left out, so that one of them costs its owner's finger and nothing else.
 */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';
import {
  E_OUTOFMEMORY,
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_INVALID_DEVICE_STATE,
  WINBIO_E_SENSOR_UNAVAILABLE,
} from '../../core/result-constants.ts';

/** Most bytes a template has; those of fingers have some thousands. */
export const MAX_TEMPLATE_BYTES = 1 << 20;

/** Told of each record that is left out. */
export type RefusalListener = (databaseId: DatabaseId, recordId: RecordId, error: BiometricError) => void;

/** Codes that say something of the engine, and nothing of the template. */
const OF_THE_ENGINE: ReadonlySet<number> = new Set([
  E_OUTOFMEMORY,
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_INVALID_DEVICE_STATE,
  WINBIO_E_SENSOR_UNAVAILABLE,
]);

/** Why the engine refuses the template, if it does. Rejects where the engine itself failed. */
export async function refusalOf(engine: EngineAdapter, template: Uint8Array): Promise<BiometricError | undefined> {
  if (template.length > MAX_TEMPLATE_BYTES) {
    const text = `the template has ${template.length} bytes, at most ${MAX_TEMPLATE_BYTES} are read`;
    return new BiometricError('WHORL_E_LIMIT_EXCEEDED', text);
  }
  try {
    const checked = engine.checkTemplate?.(template);
    if (checked !== undefined) await checked;
    return undefined;
  } catch (thrown) {
    return asRefusal(thrown);
  }
}

/** What was thrown, as the refusal of a template. Throws it on where it is a fault of the engine. */
export function asRefusal(thrown: unknown): BiometricError {
  const error = toBiometricError(thrown, 'WHORL_E_MALFORMED');
  if (OF_THE_ENGINE.has(error.hresult)) throw error;
  return error;
}
