/** What lies between a service and its adapters when a test wants to see, fail or delay the calls. */

import type { EngineAdapter, EnrollmentBuilder, Gallery } from '../../adapters/engine-adapter.ts';
import type { SensorAdapter, SensorSource } from '../../adapters/sensor-adapter.ts';
import type { Position, SharedWrite } from '../../adapters/shared-history.ts';
import type { StorageAdapter, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';

/** One call of the service to an adapter, or to a database, gallery or enrollment the adapter made. */
export interface AdapterCall {
  /**
   * Role and method, joined by a dot. The roles are `sensor`, `engine`, `storage`, `database`, `gallery` and
   * `enrollment`; disposal is `dispose` in all of them.
   */
  readonly name: string;
  /** Arguments as the service gave them. */
  readonly arguments: readonly unknown[];
  /** `deviceInstanceId` of the sensor that was called; absent for all else. */
  readonly device?: string;
  /** What it returned or resolved to; undefined while it runs and when it failed. */
  readonly result?: unknown;
  /** Number of calls that had settled when this one was made. */
  readonly after: number;
  /** Place in the order in which calls settled, from 1; undefined while it runs. */
  readonly settled?: number;
}

/** Members that take the place of the adapters' own. Default of each: none. */
export interface AdapterOverrides {
  /** Of every sensor. */
  readonly sensor?: Partial<SensorAdapter>;
  /** Of every engine. */
  readonly engine?: Partial<EngineAdapter>;
  /** Of every storage. */
  readonly storage?: Partial<StorageAdapter>;
}

interface Fault {
  readonly thrown: unknown;
  readonly device: string | undefined;
  times: number;
}

/** Calls that answer at once; all others return promises. */
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
const FOLLOWING: ReadonlySet<string | symbol> = new Set(['changes', 'ended', 'position', 'watch']);

type Watched = 'sensor' | 'engine' | 'storage' | 'database' | 'gallery' | 'enrollment';

/**
 * Stands between a service and its adapters: records every call, makes chosen calls fail or wait, and replaces members.
 * The adapters do not notice. Pass it as `tap` to `createHost`, or wrap adapters one by one.
 */
export class AdapterTap {
  readonly #overrides: AdapterOverrides;
  readonly #faults = new Map<string, Fault>();
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();
  readonly #wrapped = new WeakMap<object, object>();
  readonly #originals = new WeakMap<object, object>();
  #calls: Mutable<AdapterCall>[] = [];
  #settled = 0;

  /** @param overrides Members to replace; none by default. */
  constructor(overrides: AdapterOverrides = {}) {
    this.#overrides = overrides;
  }

  /** Every call so far, in the order they were made. */
  get calls(): readonly AdapterCall[] {
    return this.#calls;
  }

  /**
   * Names of the calls so far, or of those whose name begins with one of the given words. Never fails.
   *
   * @example
   * expect(tap.names('engine.')).toEqual(['engine.extract', 'engine.identify']);
   */
  names(...beginnings: readonly string[]): string[] {
    const names = this.#calls.map(({ name }) => name);
    return beginnings.length === 0 ? names : names.filter((name) => beginnings.some((word) => name.startsWith(word)));
  }

  /**
   * The calls of one name, in the order they were made. Never fails.
   *
   * @example
   * expect(tap.of('database.add')).toHaveLength(1);
   */
  of(name: string): readonly AdapterCall[] {
    return this.#calls.filter((call) => call.name === name);
  }

  /**
   * Forgets the calls so far. Never fails.
   *
   * @example
   * tap.clear();
   */
  clear(): void {
    this.#calls = [];
  }

  /**
   * Makes the next calls of this name fail before they reach the adapter. Never fails itself.
   *
   * @param thrown A code, thrown as a `BiometricError`, or the error to throw.
   * @param options `times`: how many calls fail; 1 by default. `device`: only those of the sensor with this
   * `deviceInstanceId`; of every sensor by default.
   * @example
   * tap.fail('engine.extract', 'E_OUTOFMEMORY', { times: 2 });
   */
  fail(
    name: string,
    thrown: CodeName | Error,
    options: { readonly times?: number; readonly device?: string } = {},
  ): void {
    const error = typeof thrown === 'string' ? new BiometricError(thrown, 'as the test asked') : thrown;
    this.#faults.set(name, { thrown: error, device: options.device, times: options.times ?? 1 });
  }

  /**
   * Makes calls of this name wait until {@link release}; only calls that return a promise can. Never fails.
   *
   * @example
   * tap.hold('database.add');
   */
  hold(name: string): void {
    this.#gates.set(name, Promise.withResolvers());
  }

  /**
   * Lets the calls that {@link hold} made wait go on, and later ones pass. Never fails.
   *
   * @example
   * tap.release('database.add');
   */
  release(name: string): void {
    this.#gates.get(name)?.resolve();
    this.#gates.delete(name);
  }

  /**
   * A source whose sensors are watched. Never fails.
   *
   * @example
   * const watched = tap.source(new VirtualReader());
   */
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

  /**
   * An engine that is watched, with its galleries and enrollments. Never fails.
   *
   * @example
   * const watched = tap.engine(new ScriptedEngine());
   */
  engine(engine: EngineAdapter): EngineAdapter {
    return this.#wrap('engine', engine, this.#overrides.engine);
  }

  /**
   * A storage that is watched, with its databases. Never fails.
   *
   * @example
   * const watched = tap.storage(new MemoryStorageAdapter());
   */
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
        // Whoever follows a shared database asks by itself, whatever a client does.
        if (kind === 'database' && FOLLOWING.has(key)) return value.bind(owner);
        if (kind === 'database' && key === 'addChecked') return this.#addChecked(device, value.bind(owner));
        const label = key === Symbol.dispose || key === Symbol.asyncDispose ? 'dispose' : String(key);
        return (...args: readonly unknown[]) => this.#call(`${kind}.${label}`, device, value.bind(owner), args);
      },
      has: (_, key) => key in overrides || key in target,
    });
    this.#wrapped.set(target, wrapper);
    this.#originals.set(wrapper, target);
    return wrapper;
  }

  /** WBF has one AddRecord: a record that is stored unless somebody was quicker is one that is added. */
  #addChecked(device: string | undefined, run: (...args: unknown[]) => unknown) {
    return async ([record]: readonly unknown[], checked: Position): Promise<unknown> => {
      let written: SharedWrite | undefined;
      const add = async (given: unknown) => {
        written = (await run([given], checked)) as SharedWrite;
        return written.recordIds[0];
      };
      await this.#call('database.add', device, add, [record]);
      return written;
    };
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
    // Adapters get their own galleries back, not the watched ones.
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

  /** Watches what an adapter made. */
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
