/** References that come, go and are replaced. */

import assert from 'node:assert/strict';
import type { EngineClause } from '../engine-clause.ts';

export const GALLERY: readonly EngineClause[] = [
  {
    id: 'A-121',
    what: 'telling a gallery of changes never fails',
    async check(engine, trial) {
      using gallery = engine.createGallery();
      gallery.remove(5);
      gallery.add(5, await trial.template(1));
      gallery.remove(6);
      assert.deepEqual(await trial.found(1, gallery), [5]);
      gallery.remove(5);
      gallery.remove(5);
      assert.equal(gallery.size, 0);
      assert.deepEqual(await trial.found(1, gallery), []);
      gallery.add(5, await trial.template(1));
      assert.deepEqual(await trial.found(1, gallery), [5]);
    },
  },
  {
    id: 'engine-6',
    what: 'a reference gives way to another one of its number',
    async check(engine, trial) {
      using gallery = engine.createGallery();
      gallery.add(5, await trial.template(1));
      gallery.add(5, await trial.template(2));
      assert.equal(gallery.size, 1);
      assert.deepEqual(await trial.found(2, gallery), [5]);
      assert.deepEqual(await trial.found(1, gallery), []);
    },
  },
];
