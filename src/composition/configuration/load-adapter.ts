/** Loads the adapter modules that a configuration names. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type AdapterKind, type AdapterOf, adapterOfModule, readerOfModule } from '../../adapters/adapter-module.ts';
import { asDeviceSource } from '../../adapters/fixed-devices.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';
import type { LoadedReader } from '../isolation/loaded-reader.ts';
import type { IsolationParts } from '../isolation/supervised-adapter.ts';
import type { ModuleConfiguration, ServiceConfiguration } from './service-configuration.ts';

/** How long a module may take to make its adapter, milliseconds. WBF: service 13. */
const ATTACH_TIMEOUT_MS = 30_000;
/** Limits of the process of a module, unless it has others. */
const MEMORY_MB = 1024;
const HANG_SECONDS = 60;

/** Where modules are looked for, and who hears of their faults. */
export interface LoadingParts {
  /** Folder of the configuration. */
  readonly folder: string;
  readonly logger: Logger;
  /** Variable of the environment that holds the master key; kept from processes of modules. */
  readonly keyVariable?: string | undefined;
}

/** How a configuration's modules are loaded. */
export function loadingOf(
  { keys }: Pick<ServiceConfiguration, 'keys'>,
  parts: Pick<LoadingParts, 'folder' | 'logger'>,
): LoadingParts {
  const isVariable = keys !== undefined && keys !== 'file' && 'environment' in keys;
  return { ...parts, ...(isVariable && { keyVariable: keys.environment }) };
}

/** Kinds of adapters whose module is of that kind alone; that of a reader is of either of two. */
type LoadedKind = Exclude<AdapterKind, 'device'>;

/**
 * The adapter of a package, resolved from `folder` (that of the configuration), or of a file given by its path: in a
 * process of its own, unless its configuration keeps it in this one. Rejects with WHORL_E_CONFIGURATION, or the code
 * the module fails with; the message names the module and the fault.
 */
export function loadAdapter<K extends LoadedKind>(
  kind: K,
  configuration: ModuleConfiguration,
  parts: LoadingParts,
): Promise<AdapterOf[K]> {
  const inProcess = async (loaded: unknown, options: Options) => await adapterOfModule(loaded, kind).create(options);
  return loadModule(kind, configuration, parts, { isolated: ISOLATED[kind], inProcess });
}

/** What the module of a reader makes: sensors, or readers that match inside. Rejects as {@link loadAdapter} does. */
export function loadReader(configuration: ModuleConfiguration, parts: LoadingParts): Promise<LoadedReader> {
  return loadModule('sensor', configuration, parts, {
    isolated: async (isolation) => await (await import('../isolation/isolated-reader.ts')).isolatedReader(isolation),
    async inProcess(loaded, options) {
      const reader = readerOfModule(loaded);
      if (reader.kind === 'sensor') return { kind: 'sensor', source: await reader.create(options) };
      return { kind: 'device', source: asDeviceSource(await reader.create(options)) };
    },
  });
}

type Options = Readonly<Record<string, unknown>>;

/** How what a module makes comes about, in either place. */
interface Makers<T> {
  readonly isolated: (parts: IsolationParts) => Promise<T>;
  readonly inProcess: (loaded: unknown, options: Options) => Promise<T>;
}

async function loadModule<T>(
  kind: LoadedKind,
  { module, options = {}, isolate = {} }: ModuleConfiguration,
  { folder, logger, keyVariable }: LoadingParts,
  { isolated, inProcess }: Makers<T>,
): Promise<T> {
  try {
    const url = resolveModule(module, folder);
    if (isolate === false) return await withDeadline(inProcess(await import(url), options));
    const limits = {
      memoryMb: isolate.memoryMb ?? MEMORY_MB,
      hangMs: 1000 * (isolate.hangSeconds ?? HANG_SECONDS),
      startMs: ATTACH_TIMEOUT_MS,
    };
    return await isolated({ start: { kind, url, options }, limits, name: module, logger, keyVariable });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const code = isBiometricError(cause) ? cause.hresult : 'WHORL_E_CONFIGURATION';
    throw new BiometricError(code, `adapter ${module}: ${detail}`, { cause });
  }
}

/** Each kind in a process of its own. What does that is loaded by services that have such a module. */
const ISOLATED: { readonly [K in LoadedKind]: (parts: IsolationParts) => Promise<AdapterOf[K]> } = {
  sensor: async (parts) => await (await import('../isolation/isolated-sensors.ts')).IsolatedSensors.start(parts),
  engine: async (parts) => await (await import('../isolation/isolated-engine.ts')).isolatedEngine(parts),
  storage: async (parts) => await (await import('../isolation/isolated-storage.ts')).IsolatedStorage.start(parts),
};

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
