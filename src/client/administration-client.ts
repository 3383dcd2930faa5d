/** The administrative requests of a running service. */

import type { DatabaseId, UnitId } from '../core/identifiers.ts';
import type {
  AttemptLock,
  ClientAccount,
  PrintChange,
  ReaderPrints,
  ServiceHealth,
  ServiceStatus,
  TemplateExport,
  TemplateOwner,
} from '../core/service-report.ts';
import type { ImportReport, TemplateRow } from '../core/template-import.ts';
import { type ImportTemplatesOptions, importTemplates } from './import-templates.ts';
import type { ServiceChannel } from './service-channel.ts';

/**
 * The administrative side of a connection: what the service is doing, who is enrolled, templates to export. Only
 * {@link status}, {@link whoAmI} and {@link consoleAddress} are open to every account. From `service.administration`.
 */
export class AdministrationClient {
  readonly #channel: ServiceChannel;

  /** Made by `service.administration`. */
  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /**
   * The process of the service; any account may ask. Rejects with WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { version, uptimeSeconds } = await service.administration.status();
   * ```
   */
  async status(): Promise<ServiceStatus> {
    return (await this.#ask('status')) as ServiceStatus;
  }

  /**
   * The account this connection acts for, and its rights; any account may ask. Rejects with WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * if (!(await service.administration.whoAmI()).mayEnroll) show('enrollment is for administrators');
   * ```
   */
  async whoAmI(): Promise<ClientAccount> {
    return (await this.#ask('who-am-i')) as ClientAccount;
  }

  /**
   * A one-time address that opens the web console, paired with this account; valid for 24 hours.
   * Rejects with E_NOTIMPL when the service serves no pages, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * console.log(`Open ${await service.administration.consoleAddress()}`);
   * ```
   */
  async consoleAddress(): Promise<string> {
    return (await this.#channel.ask('console', undefined)) as string;
  }

  /**
   * Load, units and recent requests of the service; administrators only. `after` is the `number` of the last request
   * already seen, default 0. Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { units, answered } = await service.administration.health({ after: 100 });
   * ```
   */
  async health(options: { readonly after?: number } = {}): Promise<ServiceHealth> {
    return (await this.#ask('health', options)) as ServiceHealth;
  }

  /**
   * Owners of templates in a database; administrators only. Rejects with E_ACCESSDENIED, E_INVALIDARG,
   * WINBIO_E_DATABASE_CANT_FIND, WHORL_E_CONNECTION_LOST, and what the storage adapter fails with.
   *
   * @example
   * ```ts
   * const [database] = await service.databases();
   * if (database) console.table(await service.administration.owners(database.databaseId));
   * ```
   */
  async owners(databaseId: DatabaseId): Promise<readonly TemplateOwner[]> {
    return (await this.#ask('owners', { databaseId })) as readonly TemplateOwner[];
  }

  /**
   * Exports a template as bytes; administrators only, and audited. Rejects with E_ACCESSDENIED,
   * WINBIO_E_DATABASE_CANT_FIND, WINBIO_E_DATABASE_NO_SUCH_RECORD, E_INVALIDARG for an unknown format or an engine
   * whose templates hold no minutiae, WHORL_E_CONNECTION_LOST, and what the storage adapter or the audit log fails
   * with.
   *
   * @example
   * ```ts
   * const bytes = await service.administration.exportTemplate({
   *   databaseId, identity, subFactor: FINGERS['right-index'], format: 'iso-19794-2-2005',
   * });
   * ```
   */
  async exportTemplate(template: TemplateExport): Promise<Uint8Array> {
    return (await this.#ask('export-template', { ...template })) as Uint8Array;
  }

  /**
   * Readers and accounts that failed attempts have locked; administrators only. Rejects with E_ACCESSDENIED,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for (const { kind, name, remainingMs } of await service.administration.locks()) show(kind, name, remainingMs);
   * ```
   */
  async locks(): Promise<readonly AttemptLock[]> {
    return (await this.#ask('locks')) as readonly AttemptLock[];
  }

  /**
   * Opens what failed attempts have locked: the reader or account of this name, or everything; audited, administrators
   * only. Resolves with what was locked. Rejects with E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.administration.unlock('front door');
   * ```
   */
  async unlock(name?: string): Promise<readonly AttemptLock[]> {
    return (await this.#ask('unlock', name === undefined ? {} : { name })) as readonly AttemptLock[];
  }

  /**
   * Takes a unit from the session that enrolls on it or has locked it, and says what was taken; the session learns it
   * at its next call. Rejects with WINBIO_E_INVALID_UNIT, E_ACCESSDENIED.
   *
   * @example
   * ```ts
   * const { enrollment, lock } = await service.administration.releaseUnit(1);
   * ```
   */
  async releaseUnit(unitId: UnitId): Promise<{ readonly enrollment: boolean; readonly lock: boolean }> {
    return (await this.#ask('release-unit', { unitId })) as { readonly enrollment: boolean; readonly lock: boolean };
  }

  /**
   * What is on the readers that match inside, and what the records say of it; administrators only. Rejects with
   * E_ACCESSDENIED, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_DEVICE_FAILURE, WINBIO_E_SENSOR_UNAVAILABLE,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for (const { name, prints = [] } of await service.administration.readerPrints()) {
   *   show(name, prints.filter(({ record }) => record === undefined).length, 'prints that nobody is known by');
   * }
   * ```
   */
  async readerPrints(): Promise<readonly ReaderPrints[]> {
    return (await this.#ask('reader-prints')) as readonly ReaderPrints[];
  }

  /**
   * Brings a reader that matches inside and its records together by one change; administrators only, and audited.
   * Rejects with E_ACCESSDENIED, WINBIO_E_INVALID_UNIT, E_INVALIDARG (a record knows the print),
   * WINBIO_E_DATABASE_NO_SUCH_RECORD (there is none), E_NOTIMPL (the reader takes no single print off),
   * WINBIO_E_DUPLICATE_ENROLLMENT (the person has such a finger), WINBIO_E_ENROLLMENT_IN_PROGRESS,
   * WINBIO_E_DEVICE_FAILURE, WINBIO_E_SENSOR_UNAVAILABLE, WHORL_E_CONNECTION_LOST, and what the storage adapter or the
   * audit log fails with.
   *
   * @example
   * ```ts
   * await service.administration.changePrint({ kind: 'remove', unitId: 1, print: 'slot-3' });
   * ```
   */
  async changePrint(change: PrintChange): Promise<void> {
    await this.#ask('change-print', { change });
  }

  /**
   * Stores prints that other products made, such as the minutiae records or pictures of a table; administrators only,
   * and audited. Rows go out in groups as the reports are read, so that tables of any length take little memory. A row
   * that cannot be used is reported and ends nothing. Run again, it skips what is there.
   *
   * Throws E_INVALIDARG for options that are not known. Reading rejects with E_ACCESSDENIED, E_NOTIMPL (another engine
   * is configured), WINBIO_E_DATABASE_CANT_FIND, WINBIO_E_DISABLED, WINBIO_E_CANCELED, WHORL_E_CONNECTION_LOST, and
   * what the rows, the storage adapter or the audit log fail with; what was stored before stays.
   *
   * @example
   * ```ts
   * const rows = [{ person: 'member 4711', finger: 'right-index', print: await readFile('4711.fmr') }];
   * for await (const report of service.administration.importTemplates(rows, { databaseId })) {
   *   if (report.kind === 'rejected') console.error(report.row, report.person, report.error.message);
   * }
   * ```
   */
  importTemplates(
    rows: AsyncIterable<TemplateRow> | Iterable<TemplateRow>,
    options: ImportTemplatesOptions,
  ): AsyncGenerator<ImportReport, void, void> {
    return importTemplates(this.#channel, rows, options);
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return this.#channel.ask('administration', { kind, ...fields });
  }
}
