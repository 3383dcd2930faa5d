/** The people that a service knows. */

import type { OwnerIdentity } from '../core/identity.ts';
import type { Page, PageRequest } from '../core/page.ts';
import type {
  BulkChange,
  Person,
  PersonBelongings,
  PersonDetails,
  PersonGroup,
  PersonImportReport,
  PersonQuery,
} from '../core/person.ts';
import { asking, type MayBeCanceled } from './asking.ts';
import type { ServiceChannel } from './service-channel.ts';

/** Characters of a table that are sent at once: less than a message of an ordinary client may have, whatever the script. */
const PIECE = 200_000;

/** How people are imported. */
export interface ImportPeopleOptions extends MayBeCanceled {
  /** Says what it would do, and does nothing. Default: false. */
  readonly preview?: boolean;
  /** Told after each group of rows: how many are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The directory of people, from `service.people`: who stands behind the identities of the framework. For administrators
 * and operators. Every method rejects with E_ACCESSDENIED for others, and with WHORL_E_CONNECTION_LOST.
 *
 * ```ts
 * const ada = await service.people.create({ name: 'Ada Lovelace', groups: ['Staff'] });
 * ```
 */
export class PeopleClient {
  readonly #channel: ServiceChannel;

  /** Made by `service.people`. */
  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /**
   * Creates a person under a new GUID, or under `identity`, such as the SID of an account. Rejects with E_INVALIDARG for
   * details that are none, WHORL_E_PERSON_EXISTS when the identity or the number is taken.
   *
   * @example
   * ```ts
   * const { identity } = await service.people.create({ name: 'Ada Lovelace', number: '4711', groups: ['Staff'] });
   * ```
   */
  async create(details: PersonDetails & { readonly identity?: OwnerIdentity }): Promise<Person> {
    return (await this.#ask('create', { details })) as Person;
  }

  /**
   * One person. Rejects with WHORL_E_NO_SUCH_PERSON.
   *
   * @example
   * ```ts
   * const { name, fingers } = await service.people.get(identity);
   * ```
   */
  async get(identity: OwnerIdentity): Promise<Person> {
    return (await this.#ask('get', { identity })) as Person;
  }

  /**
   * People who fit, a page at a time. Rejects with E_INVALIDARG for a cursor of another query.
   *
   * @example
   * ```ts
   * const { items, total } = await service.people.list({ text: 'love ada', group: 'Staff', limit: 20 });
   * ```
   */
  async list(query: PersonQuery & PageRequest = {}): Promise<Page<Person>> {
    return (await this.#ask('list', { query })) as Page<Person>;
  }

  /**
   * All groups, by name.
   * Rejects with E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for (const { name, people } of await service.people.groups()) show(name, people);
   * ```
   */
  async groups(): Promise<readonly PersonGroup[]> {
    return (await this.#ask('groups')) as readonly PersonGroup[];
  }

  /**
   * Replaces the details of a person; with `revision`, only if nobody changed them since. Rejects with E_INVALIDARG,
   * WHORL_E_NO_SUCH_PERSON, WHORL_E_PERSON_CHANGED, WHORL_E_PERSON_EXISTS when the number is taken.
   *
   * @example
   * ```ts
   * const person = await service.people.get(identity);
   * await service.people.change(identity, { ...person, name: 'Ada King' }, person.revision);
   * ```
   */
  async change(identity: OwnerIdentity, details: PersonDetails, revision?: number): Promise<Person> {
    const { name, number, groups, note, validity, suspended } = details;
    const all = { name, number, groups, note, validity, suspended };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return (await this.#ask('change', {
      identity,
      details: given,
      ...(revision !== undefined && { revision }),
    })) as Person;
  }

  /**
   * Changes many people in one step, all or none. Resolves with how many were changed. Rejects with E_INVALIDARG,
   * WHORL_E_NO_SUCH_PERSON.
   *
   * @example
   * ```ts
   * await service.people.changeAll([identity], { kind: 'add-group', group: 'Night shift' });
   * ```
   */
  async changeAll(identities: readonly OwnerIdentity[], change: BulkChange): Promise<number> {
    return (await this.#ask('change-all', { identities, change })) as number;
  }

  /**
   * What hangs on a person and goes with it. Rejects with WHORL_E_NO_SUCH_PERSON.
   *
   * @example
   * ```ts
   * const { fingers, journalLines } = await service.people.belongings(identity);
   * ```
   */
  async belongings(identity: OwnerIdentity): Promise<PersonBelongings> {
    return (await this.#ask('belongings', { identity })) as PersonBelongings;
  }

  /**
   * Deletes a person with all fingers and the picture; the journal keeps the name or forgets it, by `policy.journal.onDelete`.
   * Resolves with what went. Rejects with WHORL_E_NO_SUCH_PERSON, and what the storage adapter fails with: then run it
   * again, which goes on.
   *
   * @example
   * ```ts
   * const { fingers } = await service.people.delete(identity);
   * ```
   */
  async delete(identity: OwnerIdentity): Promise<PersonBelongings> {
    return (await this.#ask('delete', { identity })) as PersonBelongings;
  }

  /**
   * Makes two people one: fingers, groups and journal lines of `from` go to `into`, whose details stay; `from` ends.
   * With `preview`, only says what would go. Rejects with WHORL_E_NO_SUCH_PERSON, WINBIO_E_DUPLICATE_ENROLLMENT when both
   * have the same finger.
   *
   * @example
   * ```ts
   * const [other] = (await service.people.list({ text: 'lovelace' })).items;
   * if (other) await service.people.merge({ from: other.identity, into: identity });
   * ```
   */
  async merge(merge: {
    readonly from: OwnerIdentity;
    readonly into: OwnerIdentity;
    readonly preview?: boolean;
  }): Promise<PersonBelongings> {
    return (await this.#ask('merge', merge)) as PersonBelongings;
  }

  /**
   * Deletes one finger of a person. Rejects with WHORL_E_NO_SUCH_PERSON, WINBIO_E_DATABASE_NO_SUCH_RECORD.
   *
   * @example
   * ```ts
   * const [finger] = (await service.people.get(identity)).fingers;
   * if (finger !== undefined) await service.people.deleteFinger(identity, finger);
   * ```
   */
  async deleteFinger(identity: OwnerIdentity, finger: Person['fingers'][number]): Promise<void> {
    await this.#ask('delete-finger', { identity, finger });
  }

  /**
   * The picture of a person, JPEG or PNG; undefined without one. Rejects with WHORL_E_NO_SUCH_PERSON.
   *
   * @example
   * ```ts
   * const picture = await service.people.picture(identity);
   * ```
   */
  async picture(identity: OwnerIdentity): Promise<Uint8Array | undefined> {
    return ((await this.#ask('picture', { identity })) ?? undefined) as Uint8Array | undefined;
  }

  /**
   * Sets the picture, JPEG or PNG of at most 256 kB, or takes it away. Rejects with WHORL_E_NO_SUCH_PERSON, E_INVALIDARG.
   *
   * @example
   * ```ts
   * await service.people.setPicture(identity, await readFile('ada.jpg'));
   * ```
   */
  async setPicture(identity: OwnerIdentity, picture: Uint8Array | undefined): Promise<void> {
    await this.#ask('set-picture', { identity, picture: picture ?? null });
  }

  /**
   * Creates and changes people from a CSV table with a line of names: `name`, `number`, `groups` (with `;` between), `note`,
   * `valid from`, `valid until`, `hours` (`1-5 08:00-18:00`), `places`, `identity`. A row with a known `identity` or
   * `number` changes that person. Reports each row, in order; a row that cannot be used changes nothing. Rejects with
   * E_INVALIDARG for a table without names, WINBIO_E_CANCELED: rows reported before stay.
   *
   * @example
   * ```ts
   * const reports = await service.people.import(await readFile('people.csv', 'utf8'), { preview: true });
   * ```
   */
  async import(csv: string, options: ImportPeopleOptions = {}): Promise<readonly PersonImportReport[]> {
    const { preview = false, onProgress, signal } = options;
    const reports: PersonImportReport[] = [];
    const job = await this.#beginImport(csv, preview, signal);
    for (;;) {
      const part = (await this.#ask('import-part', { id: job.id }, signal)) as readonly PersonImportReport[];
      reports.push(...part);
      onProgress?.(reports.length, job.total);
      if (reports.length >= job.total || part.length === 0) return reports;
    }
  }

  /**
   * People who fit as a CSV table that {@link import} reads, piece by piece.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WINBIO_E_CANCELED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const piece of service.people.export({ group: 'Staff' })) process.stdout.write(piece);
   * ```
   */
  async *export(query: PersonQuery = {}, options: MayBeCanceled = {}): AsyncGenerator<string, void, void> {
    let cursor: string | undefined;
    do {
      const body = { query: { ...query, ...(cursor !== undefined && { cursor }) } };
      const part = (await this.#ask('export', body, options.signal)) as { csv: string; next?: string };
      yield part.csv;
      cursor = part.next;
    } while (cursor !== undefined);
  }

  /** Hands over the table, in pieces that fit into a message of any client. */
  async #beginImport(csv: string, preview: boolean, signal?: AbortSignal): Promise<{ id: string; total: number }> {
    type Job = { id: string; total: number };
    if (csv.length <= PIECE) return (await this.#ask('begin-import', { csv, preview }, signal)) as Job;
    const first = { csv: csv.slice(0, PIECE), preview, more: true };
    const { id } = (await this.#ask('begin-import', first, signal)) as Job;
    for (let at = PIECE; at < csv.length; at += PIECE) {
      await this.#ask('import-piece', { id, csv: csv.slice(at, at + PIECE) }, signal);
    }
    return (await this.#ask('begin-import', { csv: '', preview, id }, signal)) as Job;
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<unknown> {
    return asking(this.#channel, 'people', { kind, ...fields }, signal);
  }
}
