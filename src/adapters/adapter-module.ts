/** What a module exports so that a service can load an adapter by the module's name: `export const adapter`. */

import { BiometricError } from '../core/biometric-error.ts';
import type { EngineAdapter } from './engine-adapter.ts';
import { MATCHING_DEVICE_CAPABILITIES, type MatchingDevice, type MatchingDeviceSource } from './matching-device.ts';
import type { SensorSource } from './sensor-adapter.ts';
import type { StorageAdapter } from './storage-adapter.ts';

/**
 * Version of the contracts in this room. A new major number breaks adapters; a new minor number only adds to what they
 * may do.
 */
export const ADAPTER_CONTRACT = Object.freeze({ major: 1, minor: 0 });

/**
 * True when the offered contract (`major.minor`; by default that of this version of Whorl) has what an adapter needs.
 * An unreadable number counts as 0. Never fails.
 *
 * @example
 * contractSatisfies('1.0'); // true
 * contractSatisfies('1.2', '1.1'); // false
 */
export function contractSatisfies(
  needed: string,
  offered = `${ADAPTER_CONTRACT.major}.${ADAPTER_CONTRACT.minor}`,
): boolean {
  const [major = 0, minor = 0] = needed.split('.').map(Number);
  const [ourMajor = 0, ourMinor = 0] = offered.split('.').map(Number);
  return ourMajor > major || (ourMajor === major && ourMinor >= minor);
}

/** The optional parts of each contract. A manifest lists those its adapter implements. */
export const ADAPTER_CAPABILITIES = Object.freeze({
  sensor: Object.freeze(['rejections', 'reset', 'removal', 'control', 'calibration'] as const),
  engine: Object.freeze(['hashing', 'index-vectors', 'calibration', 'presence', 'selection', 'control'] as const),
  storage: Object.freeze(['durability', 'replacement', 'control'] as const),
  device: MATCHING_DEVICE_CAPABILITIES,
});

/** Which contract a module implements: `sensor`, `engine`, `storage` or `device`. */
export type AdapterKind = keyof typeof ADAPTER_CAPABILITIES;

/** What a module of each kind makes. */
export interface AdapterOf {
  /** Sensors come and go, so a sensor module makes the place where they do. */
  readonly sensor: SensorSource;
  /** One engine for all units. */
  readonly engine: EngineAdapter;
  /** One storage for all databases of its kind. */
  readonly storage: StorageAdapter;
  /** A reader that matches inside, or the place where several come and go. */
  readonly device: MatchingDevice | MatchingDeviceSource;
}

/** An adapter module of one kind: its manifest and its factory. */
export interface AdapterModuleOf<K extends AdapterKind> {
  /** Which contract it implements. */
  readonly kind: K;
  /** Names the adapter in messages and in the audit: 1 to 64 of `a-z`, `0-9`, `-`, `.`, `_`, `/`, `@`. */
  readonly name: string;
  /** Version of the adapter itself; any text that is not empty. */
  readonly version: string;
  /** The {@link ADAPTER_CONTRACT} it was written for, as `1.0`. */
  readonly contract: string;
  /** Which {@link ADAPTER_CAPABILITIES} of its kind it implements; what it does not list is never asked of it. */
  readonly capabilities: readonly (typeof ADAPTER_CAPABILITIES)[K][number][];
  /**
   * Makes the adapter. May be called several times; each result keeps its own state. `options` come from the
   * configuration and are `{}` when it gives none. Throws or rejects with WHORL_E_CONFIGURATION when they are wrong.
   */
  create(options: Readonly<Record<string, unknown>>): AdapterOf[K] | Promise<AdapterOf[K]>;
}

/** An adapter module of any kind. */
export type AdapterModule = { [K in AdapterKind]: AdapterModuleOf<K> }[AdapterKind];

/**
 * Checks an adapter module and returns a frozen copy. Throws WHORL_E_CONFIGURATION, naming the field that is wrong.
 *
 * @example
 * export const adapter = defineAdapter({
 *   kind: 'storage', name: 'json', version: '1.0.0', contract: '1.0', capabilities: ['durability'],
 *   create: () => new MyStorageAdapter(),
 * });
 */
