/** Digests of templates. */

import assert from 'node:assert/strict';
import { HASH_ALGORITHMS } from '../../../../adapters/hash-template.ts';
import { rejectsWith } from '../../adapter-test.ts';
import type { EngineClause } from '../engine-clause.ts';

export const HASHING: readonly EngineClause[] = [
  {
    id: 'A-090',
    what: 'it lists the digests it makes',
    needs: 'hashing',
    async check(engine) {
      const { hashAlgorithms = [] } = engine.info;
      assert.ok(hashAlgorithms.length > 0 && engine.hashTemplate !== undefined);
      for (const oid of hashAlgorithms) assert.match(oid, /^\d+(\.\d+)+$/);
      assert.equal(new Set(hashAlgorithms).size, hashAlgorithms.length);
    },
  },
  {
    id: 'A-091',
    what: 'SHA-1 is among the digests',
    needs: 'hashing',
    async check(engine) {
      assert.ok(engine.info.hashAlgorithms?.includes('1.3.14.3.2.26'));
    },
  },
  {
    id: 'A-092',
    what: 'a digest that is not listed is refused',
    needs: 'hashing',
    async check(engine, trial) {
      const template = await trial.template(1);
      for (const oid of ['', '1.2.3', 'SHA-256', 'toString']) {
        await rejectsWith('E_INVALIDARG', async () => engine.hashTemplate?.(template, oid));
      }
    },
  },
  {
    id: 'A-093',
    what: 'each digest is of the template as it is, whatever was asked before',
    needs: 'hashing',
    async check(engine, trial) {
      const template = await trial.template(1);
      for (const oid of [...(engine.info.hashAlgorithms ?? []), ...(engine.info.hashAlgorithms ?? [])]) {
        const digest = await engine.hashTemplate?.(template.slice(), oid);
        assert.ok(digest !== undefined && digest.length >= 20);
        if (HASH_ALGORITHMS.includes(oid)) assert.deepEqual(digest, await digestOf(template, oid));
      }
    },
  },
];

async function digestOf(template: Uint8Array, oid: string): Promise<Uint8Array> {
  const name = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'][HASH_ALGORITHMS.indexOf(oid)] ?? '';
  return new Uint8Array(await crypto.subtle.digest(name, new Uint8Array(template)));
}
