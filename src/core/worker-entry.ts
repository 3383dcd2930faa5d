/** Where the code of a worker thread lies. */

import { BiometricError } from './biometric-error.ts';
import { builtinModule } from './builtin-module.ts';

/**
 * The URL of a worker's code beside the file that starts it: TypeScript when run from sources, JavaScript when built.
 * Throws WHORL_E_CONFIGURATION when a bundler has taken the starter from its place.
 */
export function workerEntry(name: string, starter: string): URL {
  const entry = new URL(`./${name}${starter.endsWith('.ts') ? '.ts' : '.js'}`, starter);
  const files = builtinModule('node:fs') as { existsSync(file: URL): boolean } | undefined;
  if (files?.existsSync(entry) !== false) return entry;
  const text = `${entry.pathname} is missing: whorl starts threads from its own files, so a bundler has to leave the packages whorl and @whorl/fingerprint external`;
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

/**
 * What a thread is started with beside its file. It takes over the options of the process by itself; but `--input-type`
 * is for the code of `node -e` alone, and a thread, which is a file, would refuse to start with it.
 */
export function workerOptions(): { readonly execArgv?: string[] } {
  const { process } = globalThis as { readonly process?: { readonly execArgv?: readonly string[] } };
  const isCode = process?.execArgv?.some((option) => option.startsWith('--input-type')) === true;
  return isCode ? { execArgv: [] } : {};
}
