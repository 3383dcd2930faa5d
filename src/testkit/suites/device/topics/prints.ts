/** What is on the device. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { enrolled, idsOf, NEVER } from '../begin-operation.ts';
import type { DeviceClause } from '../device-clause.ts';

const options = { signal: NEVER };

export const PRINTS: readonly DeviceClause[] = [
  {
    id: 'device-30',
    what: 'it lists what it holds, under the ids that it gave, and counts it',
    needs: 'list',
    async check(device, { present }) {
      assert.deepEqual(await idsOf(device), []);
      const one = await enrolled(device, present, 1);
      const other = await enrolled(device, present, 2);
      assert.deepEqual(await idsOf(device), [one.print.id, other.print.id].sort());
      assert.equal(await device.count(options), 2);
    },
  },
  {
    id: 'device-31',
    what: 'it lists prints of others',
    needs: 'plant',
    async check(device, { plant }) {
      const planted = await plant(3);
      assert.deepEqual(await idsOf(device), [planted.id]);
    },
  },
  {
    id: 'device-32',
    what: 'a deleted print is gone and matches no more; the others stay',
    needs: 'delete',
    async check(device, { present }) {
      const one = await enrolled(device, present, 1);
      const other = await enrolled(device, present, 2);
      await device.delete(one.print, options);
      if (device.info.capabilities.includes('list')) assert.deepEqual(await idsOf(device), [other.print.id]);
      if (device.info.capabilities.includes('identify')) {
        present(1);
        assert.equal((await device.identify([one.print, other.print], options)).kind, 'no-match');
      }
      await rejectsWith('WINBIO_E_DATABASE_NO_SUCH_RECORD', () => device.delete(one.print, options));
    },
  },
  {
    id: 'device-33',
    what: 'clearing takes off every print',
    needs: 'clear',
    async check(device, { present }) {
      await enrolled(device, present, 1);
      await device.clear(options);
      await device.clear(options);
      if (device.info.capabilities.includes('list')) assert.deepEqual(await idsOf(device), []);
    },
  },
  {
    id: 'device-34',
    what: 'a template that was handed out can be put back, and matches',
    needs: 'backup',
    async check(device, { present }) {
      const { print } = await enrolled(device, present, 1);
      const template = await device.exportTemplate(print, options);
      if (device.info.capabilities.includes('delete')) await device.delete(print, options);
      const back = await device.importTemplate(template, { subFactor: 2, label: 'back' }, options);
      present(1);
      const outcome = device.info.capabilities.includes('verify')
        ? await device.verify(back, options)
        : await device.identify([back], options);
      assert.equal(outcome.kind, 'match');
    },
  },
  {
    id: 'device-35',
    what: 'the person can be shown something while an operation runs, twice the same too',
    needs: 'feedback',
    async check(device, { present }) {
      const running = enrolled(device, () => {}, 1);
      for (const shown of ['waiting', 'waiting', 'bad', 'good', 'off'] as const) await device.feedback(shown, options);
      for (let i = 0; i < device.info.enrollStages; i++) present(1);
      await running;
    },
  },
  {
    id: 'device-36',
    what: 'a finger that comes and goes is told',
    needs: 'touch',
    async check(device, { present }) {
      const told: boolean[] = [];
      using _ = device.watch({ finger: (isPresent) => told.push(isPresent) });
      await enrolled(device, present, 1);
      assert.equal(told[0], true);
      assert.ok(told.includes(false));
    },
  },
];
