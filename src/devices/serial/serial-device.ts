/** A module of the ZFM-20 family that compares inside: its library is the database. */

import type {
  DeviceEnrollment,
  DeviceIdentification,
  DevicePicture,
  DevicePrint,
  DeviceVerification,
  EnrollOptions,
  FingerFeedback,
  MatchingDeviceInfo,
  NewPrint,
} from '../../adapters/matching-device.ts';
import { MatchingDeviceBase } from '../../adapters/matching-device-base.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import { WINBIO_FP_SENSOR_SUBTYPE_TOUCH } from '../../core/constants.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { FingerWait } from '../../drivers/serial/finger-wait.ts';
import type { ZfmModule } from '../../drivers/serial/zfm/zfm-module.ts';
import { slotRanges } from './slot-ranges.ts';

/** Touches of an enrollment: RegModel joins two. */
const STAGES = 2;

/** What a maker promises at security level 3, the middle one. Source: ZFM-20 user manual, chapter 1 (FAR < 0.001 %). */
const FALSE_MATCH_RATE = 1e-5;

/**
 * One module. A print is a slot: the module keeps neither label nor owner. Its operations reject with
 * WINBIO_E_DEVICE_FAILURE when the module does not answer, and with WINBIO_E_SENSOR_UNAVAILABLE once its cable was
 * pulled.
 */
export class SerialDevice extends MatchingDeviceBase {
  /** What the device says about itself. */
  readonly info: MatchingDeviceInfo;
  readonly #module: ZfmModule;
  readonly #wait: FingerWait;

  /** The module becomes its own. */
  constructor(module: ZfmModule, clock: Clock = SYSTEM_CLOCK) {
    super({ clock });
    this.#module = module;
    this.#wait = new FingerWait(module, clock, (present) => this._finger(present));
    const { path, modelName, model, parameters } = module;
    this.info = Object.freeze({
      deviceInstanceId: `SERIAL\\${modelName.toUpperCase()}\\${path}`,
      description: `${modelName.toUpperCase()} on ${path}, matching inside`,
      manufacturer: model.manufacturer,
      model: modelName,
      serialNumber: '',
      driver: 'zfm',
      firmwareVersion: Object.freeze({ major: 0, minor: 0 }),
      subType: WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
      // A module that says 0 does not tell.
      ...(parameters.capacity > 0 && { capacity: parameters.capacity }),
      enrollStages: STAGES,
      capabilities: Object.freeze([
        'identify',
        'verify',
        'picture',
        'list',
        'count',
        'delete',
        'clear',
        'backup',
        'duplicates',
        'touch',
        ...(model.hasRing ? (['feedback'] as const) : []),
      ] as const),
      falseMatchRate: FALSE_MATCH_RATE,
    });
    void module.ended.then((reason) => {
      if (reason.code === 'WINBIO_E_SENSOR_UNAVAILABLE') this._removed();
    });
  }

  /** Resolves when the module is gone, or the device closed. */
  get gone(): Promise<unknown> {
    return this.#module.ended;
  }

  protected override async _open(): Promise<void> {
    await this.#module.count();
  }

  protected override async _enroll(_: NewPrint, { signal, onStage }: EnrollOptions): Promise<DeviceEnrollment> {
    await this.#freeSlot();
    for (let completed = 0; completed < STAGES; ) {
      const buffer = completed === 0 ? 1 : 2;
      const detail = await this.#touch(buffer, signal);
      if (detail !== 0) {
        onStage({ kind: 'rejected', detail });
        continue;
      }
      const known = completed === 0 ? await this.#searchAll() : undefined;
      if (known !== undefined) return { kind: 'duplicate', print: printOf(known) };
      completed += 1;
      if (completed < STAGES) onStage({ kind: 'accepted', completed });
    }
    const merged = await this.#module.join();
    if (merged !== 0) return { kind: 'rejected', detail: merged };
    // From here on it is stored, whether it is still wanted or not.
    throwIfAborted(signal);
    const slot = await this.#freeSlot();
    await this.#module.store(1, slot);
    onStage({ kind: 'accepted', completed: STAGES });
    return { kind: 'enrolled', print: printOf(slot) };
  }

