/** The readers that libfprint drives, as they come and go. */

import { Attached, type AttachmentObserver } from '../../adapters/attached.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { type DrivenReader, describeReader, foundReaders, isDriven, isPermitted } from './found-readers.ts';
import { type LinkParts, ReaderLink } from './reader-link.ts';
import { accessRemedy } from './udev-rules.ts';
import { watchUsb } from './usb-changes.ts';

/** Which readers are meant; all of them when nothing is given. */
export interface ReaderChoice {
  /** Only those of this driver of libfprint. */
  readonly driver?: string | undefined;
  /** Only the one with this serial number, device path, or USB id. */
  readonly device?: string | undefined;
}

export class LibfprintReaders implements AsyncDisposable {
  readonly #choice: ReaderChoice;
  readonly #parts: LinkParts;
  readonly #links = new Map<string, ReaderLink>();
  readonly #faults = new Map<string, BiometricError>();
  readonly #attached = new Attached<ReaderLink>();
  readonly #watching: Disposable;
  #scanning: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  private constructor(choice: ReaderChoice, parts: LinkParts) {
    this.#choice = choice;
    this.#parts = parts;
    this.#watching = watchUsb(() => void this.scan());
  }

  /**
   * Resolves when those that are present are known and have their processes. A reader that cannot be used is one of
   * {@link faults}.
   */
  static async start(choice: ReaderChoice, parts: LinkParts): Promise<LibfprintReaders> {
    const readers = new LibfprintReaders(choice, parts);
    await readers.scan();
    return readers;
  }

  /** Those that are present. */
  get links(): readonly ReaderLink[] {
    return [...this.#links.values()];
  }

  /** Readers that are plugged in and cannot be used, each with what to do. */
  get faults(): readonly BiometricError[] {
    return [...this.#faults.values()];
  }

  /** Reports those that are present, then every change, until the returned subscription is disposed. */
  watch(observer: AttachmentObserver<ReaderLink>): Disposable {
    return this.#attached.watch(observer);
  }

  /** Looks what is plugged in. Never rejects. */
  scan(): Promise<void> {
    this.#scanning = this.#scanning.then(() => this.#scan());
    return this.#scanning;
  }

  /** Closes every reader; idempotent, never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#watching[Symbol.dispose]();
    await this.#scanning;
    const { links } = this;
    this.#attached.close();
    await Promise.all(links.map((link) => link.close()));
  }

  async #scan(): Promise<void> {
    const found = (await foundReaders()).filter(isDriven).filter((each) => isChosen(each, this.#choice));
    for (const [id, link] of this.#links) {
      const now = found.find(({ deviceInstanceId }) => deviceInstanceId === id);
      // One that came back under another number is another device.
      if (now === undefined || now.node !== link.found.node) link.remove();
    }
    const present = new Set(found.map(({ deviceInstanceId }) => deviceInstanceId));
    for (const id of this.#faults.keys()) if (!present.has(id)) this.#faults.delete(id);
    const missing = found.filter(({ deviceInstanceId }) => !this.#links.has(deviceInstanceId));
    await Promise.all(missing.map((each) => this.#add(each)));
  }

  async #add(found: DrivenReader): Promise<void> {
    const { deviceInstanceId: id } = found;
    const { logger } = this.#parts;
    if (this.#closing !== undefined) return;
    try {
      if (!isPermitted(found)) throw new BiometricError('E_ACCESSDENIED', `${found.node}: ${accessRemedy(found)}`);
      const link = await ReaderLink.start(found, this.#parts);
      this.#faults.delete(id);
      this.#links.set(id, link);
      link.watch({ removed: () => this.#lost(id, link) });
      logger.info('a reader was found', { reader: id, name: link.facts.name, driver: found.driver });
      this.#attached.add(link);
    } catch (thrown) {
      // Any SPI device might have been one.
      if (found.driver === 'elanspi') return;
      const fault = toBiometricError(thrown, 'WINBIO_E_DEVICE_FAILURE');
      const known = this.#faults.get(id)?.message;
      const told = new BiometricError(fault.hresult, `${describeReader(found)} (${id}): ${fault.message}`);
      this.#faults.set(id, told);
      if (known !== told.message) logger.warn('a reader cannot be used', { reader: id, why: fault.message });
    }
  }

  #lost(id: string, link: ReaderLink): void {
    if (this.#links.get(id) === link) this.#links.delete(id);
    this.#attached.remove(link);
    void link.close();
    // It may be there already, under another number.
    void this.scan();
  }
}

/** True when the choice means the reader. */
export function isChosen(found: DrivenReader, { driver, device }: ReaderChoice): boolean {
  if (driver !== undefined && found.driver !== driver) return false;
  if (device === undefined) return true;
  return [found.serialNumber, found.deviceInstanceId, found.usbId, found.node].includes(device);
}
