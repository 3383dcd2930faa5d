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
 * The options of this process that a thread takes over. `--input-type` and its code are for the main thread of `node -e`
 * alone; a thread, which is a file, would refuse to start.
 */
export function workerExecArgv(): string[] {
  const { process } = globalThis as { readonly process?: { readonly execArgv?: readonly string[] } };
  const given = process?.execArgv ?? [];
  const isCode = (option: string | undefined) => /^(?:-e|-p|-pe|--eval|--print)$/.test(option ?? '');
  return given.filter((option, i) => !/^--input-type/.test(option) && !isCode(option) && !isCode(given[i - 1]));
}
