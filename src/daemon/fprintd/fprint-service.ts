/**
 * The service in fprintd's place on the system bus: owns its name, and serves a manager and the readers, to login screens,
 * settings and PAM. It goes on when the bus is started again.
 */

import { setTimeout as wait } from 'node:timers/promises';
import type { ExportRegistration, MessageBus } from 'dbus-native';
import type { Residents } from '../../composition/residents/residents.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { WINBIO_POOL_SYSTEM, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { UnitDescription } from '../../core/operation-result.ts';
import { WHORL_E_CONNECTION_LOST } from '../../core/result-constants.ts';
import { FPRINT_INTERFACES, FPRINT_NAME, FPRINT_PATHS } from '../../drivers/fprintd/fprint-interface.ts';
import { openSystemBus } from '../../drivers/fprintd/system-bus.ts';
import type { Service } from '../../service/service.ts';
import type { FprintdConfiguration } from '../configuration/daemon-configuration.ts';
import { FprintCallers, type FprintCallersParts } from './fprint-callers.ts';
import { FprintDevice } from './fprint-device.ts';
import { FprintFault } from './fprint-fault.ts';

/** What it is made of. */
export interface FprintServiceParts extends Pick<FprintCallersParts, 'admit' | 'logger'> {
  readonly service: Service;
  readonly residents: Residents;
  readonly configuration: FprintdConfiguration;
  /** Names of readers that are never offered. */
  readonly unfit: readonly string[];
}

/** RequestName: do not wait for the name behind another owner. D-Bus specification. */
const DO_NOT_QUEUE = 4;
/** How long it waits before it looks for a bus that has gone, milliseconds: at first, and at most. */
const AGAIN_MS = { first: 500, most: 30_000 };

/** A device on the bus. */
interface Served {
  readonly device: FprintDevice;
  readonly registration: Promise<ExportRegistration>;
}

export class FprintService implements AsyncDisposable {
  readonly #parts: FprintServiceParts;
  readonly #ending = new AbortController();
  /** Numbers of readers, which they keep. */
  readonly #numbers = new Map<string, number>();
  readonly #served = new Map<string, Served>();
  #bus: MessageBus | undefined;
  #dbus: typeof import('dbus-native') | undefined;
  #running: Promise<void> = Promise.resolve();

  private constructor(parts: FprintServiceParts) {
    this.#parts = parts;
  }

