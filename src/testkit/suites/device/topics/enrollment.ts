/** Enrollments. */

import assert from 'node:assert/strict';
import type { EnrollStage } from '../../../../adapters/matching-device.ts';
import { WINBIO_FP_POOR_QUALITY } from '../../../../core/constants.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { begin, enrolled, idsOf, NEVER } from '../begin-operation.ts';
import type { DeviceClause } from '../device-clause.ts';

/** How long a driver may take to tell of a touch, milliseconds. */
const STAGE_MS = 20_000;

const options = { signal: NEVER, onStage: () => {} };

export const ENROLLMENT: readonly DeviceClause[] = [
  {
    id: 'device-10',
    what: 'an enrollment tells of each touch, in order, and ends with a print',
    async check(device, { present }) {
      const { print, stages } = await enrolled(device, present, 1);
      const { enrollStages } = device.info;
      const accepted = stages.map((stage) => (stage.kind === 'accepted' ? stage.completed : 0));
      assert.deepEqual(
        accepted,
        Array.from({ length: enrollStages }, (_, i) => i + 1),
      );
      assert.ok(print.id.length > 0);
    },
  },
  {
    id: 'device-11',
    what: 'two enrollments have two prints',
    async check(device, { present }) {
      const one = await enrolled(device, present, 1);
      const other = await enrolled(device, present, 2);
      assert.notEqual(one.print.id, other.print.id);
    },
  },
  {
    id: 'device-12',
    what: 'a bad touch is told with its detail, and the enrollment goes on',
    needs: 'presentRejected',
    async check(device, { present, presentRejected }) {
      const stages: EnrollStage[] = [];
      presentRejected(WINBIO_FP_POOR_QUALITY);
      for (let i = 0; i < device.info.enrollStages; i++) present(1);
      const onStage = (stage: EnrollStage) => stages.push(stage);
      const outcome = await device.enroll({ subFactor: 2, label: 'x' }, { signal: NEVER, onStage });
      assert.deepEqual(stages[0], { kind: 'rejected', detail: WINBIO_FP_POOR_QUALITY });
      assert.equal(outcome.kind, 'enrolled');
    },
  },
  {
    id: 'device-13',
    what: 'an enrollment that is aborted ends with CANCELED and leaves no print',
    needs: 'list',
    async check(device, { present }) {
      const controller = new AbortController();
      const onStage = () => controller.abort('enough');
      present(1);
      const stages = device.info.enrollStages;
      const outcome = device.enroll({ subFactor: 2, label: 'x' }, { signal: controller.signal, onStage });
      if (stages === 1) {
        await outcome.catch(() => {});
        return;
      }
      // A driver that tells of no touch fails here, and does not wait for ever.
      const timer = setTimeout(() => controller.abort('no touch was told'), STAGE_MS);
      await assert.rejects(outcome, { cause: 'enough' }).finally(() => clearTimeout(timer));
      await rejectsWith('WINBIO_E_CANCELED', () => outcome);
      assert.deepEqual(await idsOf(device), []);
      await enrolled(device, present, 2);
    },
  },
  {
    id: 'device-14',
    what: 'a full device refuses with DATABASE_FULL',
    needs: 'fill',
    async check(device, { present, fill }) {
      await fill();
      for (let i = 0; i < device.info.enrollStages; i++) present(9);
      await rejectsWith('WINBIO_E_DATABASE_FULL', () => device.enroll({ subFactor: 2, label: 'x' }, options));
    },
  },
  {
    id: 'device-15',
    what: 'a finger that it holds already is a duplicate, and nothing is stored',
    needs: 'duplicates',
    async check(device, { present }) {
      const { print } = await enrolled(device, present, 1);
      for (let i = 0; i < device.info.enrollStages; i++) present(1);
      const outcome = await device.enroll({ subFactor: 7, label: 'again' }, options);
      assert.equal(outcome.kind, 'duplicate');
      if (outcome.kind === 'duplicate') assert.equal(outcome.print?.id ?? print.id, print.id);
      if (device.info.capabilities.includes('list')) assert.deepEqual(await idsOf(device), [print.id]);
    },
  },
  {
    id: 'device-16',
    what: 'a print without a finger or with a label that names someone is refused with E_INVALIDARG',
    async check(device) {
      for (const print of [
        { subFactor: 0, label: 'x' },
        { subFactor: 255, label: 'x' },
        { subFactor: 2, label: '' },
        { subFactor: 2, label: 'Jane Doe' },
      ]) {
        await rejectsWith('E_INVALIDARG', () => device.enroll(print, options));
      }
    },
  },
  {
    id: 'device-17',
    what: 'during an operation every other one rejects with DEVICE_BUSY',
    needs: 'list',
    async check(device) {
      const running = begin(({ signal }) => device.enroll({ subFactor: 2, label: 'x' }, { signal, onStage: () => {} }));
      await rejectsWith('WINBIO_E_DEVICE_BUSY', () => device.list({ signal: NEVER }));
      await rejectsWith('WINBIO_E_DEVICE_BUSY', () => device.enroll({ subFactor: 2, label: 'y' }, options));
      running.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => running.outcome);
      await device.list({ signal: NEVER });
    },
  },
];
