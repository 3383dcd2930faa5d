/** The directory of people: who stands behind an identity, and what hangs on a person. */

import type { ImportedPerson, PersonStore, PersonWork, StoredPerson } from '../../adapters/person-store.ts';
import { BiometricError, hresultOf, toBiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { codeName } from '../../core/codes.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import { randomGuid } from '../../core/guid.ts';
import { guidIdentity, identityKey, type OwnerIdentity } from '../../core/identity.ts';
import type { JournalEntry, JournalPerson } from '../../core/journal-line.ts';
import type { Logger } from '../../core/logger.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import type {
  BulkChange,
  Person,
  PersonBelongings,
  PersonDetails,
  PersonFinger,
  PersonGroup,
  PersonImportReport,
  PersonQuery,
  RecognisedPerson,
} from '../../core/person.ts';
import { invalidReason, localMoment } from '../../core/person-validity.ts';
import { S_OK } from '../../core/result-constants.ts';
import { accountFor } from '../access/account-for.ts';
import type { Audit } from '../access/audit.ts';
import type { Journal } from '../journal/journal.ts';
import type { StoreRegistry } from '../templates/store-registry.ts';

/** Where people are kept. */
export interface PeoplePort {
  readonly store: PersonStore;
  /** Whether there are any already: a directory that is not there is asked nothing before its first person. */
  readonly isThere: boolean;
}

/** What the directory works with. */
export interface PeopleParts {
  readonly port: PeoplePort;
  readonly stores: StoreRegistry;
  /** Opens every database that is installed. Never rejects. */
  readonly openStores: () => Promise<void>;
  readonly journal: Journal | undefined;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long a list waits for databases that are being opened. */
const PATIENCE_MS = 1000;
/** People are handed to the store in groups of so many, when it is told whose fingers are enrolled. */
const OWNERS_A_MESSAGE = 20_000;

export class People implements AsyncDisposable {
  readonly #parts: PeopleParts;
  readonly #store: PersonStore;
  readonly #subscription: Disposable;
  /** Owners whose templates came or went since the store was told; undefined before it was told of all. */
  #changedOwners: Map<string, OwnerIdentity> | undefined;
  /** Owners that the store knew of when it was told last. */
  #told = 0;
  #opening: Promise<void> | undefined;
  #patience: Promise<void> | undefined;
  #isThere: boolean;
  #resuming: Promise<void> = Promise.resolve();
  #unreadable = 0;
  #closed = false;
  #fault: BiometricError | undefined;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.#store = parts.port.store;
    this.#isThere = parts.port.isThere;
    this.#subscription = parts.stores.onOwner((owner) => this.#changedOwners?.set(identityKey(owner), owner));
  }

  /** What is wrong with it. */
  get faults(): readonly BiometricError[] {
    const text = `${this.#unreadable} people of the directory do not open, or one was taken away: put people.db back from a backup`;
    const damaged = this.#unreadable > 0 ? [new BiometricError('WINBIO_E_DATABASE_CORRUPTED', text)] : [];
    return this.#fault === undefined ? damaged : [...damaged, this.#fault];
  }