  /**
   * Takes fprintd's name. Rejects with WHORL_E_CONFIGURATION where there is no bus, another owns the name, the bus does not
   * allow it, or `dbus-native` is not installed.
   */
  static async start(parts: FprintServiceParts): Promise<FprintService> {
    const made = new FprintService(parts);
    await made.#begin().catch((cause: unknown) => {
      if (hresultOf(cause) !== WHORL_E_CONNECTION_LOST) throw cause;
      throw new BiometricError('WHORL_E_CONFIGURATION', `fprintd: ${(cause as Error).message}`, { cause });
    });
    made.#running = made.#goOn();
    return made;
  }

  /** Leaves the bus; what its clients do ends. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#end();
    await this.#running;
  }

  async #begin(): Promise<void> {
    const { logger, configuration } = this.#parts;
    const report = (fault: Error) => logger.warn('a message of the bus was not answered', { reason: fault.message });
    const bus = await openSystemBus(configuration.bus, report);
    try {
      this.#dbus = await import('dbus-native');
      this.#bus = bus;
      bus.exportObjectManager(OBJECT_MANAGER_PATH);
      await bus.export(FPRINT_PATHS.manager, this.#manager());
      this.#follow();
      // Whoever sees the name finds the readers.
      await Promise.all([...this.#served.values()].map(({ registration }) => registration));
      await requireName(bus);
    } catch (thrown) {
      await this.#end();
      throw thrown;
    }
    logger.info('the service stands in the place of fprintd', { name: FPRINT_NAME });
  }

  /** Begins again whenever the bus goes. Never rejects. */
  async #goOn(): Promise<void> {
    const { service, logger } = this.#parts;
    const { signal } = this.#ending;
    using _watching = service.onUnitChange(() => this.#follow());
    while (!signal.aborted) {
      await closed(this.#bus, signal);
      await this.#end();
      for (let ms = AGAIN_MS.first; !signal.aborted; ms = Math.min(2 * ms, AGAIN_MS.most)) {
        await wait(ms, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        const fault: unknown = await this.#begin().then(
          () => undefined,
          (thrown: unknown) => thrown ?? new Error('no bus'),
        );
        if (fault === undefined) break;
        logger.warn('the message bus cannot be used', { reason: String(fault) });
      }
    }
  }

  async #end(): Promise<void> {
    const [bus, served] = [this.#bus, [...this.#served.values()]];
    // Readers that are let go now are not offered again.
    this.#bus = undefined;
    this.#served.clear();
    await Promise.all(served.map(({ device }) => device[Symbol.asyncDispose]()));
    await bus?.close();
  }

  /** Readers come and go; one that was claimed stays until it is let go. */
  #follow(): void {
    const { bus, define } = { bus: this.#bus, define: this.#dbus?.defineInterface };
    if (bus === undefined || define === undefined) return;
    const units = new Map(this.#units().map((unit) => [unit.name, unit]));
    for (const [name, { device, registration }] of this.#served) {
      if (units.get(name)?.unitId === device.unit.unitId || device.claimed) continue;
      this.#served.delete(name);
      void registration.then((each) => each.remove()).catch(() => undefined);
    }
    const { service, residents, configuration, admit, logger } = this.#parts;
    const callers = new FprintCallers({ bus, admit, logger, polkit: configuration.polkit ?? false });
    for (const unit of units.values()) {
      if (this.#served.has(unit.name)) continue;
      const path = `${FPRINT_PATHS.devices}/${this.#numberOf(unit.name)}`;
      const stages = service.samplesNeeded(unit.unitId) ?? -1;
      const released = () => this.#follow();
      const device = new FprintDevice({ bus, define, path, unit, stages, residents, callers, released });
      this.#served.set(unit.name, { device, registration: bus.export(path, device.definition) });
    }
  }

  /** Readers that people log in with: not those at doors, unless the configuration names them. Those at desks come first. */
  #units(): readonly UnitDescription[] {
    const { service, configuration, unfit } = this.#parts;
    const useOf = (unit: UnitDescription) => service.places.of(unit.name).use;
    const chosen = ({ name }: UnitDescription) => configuration.readers?.includes(name) ?? !unfit.includes(name);
    return service.unitDescriptions
      .filter(({ poolType, factor }) => poolType === WINBIO_POOL_SYSTEM && factor === WINBIO_TYPE_FINGERPRINT)
      .filter((unit) => chosen(unit) && (configuration.readers !== undefined || useOf(unit) !== 'door'))
      .toSorted((a, b) => Number(useOf(b) === 'desk') - Number(useOf(a) === 'desk'));
  }

  #numberOf(name: string): number {
    const number = this.#numbers.get(name) ?? this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }

  #manager(): ReturnType<typeof import('dbus-native').defineInterface> {
    const define = this.#dbus?.defineInterface;
    if (define === undefined) throw new TypeError('the bus is not loaded');
    const paths = () => {
      const attached = new Set(this.#units().map(({ name }) => name));
      const all = [...this.#served.entries()];
      return [...all.filter(([name]) => attached.has(name)), ...all.filter(([name]) => !attached.has(name))].map(
        ([, { device }]) => device.path,
      );
    };
    const defined = define({
      name: FPRINT_INTERFACES.manager,
      methods: {
        GetDevices: { out: { devices: 'ao' }, handler: paths },
        GetDefaultDevice: {
          out: { device: 'o' },
          handler: () => {
            const [first] = paths();
            if (first === undefined) throw new FprintFault('noSuchDevice', 'no reader is plugged in');
            return first;
          },
        },
      },
    });
    Object.setPrototypeOf(defined.impl, null);
    return defined;
  }
}

/** Where ObjectManager is asked for all of them. */
const OBJECT_MANAGER_PATH = '/net/reactivated/Fprint';

/** Takes the name. Rejects with WHORL_E_CONFIGURATION. */
async function requireName(bus: MessageBus): Promise<void> {
  const { isPrimaryOwner } = await bus.ownName(FPRINT_NAME, DO_NOT_QUEUE).catch((cause: unknown) => {
    const text = `fprintd: the message bus does not let this account own ${FPRINT_NAME}; install its policy (docs/desktop.md)`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  });
  if (isPrimaryOwner) return;
  const text = `fprintd: another program owns ${FPRINT_NAME}; stop it: systemctl mask --now fprintd`;
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

/** Resolves when the connection has ended, or the signal is aborted. */
async function closed(bus: MessageBus | undefined, signal: AbortSignal): Promise<void> {
  if (bus === undefined || signal.aborted) return;
  await new Promise<void>((resolve) => {
    bus.connection.on('close', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
