/** What administrators ask of a running service. */

import type { DatabaseId } from '../core/identifiers.ts';
import type {
  ClientAccount,
  ServiceHealth,
  ServiceStatus,
  TemplateExport,
  TemplateOwner,
} from '../core/service-report.ts';
import type { ServiceChannel } from './service-channel.ts';

export class AdministrationClient {
  readonly #channel: ServiceChannel;

  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /** The process; anybody may ask. */
  async status(): Promise<ServiceStatus> {
    return (await this.#ask('status')) as ServiceStatus;
  }

  /** Whom this connection stands for; anybody may ask. */
  async whoAmI(): Promise<ClientAccount> {
    return (await this.#ask('who-am-i')) as ClientAccount;
  }

  /** Address that opens the console once, paired with this account. Throws E_NOTIMPL when no pages are served. */
  async consoleAddress(): Promise<string> {
    return (await this.#ask('console-address')) as string;
  }

  /** How the service is, with the requests that were answered after one of them. Throws E_ACCESSDENIED, as all below. */
  async health(options: { readonly after?: number } = {}): Promise<ServiceHealth> {
    return (await this.#ask('health', options)) as ServiceHealth;
  }

  /** Who has templates in a database. Throws WINBIO_E_DATABASE_CANT_FIND. */
  async owners(databaseId: DatabaseId): Promise<readonly TemplateOwner[]> {
    return (await this.#ask('owners', { databaseId })) as readonly TemplateOwner[];
  }

  /**
   * A template as bytes; audited. Throws WINBIO_E_DATABASE_NO_SUCH_RECORD, and E_INVALIDARG for an unknown format or
   * an engine whose templates hold no minutiae.
   */
  async exportTemplate(template: TemplateExport): Promise<Uint8Array> {
    return (await this.#ask('export-template', { ...template })) as Uint8Array;
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return this.#channel.ask('administration', { kind, ...fields });
  }
}