  /** Goes on with what was begun before the service ended; to be called once, when the databases are there. */
  resume(): void {
    if (!this.#isThere) return;
    this.#resuming = this.#resume();
    // Everybody is read once, so that what does not open is a fault before somebody misses it, and the first list is quick.
    void this.#resuming.then(() => this.#look());
  }

  /** The person behind an identity, at a place now; undefined when the directory does not know. */
  async recognise(identity: OwnerIdentity, place: string): Promise<RecognisedPerson | undefined> {
    const person = this.#isThere ? await this.#store.get(identity) : undefined;
    if (person === undefined) return undefined;
    const { name, number, groups } = person;
    const invalid = invalidReason(person, localMoment(this.#parts.clock.nowMs()), place);
    return { identity, name, ...(number !== undefined && { number }), groups, ...(invalid && { invalid }) };
  }

  /** How a line of the journal names the owner of templates. */
  async named(identity: OwnerIdentity): Promise<JournalPerson> {
    const person = this.#isThere ? await this.#store.get(identity) : undefined;
    return { identity, name: person?.name ?? '' };
  }

  async create(details: PersonDetails & { readonly identity?: OwnerIdentity }, sid: string): Promise<Person> {
    const identity = details.identity ?? guidIdentity(randomGuid());
    const person = await this.#accounted('create-person', identity, sid, () =>
      this.#store.create({ ...details, identity }, this.#nowMs()),
    );
    this.#isThere = true;
    await this.#note('created', person, sid);
    return this.#withFingers(person);
  }

  async get(identity: OwnerIdentity): Promise<Person> {
    const person = await this.#require(identity);
    await this.#soonOpened();
    return this.#withFingers(person);
  }

  async list(query: PersonQuery & PageRequest): Promise<Page<Person>> {
    if (!this.#isThere) return { items: [], total: 0 };
    if (query.enrolled === undefined) await this.#soonOpened();
    else await this.#tellEnrolled();
    const page = await this.#store.list(query, this.#nowMs());
    void this.#look();
    return { ...page, items: page.items.map((person) => this.#withFingers(person)) };
  }

  /** Identities of all who fit. */
  async identities(query: PersonQuery): Promise<readonly OwnerIdentity[]> {
    if (!this.#isThere) return [];
    if (query.enrolled !== undefined) await this.#tellEnrolled();
    return await this.#store.identities(query, this.#nowMs());
  }

  /** Names by identity, of those who are known. */
  async namesOf(identities: readonly OwnerIdentity[]): Promise<ReadonlyMap<string, string>> {
    if (!this.#isThere || identities.length === 0) return new Map();
    const people = await this.#store.getAll(identities);
    return new Map(people.flatMap((person) => (person ? [[identityKey(person.identity), person.name]] : [])));
  }

  async groups(): Promise<readonly PersonGroup[]> {
    return this.#isThere ? await this.#store.groups() : [];
  }

  async change(identity: OwnerIdentity, details: PersonDetails, revision: number | undefined, sid: string) {
    const person = await this.#accounted('change-person', identity, sid, () =>
      this.#store.change(identity, details, revision, this.#nowMs()),
    );
    await this.#note('changed', person, sid);
    return this.#withFingers(person);
  }

  async changeAll(identities: readonly OwnerIdentity[], change: BulkChange, sid: string): Promise<number> {
    const line = { action: 'change-people', sid, hresult: S_OK, count: identities.length };
    const people = await accountFor(this.#parts.audit, line, () =>
      this.#store.changeAll(identities, change, this.#nowMs()),
    );
    await this.#parts.journal?.note(...people.map((person) => entryOf('changed', person, sid, change.kind)));
    return people.length;
  }

  async belongings(identity: OwnerIdentity): Promise<PersonBelongings> {
    const { hasPicture } = await this.#require(identity);
    await this.#opened();
    const { journal, stores } = this.#parts;
    const journalLines = journal?.isThere === true ? await journal.store.countOf(identity) : 0;
    return { fingers: stores.fingersOf(identity).length, journalLines, picture: hasPicture };
  }

  /** Deletes a person with all that hangs on it; what fails in the middle is gone on with by the next call or start. */
  async delete(identity: OwnerIdentity, sid: string): Promise<PersonBelongings> {
    await this.#resuming;
    const gone = await this.belongings(identity);
    const work: PersonWork = { kind: 'delete', identity, sid };
    await this.#accounted('delete-person', identity, sid, async () => {
      await this.#store.begin(work);
      await this.#finish(work);
    });
    return gone;
  }

  /** Makes two people one. */
  async merge(from: OwnerIdentity, into: OwnerIdentity, preview: boolean, sid: string): Promise<PersonBelongings> {
    await this.#resuming;
    if (identityKey(from) === identityKey(into)) {
      throw new BiometricError('E_INVALIDARG', 'into: give another person than from');
    }
    await this.#require(into);
    const moved = await this.belongings(from);
    this.#requireNoConflict(from, into);
    if (preview) return moved;
    const work: PersonWork = { kind: 'merge', identity: from, into, sid };
    await this.#accounted('merge-people', from, sid, async () => {
      await this.#store.begin(work);
      await this.#finish(work);
    });
    return moved;
  }

  async deleteFinger(identity: OwnerIdentity, { databaseId, subFactor }: PersonFinger, sid: string): Promise<void> {
    const person = await this.#require(identity);
    await this.#opened();
    const { stores, journal, audit } = this.#parts;
    const store = stores.opened.find((each) => each.databaseId === databaseId)?.store;
    if (store === undefined || !store.subFactorsOf(identity).includes(subFactor)) {
      throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    }
    const line = { action: 'delete-template', sid, hresult: S_OK, owner: identityKey(identity), subFactor, databaseId };
    await accountFor(audit, line, async () => void (await store.delete(identity, subFactor)));
    await journal?.note({ ...entryOf('deleted', person, sid), subFactor });
  }

  async picture(identity: OwnerIdentity): Promise<Uint8Array | undefined> {
    await this.#require(identity);
    return await this.#store.picture(identity);
  }

  async setPicture(identity: OwnerIdentity, picture: Uint8Array | undefined, sid: string): Promise<void> {
    const person = await this.#require(identity);
    await this.#accounted('set-picture', identity, sid, () => this.#store.setPicture(identity, picture, this.#nowMs()));
    await this.#note('changed', person, sid, 'picture');
  }

  async beginImport(
    csv: string,
    preview: boolean,
    sid: string,
  ): Promise<{ readonly id: string; readonly total: number }> {
    const job = await this.#store.beginImport(csv, preview);
    const record = { action: 'import-people', sid, hresult: S_OK, count: job.total };
    if (!preview) await accountFor(this.#parts.audit, record, () => undefined);
    return job;
  }

  async importPart(id: string, sid: string): Promise<readonly PersonImportReport[]> {
    const rows = await this.#store.importPart(id, this.#nowMs());
    const done = rows.flatMap(({ report, person }: ImportedPerson) =>
      person === undefined ? [] : [entryOf(report.kind === 'create' ? 'created' : 'changed', person, sid, 'import')],
    );
    if (done.length > 0) this.#isThere = true;
    await this.#parts.journal?.note(...done);
    return rows.map(({ report }) => report);
  }

  async exportPart(
    query: PersonQuery & PageRequest,
    sid: string,
  ): Promise<{ readonly csv: string; readonly next?: string }> {
    if (query.enrolled !== undefined) await this.#tellEnrolled();
    const { people, ...part } = await this.#store.exportPart(query, this.#nowMs());
    await this.#parts.audit({ action: 'export-people', sid, hresult: S_OK, count: people });
    return part;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#subscription[Symbol.dispose]();
    await this.#resuming;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Goes on with work that was begun and not ended. Never rejects. */
  async goOn(): Promise<void> {
    this.#opening = undefined;
    this.#resuming = this.#resuming.then(() => (this.#closed ? undefined : this.#resume()));
    await this.#resuming;
  }

  async #resume(): Promise<void> {
    const { logger } = this.#parts;
    try {
      for (const work of await this.#store.unfinished()) {
        await this.#finish(work);
        logger.info('work on a person was gone on with', { kind: work.kind });
      }
      this.#fault = undefined;
    } catch (thrown) {
      const { code, hresult, message } = toBiometricError(thrown);
      logger.error(`work on a person that was begun is not ended: ${message}`, { code });
      this.#fault = new BiometricError(hresult, `a person is not deleted or merged to the end: ${message}`);
    }
  }

  /** Each step may be done already. */
  async #finish(work: PersonWork): Promise<void> {
    const { stores, journal } = this.#parts;
    const { identity, sid } = work;
    const person = await this.#store.get(identity);
    await this.#opened();
    for (const { store } of stores.opened) {
      if (store.subFactorsOf(identity).length === 0) continue;
      if (work.kind === 'merge') await store.exclusively(() => store.give(identity, work.into));
      else await store.delete(identity, WINBIO_SUBTYPE_ANY);
    }
    if (journal?.isThere === true) {
      if (work.kind === 'merge') await journal.store.merge(identity, work.into);
      else if (journal.policy.onDelete === 'forget') await journal.forget(identity);
    }
    await this.#store.end(work, this.#nowMs());
    const names = work.kind === 'delete' && journal?.policy.onDelete === 'forget' ? undefined : person;
    const into = work.kind === 'merge' ? await this.#store.get(work.into) : undefined;
    const about = into ?? names;
    await journal?.note(about === undefined ? { kind: 'removed', sid } : entryOf('removed', about, sid, work.kind));
  }

  #requireNoConflict(from: OwnerIdentity, into: OwnerIdentity): void {
    for (const { store, ofDevice } of this.#parts.stores.opened) {
      const [own, other] = [store.subFactorsOf(from), store.subFactorsOf(into)];
      if (own.length > 0 && ofDevice) {
        const text =
          'from: a finger is kept inside a reader, under the identity; delete it and enroll it for the other person';
        throw new BiometricError('E_NOTIMPL', text);
      }
      if (!own.some((subFactor) => other.includes(subFactor))) continue;
      const text = 'from: both have the same finger enrolled; delete it for one of them';
      throw new BiometricError('WINBIO_E_DUPLICATE_ENROLLMENT', text);
    }
  }

  async #require(identity: OwnerIdentity): Promise<StoredPerson> {
    const person = this.#isThere ? await this.#store.get(identity) : undefined;
    if (person === undefined) throw new BiometricError('WHORL_E_NO_SUCH_PERSON');
    return person;
  }

