/** A template database and a map get the same random changes, and must agree. */

import assert from 'node:assert/strict';
import type { TemplateDatabase } from '../../../adapters/storage-adapter.ts';
import type { SubjectSelector } from '../../../adapters/template-database-base.ts';
import { hresultOf } from '../../../core/biometric-error.ts';
import { codeName } from '../../../core/codes.ts';
import { identityKey, type OwnerIdentity } from '../../../core/identity.ts';
import { seededRandom } from '../../seeded-random.ts';
import { collectRecords } from './collect-records.ts';

const STEPS = 120;
const SUB_FACTORS = 6;

/** Rejects, naming the seed, when the database disagrees. It must be empty, with a limit of `recordLimit` records. */
export async function checkAgainstModel(
  db: TemplateDatabase,
  owners: readonly OwnerIdentity[],
  recordLimit: number,
  seed: number,
): Promise<void> {
  const random = seededRandom(seed);
  const model = new Map<string, { selector: Required<SubjectSelector>; recordId: number; salt: number }>();
  for (let step = 0; step < STEPS; step++) {
    const identity = owners[Math.floor(random() * owners.length)];
    if (identity === undefined) assert.fail('a model needs owners');
    const subFactor = 1 + Math.floor(random() * SUB_FACTORS);
    const where = `seed ${seed}, step ${step}`;
    if (random() < 0.7) {
      const key = `${identityKey(identity)}/${subFactor}`;
      const isTaken = model.has(key);
      const isFull = model.size >= recordLimit;
      const outcome = await db.add({ identity, subFactor, template: Uint8Array.of(1, step) }).catch(codeOf);
      if (typeof outcome === 'number')
        model.set(key, { selector: { identity, subFactor }, recordId: outcome, salt: step });
      const refusals = [
        ...(isTaken ? ['WINBIO_E_DUPLICATE_ENROLLMENT'] : []),
        ...(isFull ? ['WINBIO_E_DATABASE_FULL'] : []),
      ];
      if (refusals.length === 0) assert.equal(typeof outcome, 'number', where);
      else assert.ok(typeof outcome === 'string' && refusals.includes(outcome), `${where}: ${outcome}`);
    } else {
      const selector: SubjectSelector = {
        ...(random() < 0.6 && { identity }),
        ...(random() < 0.6 && { subFactor }),
      };
      const gone: number[] = [];
      for (const [key, entry] of model) {
        if (!isSelected(entry.selector, selector)) continue;
        model.delete(key);
        gone.push(entry.recordId);
      }
      assert.deepEqual(await db.delete(selector), gone, where);
    }
    const stored = await collectRecords(db.query({}));
    assert.deepEqual(
      stored.map((entry) => [entry.recordId, identityKey(entry.identity), entry.subFactor, entry.template[1]]),
      [...model.values()].map(({ recordId, selector, salt }) => [
        recordId,
        identityKey(selector.identity),
        selector.subFactor,
        salt,
      ]),
      where,
    );
    assert.equal(await db.count(), model.size, where);
  }
}

function codeOf(error: unknown): string {
  return codeName(hresultOf(error));
}

function isSelected(record: Required<SubjectSelector>, selector: SubjectSelector): boolean {
  const { identity, subFactor } = selector;
  if (identity !== undefined && identityKey(identity) !== identityKey(record.identity)) return false;
  return subFactor === undefined || subFactor === record.subFactor;
}