  protected override async _verify(print: DevicePrint, { signal }: AdapterOptions): Promise<DeviceVerification> {
    const slot = await this.#slotOf(print);
    const detail = await this.#touch(1, signal);
    if (detail !== 0) return { kind: 'rejected', detail };
    await this.#module.load(2, slot);
    return { kind: (await this.#module.compare()) === undefined ? 'no-match' : 'match' };
  }

  protected override async _identify(
    prints: readonly DevicePrint[] | 'all',
    { signal }: AdapterOptions,
  ): Promise<DeviceIdentification> {
    const detail = await this.#touch(1, signal);
    if (detail !== 0) return { kind: 'rejected', detail };
    const slot = prints === 'all' ? await this.#searchAll() : await this.#searchAmong(prints);
    return slot === undefined ? { kind: 'no-match' } : { kind: 'match', print: printOf(slot) };
  }

  protected override async _capturePicture({ signal }: AdapterOptions): Promise<DevicePicture> {
    const detail = await this.#wait.next(signal);
    if (detail !== 0) return { kind: 'rejected', detail };
    const image = await this.#module.picture(signal);
    this.#wait.used();
    return { kind: 'picture', image };
  }

  protected override async _list(): Promise<readonly DevicePrint[]> {
    return (await this.#module.slots()).map(printOf);
  }

  protected override _count(): Promise<number> {
    return this.#module.count();
  }

  protected override async _delete(print: DevicePrint): Promise<void> {
    await this.#module.remove(await this.#slotOf(print));
  }

  protected override _clear(): Promise<void> {
    return this.#module.clear();
  }

  protected override async _exportTemplate(print: DevicePrint): Promise<Uint8Array> {
    await this.#module.load(1, await this.#slotOf(print));
    return await this.#module.template(1);
  }

  protected override async _importTemplate(template: Uint8Array): Promise<DevicePrint> {
    const slot = await this.#freeSlot();
    await this.#module.putTemplate(1, template);
    await this.#module.store(1, slot);
    await this.#requireTaken(slot, template);
    return printOf(slot);
  }

  protected override _feedback(shown: FingerFeedback): Promise<void> {
    return this.#module.light(shown);
  }

  protected override async _reset(): Promise<void> {
    // What is left of the last answer is dropped on the way.
    await this.#module.count();
  }

  protected override async _close(): Promise<void> {
    await this.#module.light('off').catch(() => {});
    await this.#module.close();
  }

  /** Waits for a finger and makes its features. 0, or why the touch was of no use. */
  async #touch(buffer: 1 | 2, signal: AbortSignal): Promise<RejectDetail | 0> {
    const detail = await this.#wait.next(signal);
    if (detail !== 0) return detail;
    const flaw = await this.#module.extract(buffer);
    this.#wait.used();
    return flaw;
  }

  async #searchAll(): Promise<number | undefined> {
    return (await this.#module.search(1, 0, this.#module.parameters.capacity))?.slot;
  }

  async #searchAmong(prints: readonly DevicePrint[]): Promise<number | undefined> {
    if (prints.length === 0) return undefined;
    const used = await this.#module.slots();
    const asked = new Set(prints.map(slotIn).filter((slot) => slot !== undefined));
    for (const { first, count } of slotRanges(used, asked)) {
      const found = await this.#module.search(1, first, count);
      // Some modules look further than they are told.
      if (found !== undefined && asked.has(found.slot)) return found.slot;
    }
    return undefined;
  }

  /** Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD when the slot is not in use. */
  async #slotOf(print: DevicePrint): Promise<number> {
    const slot = slotIn(print);
    if (slot !== undefined && (await this.#module.slots()).includes(slot)) return slot;
    throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', `the module holds no print ${print.id}`);
  }

  /** Rejects with WINBIO_E_DATABASE_FULL. */
  async #freeSlot(): Promise<number> {
    const used = new Set(await this.#module.slots());
    for (let slot = 0; slot < this.#module.parameters.capacity; slot++) if (!used.has(slot)) return slot;
    throw new BiometricError('WINBIO_E_DATABASE_FULL', 'the module has no free slot; delete a finger first');
  }

  /** A module stores whatever it is given; what it hands out again must be that. */
  async #requireTaken(slot: number, template: Uint8Array): Promise<void> {
    await this.#module.load(2, slot);
    const held = await this.#module.template(2);
    const isTaken = held.length === template.length && held.every((byte, i) => byte === template[i]);
    if (isTaken) return;
    await this.#module.remove(slot);
    throw new BiometricError('WHORL_E_MALFORMED', 'the module does not take this template; it is of another model');
  }
}

function printOf(slot: number): DevicePrint {
  return { id: `slot-${slot}`, handle: Uint8Array.of(slot >> 8, slot & 0xff) };
}

/** The slot of a print; undefined for one of another device. */
function slotIn({ id }: DevicePrint): number | undefined {
  const [, digits] = /^slot-(\d{1,5})$/.exec(id) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