  #withFingers(person: StoredPerson): Person {
    return { ...person, fingers: this.#parts.stores.fingersOf(person.identity) };
  }

  #nowMs(): number {
    return this.#parts.clock.nowMs();
  }

  async #accounted<T>(action: string, identity: OwnerIdentity, sid: string, change: () => Promise<T>): Promise<T> {
    const line = { action, sid, hresult: S_OK, owner: identityKey(identity) };
    return await accountFor(this.#parts.audit, line, change);
  }

  async #note(kind: JournalEntry['kind'], person: StoredPerson, sid: string, reason?: string): Promise<void> {
    await this.#parts.journal?.note(entryOf(kind, person, sid, reason));
  }

  /** Resolves when every database is open that can be. */
  #opened(): Promise<void> {
    this.#opening ??= this.#parts.openStores();
    return this.#opening;
  }

  /**
   * The same, but a second after it was asked first with what is open by then: a database of hundreds of thousands takes its time, and people
   * are there without it.
   */
  async #soonOpened(): Promise<void> {
    this.#patience ??= new Promise<void>((resolve) => this.#parts.clock.after(PATIENCE_MS, resolve));
    await Promise.race([this.#opened(), this.#patience]);
  }

  /** The store knows whose fingers are enrolled. */
  async #tellEnrolled(): Promise<void> {
    await this.#opened();
    const { stores } = this.#parts;
    // A store that has begun anew knows of fewer than it was told.
    const forgot = this.#changedOwners !== undefined && (await this.#store.noteEnrolled([])) < this.#told;
    const changed = forgot ? undefined : this.#changedOwners;
    const owners =
      changed === undefined
        ? stores.opened.flatMap(({ store }) => store.owners.map(({ identity }) => identity))
        : [...changed.values()];
    this.#changedOwners = new Map();
    for (let i = 0; i < owners.length; i += OWNERS_A_MESSAGE) {
      const part = owners.slice(i, i + OWNERS_A_MESSAGE);
      this.#told = await this.#store.noteEnrolled(
        part.map((identity) => ({ identity, enrolled: stores.fingersOf(identity).length > 0 })),
      );
    }
  }

  /** Notices people that do not open. */
  async #look(): Promise<void> {
    if (this.#closed) return;
    try {
      this.#unreadable = await this.#store.unreadable();
    } catch (thrown) {
      if (this.#closed) return;
      this.#parts.logger.warn('the directory of people was not looked at', { code: codeName(hresultOf(thrown)) });
    }
  }
}

function entryOf(kind: JournalEntry['kind'], person: StoredPerson, sid: string, reason?: string): JournalEntry {
  const { identity, name } = person;
  return { kind, sid, person: { identity, name }, ...(reason !== undefined && { reason }) };
}
