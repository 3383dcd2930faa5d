/**
 * Stands between a service and its adapters: notes every call, lets chosen calls fail or wait, and replaces members.
 * The adapters themselves see nothing of it.
 */

import type { EngineAdapter, EnrollmentBuilder, Gallery } from '../../adapters/engine-adapter.ts';
import type { SensorAdapter, SensorSource } from '../../adapters/sensor-adapter.ts';
import type { StorageAdapter, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';

/** A call of the service to an adapter. */
export interface AdapterCall {
  /** `sensor.capture`, `engine.extract`, `gallery.add`, `enrollment.add`, `storage.open`, `database.query`, ... */
  readonly name: string;
  readonly arguments: readonly unknown[];
  /** `deviceInstanceId` of the sensor that was called. */
  readonly device?: string;
  /** What it returned or settled with; undefined while it runs, and when it failed. */
  readonly result?: unknown;
  /** Calls that had settled when this one was made. */
  readonly after: number;
  /** Place in the order in which calls settled; undefined while it runs. */
  readonly settled?: number;
}

/** Members that take the place of the adapters' own. */
export interface AdapterOverrides {
  readonly sensor?: Partial<SensorAdapter>;
  readonly engine?: Partial<EngineAdapter>;
  readonly storage?: Partial<StorageAdapter>;
}

interface Fault {
  readonly thrown: unknown;
  readonly device: string | undefined;
  times: number;
}

/** Calls that answer at once; all others are of promises. */
const IMMEDIATE: ReadonlySet<string> = new Set([
  'engine.createGallery',
  'engine.createEnrollment',
  'engine.indexVector',
  'engine.setAccountPolicy',
  'sensor.notifyPower',
  'gallery.add',
  'gallery.remove',
  'enrollment.template',
  'enrollment.select',
  'database.query',
]);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Watched = 'sensor' | 'engine' | 'storage' | 'database' | 'gallery' | 'enrollment';

export class AdapterTap {
  readonly #overrides: AdapterOverrides;
  readonly #faults = new Map<string, Fault>();
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();
  readonly #wrapped = new WeakMap<object, object>();
  readonly #originals = new WeakMap<object, object>();
  #calls: Mutable<AdapterCall>[] = [];
  #settled = 0;

  constructor(overrides: AdapterOverrides = {}) {
    this.#overrides = overrides;
  }

  /** Every call so far, in the order they were made. */
  get calls(): readonly AdapterCall[] {
    return this.#calls;
  }

  /** Names of the calls so far, or of those that begin with one of the given words. */
  names(...beginnings: readonly string[]): string[] {
    const names = this.#calls.map(({ name }) => name);
    return beginnings.length === 0 ? names : names.filter((name) => beginnings.some((word) => name.startsWith(word)));
  }

  /** Calls of one name. */
  of(name: string): readonly AdapterCall[] {
    return this.#calls.filter((call) => call.name === name);
  }

  /** Forgets the calls so far. */
  clear(): void {
    this.#calls = [];
  }

  /** The next calls of this name fail instead of reaching the adapter: with a code, or whatever is to be thrown. */
  fail(
    name: string,
    thrown: CodeName | Error,
    options: { readonly times?: number; readonly device?: string } = {},
  ): void {
    const error = typeof thrown === 'string' ? new BiometricError(thrown, 'as the test asked') : thrown;
    this.#faults.set(name, { thrown: error, device: options.device, times: options.times ?? 1 });
  }

  /** Calls of this name (of promises only) wait until {@link release}. */
  hold(name: string): void {
    this.#gates.set(name, Promise.withResolvers());
  }

  release(name: string): void {
    this.#gates.get(name)?.resolve();
    this.#gates.delete(name);
  }

  source(source: SensorSource): SensorSource {
    const sensor = (inner: SensorAdapter) => this.#wrap('sensor', inner, this.#overrides.sensor, inner);
    return {
      watch: (observer) =>
        source.watch({
          arrived: (inner) => observer.arrived(sensor(inner)),
          removed: (inner) => observer.removed(sensor(inner)),
        }),
      close: () => source.close(),
      [Symbol.asyncDispose]: () => source.close(),
    };
  }

  engine(engine: EngineAdapter): EngineAdapter {
    return this.#wrap('engine', engine, this.#overrides.engine);
  }

  storage(storage: StorageAdapter): StorageAdapter {
    return this.#wrap('storage', storage, this.#overrides.storage);
  }

  #wrap<T extends object>(kind: Watched, target: T, overrides: Partial<T> = {}, sensor?: SensorAdapter): T {
    const known = this.#wrapped.get(target);
    if (known !== undefined) return known as T;
    const device = sensor?.info.deviceInstanceId;
    const wrapper = new Proxy(target, {
      get: (_, key) => {
        const owner = Object.hasOwn(overrides, key) ? overrides : target;
        const value: unknown = Reflect.get(owner, key, owner);
        if (typeof value !== 'function') return value;
        const label = key === Symbol.dispose || key === Symbol.asyncDispose ? 'dispose' : String(key);
        return (...args: readonly unknown[]) => this.#call(`${kind}.${label}`, device, value.bind(owner), args);
      },
      has: (_, key) => key in overrides || key in target,
    });
    this.#wrapped.set(target, wrapper);
    this.#originals.set(wrapper, target);
    return wrapper;
  }

  #call(
    name: string,
    device: string | undefined,
    run: (...args: unknown[]) => unknown,
    args: readonly unknown[],
  ): unknown {
    const call: Mutable<AdapterCall> = { name, arguments: args, ...(device && { device }), after: this.#settled };
    this.#calls.push(call);
    const settle = (result?: unknown) => {
      this.#settled += 1;
      call.settled = this.#settled;
      if (result !== undefined) call.result = result;
    };
    // The adapters get their own galleries back, not those that are watched.
    const own = args.map((value) => (isObject(value) ? (this.#originals.get(value) ?? value) : value));
    const begin = () => {
      this.#failIfAsked(name, device);
      return run(...own);
    };
    const gate = this.#gates.get(name);
    let outcome: unknown;
    try {
      outcome = gate === undefined ? begin() : gate.promise.then(begin);
    } catch (error) {
      if (IMMEDIATE.has(name)) {
        settle();
        throw error;
      }
      outcome = Promise.reject(error);
    }
    if (!(outcome instanceof Promise)) {
      const watched = this.#watch(name, outcome);
      settle(watched);
      return watched;
    }
    return outcome.then(
      (result: unknown) => {
        const watched = this.#watch(name, result);
        settle(watched);
        return watched;
      },
      (error: unknown) => {
        settle();
        throw error;
      },
    );
  }

  #failIfAsked(name: string, device: string | undefined): void {
    const fault = this.#faults.get(name);
    if (fault === undefined || (fault.device !== undefined && fault.device !== device)) return;
    fault.times -= 1;
    if (fault.times <= 0) this.#faults.delete(name);
    throw fault.thrown;
  }

  /** What an adapter made is watched as well. */
  #watch(name: string, made: unknown): unknown {
    if (name === 'storage.open') return this.#wrap('database', made as TemplateDatabase);
    if (name === 'engine.createGallery') return this.#wrap('gallery', made as Gallery);
    if (name === 'engine.createEnrollment') return this.#wrap('enrollment', made as EnrollmentBuilder);
    return made;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
