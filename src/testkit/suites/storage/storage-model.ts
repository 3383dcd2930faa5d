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

/** A record the database must hold; `salt` is the second byte of its template. */
interface Entry {
  readonly subject: Required<SubjectSelector>;
  readonly recordId: number;
  readonly salt: number;
}

/** What the database must hold, oldest first, by identity and sub-factor. */
type Model = Map<string, Entry>;

/** Rejects, naming the seed, when the database disagrees. It must be empty, with a limit of `recordLimit` records. */
export async function checkAgainstModel(
  db: TemplateDatabase,
  owners: readonly OwnerIdentity[],
  recordLimit: number,
  seed: number,
): Promise<void> {
  const random = seededRandom(seed);
  const model: Model = new Map();
  for (let step = 0; step < STEPS; step++) {
    const identity = owners[Math.floor(random() * owners.length)];
    if (identity === undefined) assert.fail('a model needs owners');
    const subFactor = 1 + Math.floor(random() * SUB_FACTORS);
    const where = `seed ${seed}, step ${step}`;
    if (random() < 0.7) await add(db, model, recordLimit, { identity, subFactor }, step, where);
    else await remove(db, model, { ...(random() < 0.6 && { identity }), ...(random() < 0.6 && { subFactor }) }, where);
    await compare(db, model, where);
  }
}

/** Adds to both, or to neither when the database must refuse. */
async function add(
  db: TemplateDatabase,
  model: Model,
  recordLimit: number,
  subject: Required<SubjectSelector>,
  salt: number,
  where: string,
): Promise<void> {
  const key = `${identityKey(subject.identity)}/${subject.subFactor}`;
  const refusals = [
    ...(model.has(key) ? ['WINBIO_E_DUPLICATE_ENROLLMENT'] : []),
    ...(model.size >= recordLimit ? ['WINBIO_E_DATABASE_FULL'] : []),
  ];
  const outcome = await db.add({ ...subject, template: Uint8Array.of(1, salt) }).catch(codeOf);
  if (typeof outcome === 'number') model.set(key, { subject, recordId: outcome, salt });
  if (refusals.length === 0) assert.equal(typeof outcome, 'number', where);
  else assert.ok(typeof outcome === 'string' && refusals.includes(outcome), `${where}: ${outcome}`);
}

/** Deletes from both; the database must name the records that the model loses. */
async function remove(db: TemplateDatabase, model: Model, selector: SubjectSelector, where: string): Promise<void> {
  const gone: number[] = [];
  for (const [key, { subject, recordId }] of model) {
    if (!isSelected(subject, selector)) continue;
    model.delete(key);
    gone.push(recordId);
  }
  assert.deepEqual(await db.delete(selector), gone, where);
}

async function compare(db: TemplateDatabase, model: Model, where: string): Promise<void> {
  const stored = await collectRecords(db.query({}));
  assert.deepEqual(
    stored.map(({ recordId, identity, subFactor, template }) => [
      recordId,
      identityKey(identity),
      subFactor,
      template[1],
    ]),
    [...model.values()].map(({ recordId, subject, salt }) => [
      recordId,
      identityKey(subject.identity),
      subject.subFactor,
      salt,
    ]),
    where,
  );
  assert.equal(await db.count(), model.size, where);
}

function codeOf(error: unknown): string {
  return codeName(hresultOf(error));
}

function isSelected(record: Required<SubjectSelector>, selector: SubjectSelector): boolean {
  const { identity, subFactor } = selector;
  if (identity !== undefined && identityKey(identity) !== identityKey(record.identity)) return false;
  return subFactor === undefined || subFactor === record.subFactor;
}
