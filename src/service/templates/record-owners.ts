/** Whose each record of a database is, in memory: questions about owners ask no storage. */

import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import { type Identity, identityKey, type OwnerIdentity } from '../../core/identity.ts';
import type { TemplateOwner } from '../../core/service-report.ts';

/** Owner and finger of a record, and the account it belongs to if any. */
export interface RecordOwner extends Pick<StoredRecord, 'identity' | 'subFactor'> {
  readonly account?: string | undefined;
}

export class RecordOwners {
  readonly #owners = new Map<RecordId, RecordOwner>();
  /** Records by owner and finger; a database has at most one of each. */
  readonly #records = new Map<string, RecordId>();
  /** Records by owner. */
  readonly #byOwner = new Map<string, Set<RecordId>>();

  add({ recordId, identity, subFactor, account }: RecordOwner & Pick<StoredRecord, 'recordId'>): void {
    this.#owners.set(recordId, { identity, subFactor, account });
    this.#records.set(keyOf({ identity, subFactor }), recordId);
    const own = this.#byOwner.get(ownerKey(identity)) ?? new Set();
    this.#byOwner.set(ownerKey(identity), own.add(recordId));
  }

  remove(recordId: RecordId): void {
    const owner = this.#owners.get(recordId);
    this.#owners.delete(recordId);
    if (owner === undefined) return;
    if (this.recordOf(owner) === recordId) this.#records.delete(keyOf(owner));
    const own = this.#byOwner.get(ownerKey(owner.identity));
    own?.delete(recordId);
    if (own?.size === 0) this.#byOwner.delete(ownerKey(owner.identity));
  }

  of(recordId: RecordId): RecordOwner | undefined {
    return this.#owners.get(recordId);
  }

  /** The record of this finger of this owner. */
  recordOf(owner: RecordOwner): RecordId | undefined {
    return this.#records.get(keyOf(owner));
  }

  /** The records of an owner: of all fingers for WINBIO_SUBTYPE_ANY. */
  recordsOf({ identity, subFactor }: RecordOwner): readonly RecordId[] {
    const own = [...(this.#byOwner.get(ownerKey(identity)) ?? [])];
    if (subFactor === WINBIO_SUBTYPE_ANY) return own;
    return own.filter((recordId) => this.#owners.get(recordId)?.subFactor === subFactor);
  }

  get recordIds(): Iterable<RecordId> {
    return this.#owners.keys();
  }

  /** True when the owner, or anyone at all if undefined, has a record. */
  has(owner: Identity | undefined): boolean {
    if (owner === undefined) return this.#owners.size > 0;
    return this.#byOwner.has(ownerKey(owner));
  }

  /** True unless an owner has a record that belongs to another account, or to none. */
  allOf(owner: Identity, account: string): boolean {
    const own = this.#byOwner.get(ownerKey(owner)) ?? [];
    return [...own].every((recordId) => this.#owners.get(recordId)?.account === account);
  }

  /** Sub-factors of an owner, ascending. */
  subFactorsOf(owner: OwnerIdentity): readonly SubFactor[] {
    const own = [...(this.#byOwner.get(ownerKey(owner)) ?? [])];
    return own.flatMap((recordId) => this.#owners.get(recordId)?.subFactor ?? []).sort((a, b) => a - b);
  }

  /** Every owner once, with its sub-factors in ascending order. */
  list(): readonly TemplateOwner[] {
    return mergedOwners(
      [...this.#owners.values()].map(({ identity, subFactor }) => ({ identity, subFactors: [subFactor] })),
    );
  }
}

/** Every owner once, with its sub-factors in ascending order. */
export function mergedOwners(all: readonly TemplateOwner[]): readonly TemplateOwner[] {
  const found = new Map<string, { readonly identity: OwnerIdentity; readonly subFactors: Set<SubFactor> }>();
  for (const { identity, subFactors } of all) {
    const key = identityKey(identity);
    const owner = found.get(key) ?? { identity, subFactors: new Set() };
    for (const subFactor of subFactors) owner.subFactors.add(subFactor);
    found.set(key, owner);
  }
  return [...found.values()].map(({ identity, subFactors }) => ({
    identity,
    subFactors: [...subFactors].sort((a, b) => a - b),
  }));
}

function keyOf({ identity, subFactor }: RecordOwner): string {
  return `${ownerKey(identity)}/${subFactor}`;
}

function ownerKey(identity: Identity): string {
  return `${identity.type}/${identityKey(identity)}`;
}
