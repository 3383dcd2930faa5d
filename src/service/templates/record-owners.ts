/** Whose each record of a database is, in memory: questions about owners ask no storage. */

import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import { type Identity, identityKey, type OwnerIdentity, sameIdentity } from '../../core/identity.ts';
import type { TemplateOwner } from '../../core/service-report.ts';

/** Owner and finger of a record, and the account it belongs to if any. */
export interface RecordOwner extends Pick<StoredRecord, 'identity' | 'subFactor'> {
  readonly account?: string | undefined;
}

export class RecordOwners {
  readonly #owners = new Map<RecordId, RecordOwner>();
  /** Records by owner and finger; a database has at most one of each. */
  readonly #records = new Map<string, RecordId>();

  add({ recordId, identity, subFactor, account }: RecordOwner & Pick<StoredRecord, 'recordId'>): void {
    this.#owners.set(recordId, { identity, subFactor, account });
    this.#records.set(keyOf({ identity, subFactor }), recordId);
  }

  remove(recordId: RecordId): void {
    const owner = this.#owners.get(recordId);
    this.#owners.delete(recordId);
    if (owner !== undefined && this.recordOf(owner) === recordId) this.#records.delete(keyOf(owner));
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
    return [...this.#owners].flatMap(([recordId, owner]) => {
      const fits = subFactor === WINBIO_SUBTYPE_ANY || owner.subFactor === subFactor;
      return fits && sameIdentity(owner.identity, identity) ? [recordId] : [];
    });
  }

  get recordIds(): Iterable<RecordId> {
    return this.#owners.keys();
  }

  /** True when the owner, or anyone at all if undefined, has a record. */
  has(owner: Identity | undefined): boolean {
    if (owner === undefined) return this.#owners.size > 0;
    return [...this.#owners.values()].some(({ identity }) => sameIdentity(identity, owner));
  }

  /** True unless an owner has a record that belongs to another account, or to none. */
  allOf(owner: Identity, account: string): boolean {
    return [...this.#owners.values()].every((each) => !sameIdentity(each.identity, owner) || each.account === account);
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
  return `${identity.type}/${identityKey(identity)}/${subFactor}`;
}