export function defineAdapter<K extends AdapterKind>(module: AdapterModuleOf<K>): AdapterModuleOf<K> {
  checkModule(module);
  return Object.freeze({ ...module, capabilities: Object.freeze([...module.capabilities]) });
}

/**
 * The adapter that a loaded module exports. It must be of this kind, and written for this major version of the contract
 * or an earlier one. Throws WHORL_E_CONFIGURATION. WBF: adapters 4.3.
 *
 * @example
 * const { create } = adapterOfModule(await import(path), 'sensor');
 * const source = await create({ port: 'COM3' });
 */
export function adapterOfModule<K extends AdapterKind>(loaded: unknown, kind: K): AdapterModuleOf<K> {
  const adapter = isObject(loaded) ? loaded.adapter : undefined;
  if (adapter === undefined) throw fault("the module has no export named 'adapter'");
  checkModule(adapter);
  if (!isOfKind(adapter, kind)) throw fault(`the module holds a ${adapter.kind} adapter, wanted is a ${kind} adapter`);
  return adapter;
}

/**
 * The adapter that a loaded module of a reader exports: sensors, or readers that match inside. Throws
 * WHORL_E_CONFIGURATION, as {@link adapterOfModule} does.
 *
 * @example
 * const reader = readerOfModule(await import(path));
 * if (reader.kind === 'device') console.log(reader.capabilities);
 */
export function readerOfModule(loaded: unknown): AdapterModuleOf<'sensor'> | AdapterModuleOf<'device'> {
  const { kind } = isObject(loaded) && isObject(loaded.adapter) ? loaded.adapter : {};
  return kind === 'device' ? adapterOfModule(loaded, 'device') : adapterOfModule(loaded, 'sensor');
}

function isOfKind<K extends AdapterKind>(module: AdapterModule, kind: K): module is AdapterModule & AdapterModuleOf<K> {
  return module.kind === kind;
}

function checkModule(module: unknown): asserts module is AdapterModule {
  if (!isObject(module)) throw fault('an adapter is an object');
  const { kind, name, version, contract, capabilities, create } = module;
  if (typeof kind !== 'string' || !Object.hasOwn(ADAPTER_CAPABILITIES, kind)) {
    throw fault("kind: give 'sensor', 'engine', 'storage' or 'device'");
  }
  if (typeof name !== 'string' || !/^[a-z0-9@._/-]{1,64}$/.test(name)) throw fault('name: give 1 to 64 small letters');
  if (typeof version !== 'string' || version === '') throw fault('version: give the version of the adapter');
  const newer = checkContract(contract);
  if (!Array.isArray(capabilities)) throw fault('capabilities: give a list');
  const known: readonly string[] = ADAPTER_CAPABILITIES[kind as AdapterKind];
  const unknown = capabilities.find((capability) => !known.includes(capability));
  // A later minor version may have more of them.
  if (unknown !== undefined && !newer) throw fault(`capabilities: a ${kind} knows only ${known.join(', ')}`);
  if (typeof create !== 'function') throw fault('create: give a function');
}

/**
 * WBF: adapters 4.3: a service takes adapters of its own major version and of earlier ones; the minor never decides.
 */
function checkContract(contract: unknown): boolean {
  const [, major = '', minor = ''] = /^(\d{1,4})\.(\d{1,4})$/.exec(String(contract)) ?? [];
  if (major === '' || Number(major) === 0) throw fault("contract: give the version of the contract, as '1.0'");
  if (Number(major) > ADAPTER_CONTRACT.major) {
    throw fault(`contract: the adapter was written for ${contract}, this is ${ADAPTER_CONTRACT.major}.x`);
  }
  return Number(major) === ADAPTER_CONTRACT.major && Number(minor) > ADAPTER_CONTRACT.minor;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function fault(detail: string): BiometricError {
  return new BiometricError('WHORL_E_CONFIGURATION', detail);
}
