/** The checks that every storage needs, made once: an author writes the hooks, which start with an underscore. */

import { BiometricError } from '../core/biometric-error.ts';
import { isGuid, normalizeGuid } from '../core/guid.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';
import type { AdapterOptions } from './sensor-adapter.ts';
import { throwIfAborted } from './sensor-adapter-base.ts';
import type { DatabaseDescriptor, StorageAdapter, StorageInfo, TemplateDatabase } from './storage-adapter.ts';
import type { TemplateDatabaseBase } from './template-database-base.ts';

/** Longest index vectors, in numbers. */
const MAX_INDEX_LENGTH = 4096;

/**
 * Base of a storage adapter. It knows which databases it has open, so that it can close them and refuse to erase them.
 */
export abstract class StorageAdapterBase implements StorageAdapter {
  /** What the storage can do; fixed for its life. */
  abstract readonly info: StorageInfo;
  #opened: TemplateDatabaseBase[] = [];
  #closing: Promise<void> | undefined;

  /**
   * Opens a database; with `create`, makes it when it does not exist. Rejects with E_INVALIDARG (descriptor),
   * WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_open` rejects with. WBF: storage 4.
   *
   * @example
   * const database = await storage.open(descriptor, { create: true });
   * const recordId = await database.add({ identity, subFactor: 2, template });
   */
  async open(descriptor: DatabaseDescriptor, options: { readonly create: boolean }): Promise<TemplateDatabase> {
    this.#checkOpen();
    const database = await this._open(checked(descriptor), { create: options.create });
    if (this.#closing !== undefined) await database.close();
    this.#checkOpen();
    this.#opened = [...this.#opened.filter(({ isClosed }) => !isClosed), database];
    return database;
  }

  /**
   * Destroys a database. Rejects with WINBIO_E_DATABASE_LOCKED while this adapter has it open, E_INVALIDARG
   * (descriptor), WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_erase` rejects with.
   *
   * @example
   * await storage.erase(descriptor);
   */
  async erase(descriptor: DatabaseDescriptor): Promise<void> {
    this.#checkOpen();
    const wanted = checked(descriptor);
    if (
      this.#opened.some(({ isClosed, descriptor: { databaseId } }) => !isClosed && databaseId === wanted.databaseId)
    ) {
      throw new BiometricError('WINBIO_E_DATABASE_LOCKED', 'the database is open');
    }
    await this._erase(wanted);
  }

  /**
   * Runs a vendor command. Rejects with E_INVALIDARG (unknown code), WINBIO_E_CANCELED (aborted),
   * WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * const request = { code: 1, privileged: false, sendBuffer: new Uint8Array(), receiveBufferSize: 64 };
   * const { received } = await storage.control(request, { signal });
   */
  async control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome> {
    this.#checkOpen();
    throwIfAborted(options.signal);
    return await this._control(request, options);
  }

  /**
   * Closes its databases and then itself; idempotent. Rejects with an AggregateError of the databases' faults, or with
   * what `_close` rejects with.
   *
   * @example
   * await storage.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using storage = new SqliteStorageAdapter();
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Opens a database; the GUIDs of the descriptor are in canonical form. */
  protected abstract _open(
    descriptor: DatabaseDescriptor,
    options: { readonly create: boolean },
  ): Promise<TemplateDatabaseBase>;

  /** Destroys a database that this adapter does not have open. */
  protected abstract _erase(descriptor: DatabaseDescriptor): Promise<void>;

  /** Vendor commands. By default every code is unknown (D-26). */
  protected async _control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  }

  /** Releases what the storage holds beside its databases; called once. By default nothing. */
  protected async _close(): Promise<void> {}

  async #close(): Promise<void> {
    const closed = await Promise.allSettled(this.#opened.map((database) => database.close()));
    await this._close();
    const errors = closed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'some databases could not be closed');
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'storage is closed');
  }
}

/** A frozen copy with canonical GUIDs. Rejects a descriptor without them, or an impossible limit, with E_INVALIDARG. */
function checked(descriptor: DatabaseDescriptor): DatabaseDescriptor {
  const { databaseId, templateFormat, recordLimit, indexLength = 0 } = descriptor;
  if (!isGuid(databaseId) || !isGuid(templateFormat)) {
    throw new BiometricError('E_INVALIDARG', 'a database is named by a GUID, and so is its template format');
  }
  if (recordLimit !== undefined && !(Number.isInteger(recordLimit) && recordLimit > 0)) {
    throw new BiometricError('E_INVALIDARG', 'recordLimit must be a whole number above zero');
  }
  if (!(Number.isInteger(indexLength) && indexLength >= 0 && indexLength <= MAX_INDEX_LENGTH)) {
    throw new BiometricError('E_INVALIDARG', `indexLength must be a whole number up to ${MAX_INDEX_LENGTH}`);
  }
  return Object.freeze({
    ...descriptor,
    databaseId: normalizeGuid(databaseId),
    templateFormat: normalizeGuid(templateFormat),
  });
}
