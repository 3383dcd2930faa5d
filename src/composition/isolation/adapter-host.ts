/**
 * The process of one adapter module. It makes the adapter and carries out calls, in the order in which they come. It
 * decides nothing and handles no fault outside a call: such a fault ends it, which is what it is for.
 */

import { adapterOfModule, readerOfModule } from '../../adapters/adapter-module.ts';
import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import { asDeviceSource } from '../../adapters/fixed-devices.ts';
import type { EnrollStage, MatchingDevice, MatchingDeviceSource } from '../../adapters/matching-device.ts';
import type { SensorAdapter, SensorSource } from '../../adapters/sensor-adapter.ts';
import { BiometricError, isBiometricError, type SerializedBiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';
import {
  ADAPTER_OBJECT,
  type HostCall,
  type HostMessage,
  type HostRequest,
  type HostStart,
  type ObjectFacts,
} from './host-messages.ts';

type Members = Record<string, unknown>;

const objects = new Map<number, object>();
const running = new Map<number, AbortController>();
const sensors = new Map<SensorAdapter | MatchingDevice, number>();
/** Sensors come without being asked for, so their numbers are negative. */
let lastSensor = 0;

const send = (message: HostMessage) => process.send?.(message, () => {});

// Ctrl+C and the end of a service reach all its processes; the service itself says when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit(0));

const start = JSON.parse(process.argv[2] ?? '{}') as HostStart;
try {
  const loaded: unknown = await import(start.url);
  const { kind, create } = start.kind === 'sensor' ? readerOfModule(loaded) : adapterOfModule(loaded, start.kind);
  const made = await create(start.options);
  const adapter = kind === 'device' ? asDeviceSource(made as MatchingDevice | MatchingDeviceSource) : made;
  objects.set(ADAPTER_OBJECT, adapter);
  if (kind === 'device') watchDevices(adapter as MatchingDeviceSource);
  if (kind === 'sensor') watch(adapter as SensorSource);
  send({ type: 'made', facts: { ...factsOf(adapter), ...((kind === 'sensor' || kind === 'device') && { kind }) } });
  process.on('message', (request: HostRequest) => take(request));
} catch (thrown) {
  process.send?.({ type: 'throw', error: serialized(thrown, 'WHORL_E_CONFIGURATION') }, () => process.exit(1));
}

/** Those that are present are reported before the adapter is. */
function watch(source: SensorSource): void {
  source.watch({ arrived: (sensor) => void keep(sensor, 'sensor'), removed: lose });
}

function watchDevices(source: MatchingDeviceSource): void {
  source.watch({
    arrived(device) {
      const object = keep(device, 'device');
      device.watch({
        finger: (present) => send({ type: 'finger', object, present }),
        status: (status) => send({ type: 'status', object, status }),
      });
    },
    removed: lose,
  });
}

function keep(sensor: SensorAdapter | MatchingDevice, kind: 'sensor' | 'device'): number {
  lastSensor -= 1;
  objects.set(lastSensor, sensor);
  sensors.set(sensor, lastSensor);
  send({ type: 'arrived', object: lastSensor, facts: { ...factsOf(sensor), kind } });
  return lastSensor;
}

function lose(sensor: SensorAdapter | MatchingDevice): void {
  const object = sensors.get(sensor);
  sensors.delete(sensor);
  if (object === undefined) return;
  objects.delete(object);
  send({ type: 'removed', object });
}

function take(request: HostRequest): void {
  switch (request.type) {
    case 'call':
      void carryOut(request);
      break;
    case 'abort':
      running.get(request.id)?.abort();
      break;
    case 'release':
      release(request.object);
      break;
    case 'ping':
      send({ type: 'pong', residentBytes: process.memoryUsage.rss() });
      break;
    default:
      request satisfies never;
  }
}

async function carryOut(call: HostCall): Promise<void> {
  const { id, keep } = call;
  const controller = new AbortController();
  if (id !== undefined) running.set(id, controller);
  try {
    const returned = invoke(call, controller.signal);
    // What follows may already ask for an object that was made at once.
    if (keep !== undefined && !(returned instanceof Promise)) objects.set(keep, returned as object);
    const value = await returned;
    if (keep !== undefined) objects.set(keep, value as object);
    if (id === undefined) return;
    send({ type: 'return', id, value: keep === undefined ? value : factsOf(value) });
    wipe(value);
  } catch (thrown) {
    if (id !== undefined) send({ type: 'throw', id, error: serialized(thrown, 'WINBIO_E_DEVICE_FAILURE') });
  } finally {
    if (id !== undefined) running.delete(id);
  }
}

function invoke(call: HostCall, signal: AbortSignal): unknown {
  const { object, method, arguments: values, objects: numbers = [] } = call;
  const target = objects.get(object);
  if (target === undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'it is closed');
  const [name = '', part] = method.split('.').toReversed();
  const owner = (part === undefined ? target : (target as Members)[part]) as Members;
  const called = owner[name];
  const given = [...values, ...numbers.map((each) => objects.get(each))];
  if (typeof called === 'function') {
    const { id, stages } = call;
    const onStage = (stage: EnrollStage) => id !== undefined && send({ type: 'stage', id, stage });
    const options = { signal, ...(stages === true && { onStage }) };
    return called.apply(owner, call.signal === true ? [...given, options] : given);
  }
  if (method === 'iterate') return (target as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  if (method === 'checkTemplate') return tryTemplate(target as EngineAdapter, given[0] as Uint8Array);
  throw new BiometricError('E_NOTIMPL', `the adapter has no ${method}`);
}

/** An engine without a check shows what it refuses when its galleries are filled. */
function tryTemplate(engine: EngineAdapter, template: Uint8Array): void {
  using gallery = engine.createGallery();
  gallery.add(1, template);
}

function release(object: number): void {
  const released = objects.get(object) as Partial<Disposable> | undefined;
  objects.delete(object);
  released?.[Symbol.dispose]?.();
}

/** A sample belongs to the service once it is captured, and here is the service's copy. */
function wipe(value: unknown): void {
  const { sample } = (value ?? {}) as { readonly sample?: unknown };
  if (sample instanceof Uint8Array) sample.fill(0);
}

function factsOf(value: unknown): ObjectFacts {
  const whole = value as Members;
  const { calibration } = whole as Partial<SensorAdapter>;
  const members = new Set<string>();
  for (
    let each: object | null = whole;
    each !== null && each !== Object.prototype;
    each = Object.getPrototypeOf(each)
  ) {
    for (const name of Object.getOwnPropertyNames(each)) if (whole[name] !== undefined) members.add(name);
  }
  return {
    about: whole.info ?? whole.descriptor,
    ...(calibration?.formats && { formats: [...calibration.formats] }),
    members: [...members],
  };
}

function serialized(thrown: unknown, code: CodeName): SerializedBiometricError {
  if (isBiometricError(thrown)) return thrown.serialize();
  return new BiometricError(code, thrown instanceof Error ? thrown.message : String(thrown)).serialize();
}
