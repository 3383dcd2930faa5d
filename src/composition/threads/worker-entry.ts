/** Where the code of a worker thread lies. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BiometricError } from '../../core/biometric-error.ts';

/**
 * The URL of a worker's code beside the file that starts it: TypeScript when run from sources, JavaScript when built.
 * Throws WHORL_E_CONFIGURATION when a bundler has taken the starter from its place.
 */
export function workerEntry(name: string, starter: string): URL {
  const entry = new URL(`./${name}${starter.endsWith('.ts') ? '.ts' : '.js'}`, starter);
  if (existsSync(fileURLToPath(entry))) return entry;
  const text = `${fileURLToPath(entry)} is missing: whorl starts threads from its own files, so a bundler has to leave the packages whorl and @whorl/fingerprint external`;
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}
