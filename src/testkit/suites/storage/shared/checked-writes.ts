/** Writes that are refused when somebody else was first. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { hresultOf } from '../../../../core/biometric-error.ts';
import { codeName } from '../../../../core/codes.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { find, fingers } from '../find.ts';
import { ALICE, BOB, CAROL, record } from '../sample-records.ts';
import type { SharedClause } from './shared-clause.ts';
import { changesAfter } from './shared-database.ts';

const MARK = '00112233445566778899aabbccddeeff';

export const CHECKED_WRITES: readonly SharedClause[] = [
  {
    id: 'shared-9',
    what: 'records are stored when nothing was written since they were checked, and not otherwise',
    async check(here, there) {
      const checked = await here.position();
      const { recordIds, position } = await here.addChecked([record(ALICE, 2), record(ALICE, 3)], checked);
      assert.deepEqual(
        (await find(there, {})).map(({ recordId }) => recordId),
        recordIds,
      );
      assert.deepEqual(await there.position(), position);
      await rejectsWith('WHORL_E_STALE', () => there.addChecked([record(BOB, 2)], checked));
      for (const other of [{ token: MARK }, { incarnation: '00000000-0000-4000-8000-000000000001' }]) {
        await rejectsWith('WHORL_E_STALE', () => there.addChecked([record(BOB, 2)], { ...position, ...other }));
      }
      await there.delete({ subFactor: 3 });
      await rejectsWith('WHORL_E_STALE', () => here.addChecked([record(BOB, 2)], position));
      assert.deepEqual(await fingers(here, {}), [2]);
      assert.deepEqual(await there.addChecked([], position), { recordIds: [], position });
    },
  },
  {
    id: 'shared-10',
    what: 'of writers that checked the same exactly one is first',
    async check(here, there) {
      for (let round = 1; round <= 10; round++) {
        const checked = await here.position();
        const writers = [here, there, here, there];
        const outcomes = await Promise.all(
          writers.map((database, i) =>
            database.addChecked([record([ALICE, BOB, CAROL][i % 3] ?? ALICE, round * 4 + i)], checked).then(
              () => 'stored',
              (thrown: unknown) => codeName(hresultOf(thrown)),
            ),
          ),
        );
        assert.deepEqual(outcomes.sort(), ['WHORL_E_STALE', 'WHORL_E_STALE', 'WHORL_E_STALE', 'stored']);
        assert.equal((await there.position()).change, checked.change + 1);
      }
    },
  },
  {
    id: 'shared-11',
    what: 'of records that are checked together all are stored, or none',
    async check(here) {
      await here.add(record(ALICE, 2));
      const checked = await here.position();
      await rejectsWith('WINBIO_E_DUPLICATE_ENROLLMENT', () =>
        here.addChecked([record(BOB, 2), record(ALICE, 2, 9)], checked),
      );
      await rejectsWith('E_INVALIDARG', () => here.addChecked([record(BOB, 2), record(BOB, 0)], checked));
      assert.deepEqual(await here.position(), checked);
      assert.equal(await here.count(), 1);
      await here.addChecked([record(BOB, 2)], checked);
    },
  },
  {
    id: 'shared-12',
    what: 'a version takes the place of the one that was seen, and of no other',
    async check(here, there) {
      const recordId = await here.add({ ...record(ALICE, 2), mark: MARK });
      const name = { recordId, identity: ALICE, subFactor: 2 };
      const position = await there.replaceChecked(name, Uint8Array.of(7), { seen: MARK });
      assert.deepEqual(await here.position(), position);
      const mark = createHash('sha256').update(Uint8Array.of(7)).digest('hex').slice(0, 32);
      assert.equal((await changesAfter(here)).at(-1)?.mark, mark);
      await rejectsWith('WHORL_E_STALE', () => here.replaceChecked(name, Uint8Array.of(8), { seen: MARK }));
      await rejectsWith('E_INVALIDARG', () => here.replaceChecked(name, new Uint8Array(), { seen: mark }));
      assert.deepEqual((await find(there, {}))[0]?.template, Uint8Array.of(7));
      const writers = [here, there].map((database, i) =>
        database.replaceChecked(name, Uint8Array.of(20 + i), { seen: mark }).then(
          () => 'replaced',
          (thrown: unknown) => codeName(hresultOf(thrown)),
        ),
      );
      assert.deepEqual((await Promise.all(writers)).sort(), ['WHORL_E_STALE', 'replaced']);
      await there.delete({});
      await rejectsWith('WINBIO_E_DATABASE_NO_SUCH_RECORD', () =>
        here.replaceChecked(name, Uint8Array.of(9), { seen: mark }),
      );
      assert.equal((await here.position()).change, 4);
    },
  },
];
