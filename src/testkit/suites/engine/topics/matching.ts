/** Verification and identification: who matches, and who does not. */

import assert from 'node:assert/strict';
import type { EngineClause } from '../engine-clause.ts';
import { OPEN } from '../engine-trial.ts';

export const MATCHING: readonly EngineClause[] = [
  {
    id: 'A-096',
    what: 'against no template nothing matches',
    async check(engine, trial) {
      const { match, score } = await engine.verify(await trial.features(1, 1), [], OPEN);
      assert.deepEqual([match, score >= 0], [false, true]);
    },
  },
  {
    id: 'A-097',
    what: 'one template of several is enough to match',
    async check(engine, trial) {
      const templates = [await trial.template(2), await trial.template(1), await trial.template(3)];
      assert.equal((await engine.verify(await trial.features(1, 8), templates, OPEN)).match, true);
      assert.equal((await engine.verify(await trial.features(4, 8), templates, OPEN)).match, false);
    },
  },
  {
    id: 'A-098',
    what: 'an unknown finger is not found, neither among others nor among none',
    async check(engine, trial) {
      using gallery = engine.createGallery();
      assert.deepEqual(await trial.found(4, gallery), []);
      for (const finger of [1, 2, 3]) gallery.add(finger, await trial.template(finger));
      assert.deepEqual(await trial.found(4, gallery), []);
    },
  },
  {
    id: 'A-099',
    what: 'a known finger is found under its record number, best first',
    async check(engine, trial) {
      using gallery = engine.createGallery();
      for (const finger of [1, 2, 3]) gallery.add(finger * 100, await trial.template(finger));
      for (const finger of [1, 2, 3]) assert.deepEqual(await trial.found(finger, gallery), [finger * 100]);
      gallery.add(7, await trial.template(2));
      const scores = (await engine.identify(await trial.features(2, 8), gallery, OPEN)).map(({ score }) => score);
      assert.equal(scores.length, 2);
      assert.ok(scores.every((score) => Number.isFinite(score) && score >= 0));
      assert.deepEqual(
        scores,
        [...scores].sort((a, b) => b - a),
      );
    },
  },
];
