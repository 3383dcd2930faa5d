/** Loads the adapter modules that a configuration names. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type AdapterKind, type AdapterOf, adapterOfModule } from '../../adapters/adapter-module.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { ModuleConfiguration } from './service-configuration.ts';

/** How long a module may take to make its adapter, milliseconds. WBF: service 13. */
const ATTACH_TIMEOUT_MS = 30_000;

/**
 * The adapter of a package, resolved from `folder` (that of the configuration), or of a file given by its path. Rejects
 * with WHORL_E_CONFIGURATION, or the code the module fails with; the message names the module and the fault.
 */
export async function loadAdapter<K extends AdapterKind>(
  kind: K,
  { module, options = {} }: ModuleConfiguration,
  folder: string,
): Promise<AdapterOf[K]> {
  try {
    const adapter = adapterOfModule(await import(resolveModule(module, folder)), kind);
    return await withDeadline(Promise.resolve(adapter.create(options)));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const code = isBiometricError(cause) ? cause.hresult : 'WHORL_E_CONFIGURATION';
    throw new BiometricError(code, `adapter ${module}: ${detail}`, { cause });
  }
}

/** True when the module can be found; it is not loaded. */
export function isInstalled(module: string, folder: string): boolean {
  try {
    return existsSync(fileURLToPath(resolveModule(module, folder)));
  } catch {
    return false;
  }
}

function resolveModule(module: string, folder: string): string {
  if (module.startsWith('.') || isAbsolute(module)) {
    return pathToFileURL(isAbsolute(module) ? module : join(folder, module)).href;
  }
  return pathToFileURL(createRequire(join(folder, 'whorl.config.json')).resolve(module)).href;
}

async function withDeadline<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new BiometricError('WHORL_E_CONFIGURATION', 'it does not answer')),
      ATTACH_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
