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
  /** Records by owner: a number for the one that most have. */
  readonly #records = new Map<string, RecordId | readonly RecordId[]>();

  add({ recordId, identity, subFactor, account }: RecordOwner & Pick<StoredRecord, 'recordId'>): void {
    this.remove(recordId);
    this.#owners.set(recordId, account === undefined ? { identity, subFactor } : { identity, subFactor, account });
    const key = identityKey(identity);
    const own = this.#records.get(key);
    this.#records.set(key, own === undefined ? recordId : [...listOf(own), recordId]);
  }

  remove(recordId: RecordId): void {
    const owner = this.#owners.get(recordId);
    if (owner === undefined) return;
    this.#owners.delete(recordId);
    const key = identityKey(owner.identity);
    const left = listOf(this.#records.get(key)).filter((other) => other !== recordId);
    const [only] = left;
    if (only === undefined) this.#records.delete(key);
    else this.#records.set(key, left.length === 1 ? only : left);
  }

  of(recordId: RecordId): RecordOwner | undefined {
    return this.#owners.get(recordId);
  }

  /** The record of this finger of this owner, the latest where there are two for a moment. */
  recordOf({ identity, subFactor }: RecordOwner): RecordId | undefined {
    return this.recordsOf({ identity, subFactor }).at(-1);
  }

  /** The records of an owner: of all fingers for WINBIO_SUBTYPE_ANY. */
  recordsOf({ identity, subFactor }: RecordOwner): readonly RecordId[] {
    const own = listOf(this.#records.get(identityKey(identity)));
    if (subFactor === WINBIO_SUBTYPE_ANY) return own;
    return own.filter((recordId) => this.#owners.get(recordId)?.subFactor === subFactor);
  }

  /** How many records there are. */
  get size(): number {
    return this.#owners.size;
  }

  get recordIds(): Iterable<RecordId> {
    return this.#owners.keys();
  }

  /** True when the owner, or anyone at all if undefined, has a record. */
  has(owner: Identity | undefined): boolean {
    if (owner === undefined) return this.#owners.size > 0;
    return this.#records.has(identityKey(owner));
  }

  /** True unless an owner has a record that belongs to another account, or to none. */
  allOf(owner: Identity, account: string): boolean {
    const own = listOf(this.#records.get(identityKey(owner)));
    return own.every((recordId) => this.#owners.get(recordId)?.account === account);
  }

  /** Sub-factors of an owner, ascending. */
  subFactorsOf(owner: OwnerIdentity): readonly SubFactor[] {
    const own = listOf(this.#records.get(identityKey(owner)));
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

function listOf(records: RecordId | readonly RecordId[] | undefined): readonly RecordId[] {
  if (records === undefined) return [];
  return typeof records === 'number' ? [records] : records;
}
