/** What the base sees to when a driver does not: deadlines, one ending, answers that the contract does not allow. */

import { expect, test } from 'vitest';
import { ScriptedClock } from '../testkit/world/scripted-clock.ts';
import { ScriptedDevice } from '../testkit/world/scripted-device.ts';
import { MATCHING_DEVICE_CANCEL_MS, MATCHING_DEVICE_DEADLINE_MS } from './matching-device.ts';

const { signal } = new AbortController();
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

async function opened() {
  const clock = new ScriptedClock();
  const device = new ScriptedDevice({ clock });
  await device.open({ signal });
  return { clock, device };
}

/** How a call ended; undefined while it has not. */
function watched(call: Promise<unknown>) {
  const seen: { ending?: unknown } = {};
  call.then(
    (value) => {
      seen.ending = value;
    },
    (thrown: unknown) => {
      seen.ending = thrown;
    },
  );
  return seen;
}

test('a call that does not end in time fails, the device with it, and a reset brings it back', async () => {
  const { clock, device } = await opened();
  const held = device.hold('list');
  const seen = watched(device.list({ signal }));
  await settled();
  clock.advance(MATCHING_DEVICE_DEADLINE_MS);
  await settled();
  expect(seen.ending).toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
  expect(device.status).toBe('failed');
  await expect(device.list({ signal })).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
  // Its late answer is nobody's.
  held[Symbol.dispose]();
  await settled();
  await device.reset();
  expect(device.status).toBe('ready');
  expect(await device.list({ signal })).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('an operation that is deaf to its abort is given up in time', async () => {
  const { clock, device } = await opened();
  using _ = device.hold('identify');
  const controller = new AbortController();
  const seen = watched(device.identify('all', controller));
  await settled();
  controller.abort();
  await settled();
  expect(seen.ending).toBeUndefined();
  clock.advance(MATCHING_DEVICE_CANCEL_MS);
  await settled();
  expect(seen.ending).toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
});

test('a device that does not close is closed in time', async () => {
  const { clock, device } = await opened();
  using _ = device.hold('close');
  const seen = watched(device.close());
  await settled();
  clock.advance(MATCHING_DEVICE_CANCEL_MS);
  await settled();
  expect(seen.ending).toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
  expect(device.status).toBe('closed');
});

test('a device that fails to open may be opened again', async () => {
  const device = new ScriptedDevice();
  device.failNext('open', 'WINBIO_E_DEVICE_BUSY');
  await expect(device.open({ signal })).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_BUSY' });
  expect(device.status).toBe('closed');
  await device.open({ signal });
  expect(device.status).toBe('ready');
});

const DOUBLE = { id: 'same', handle: new Uint8Array() };
const lies: readonly [string, object, (device: ScriptedDevice) => Promise<unknown>][] = [
  ['two prints of one name', { _list: async () => [DOUBLE, DOUBLE] }, (device) => device.list({ signal })],
  [
    'a handle without end',
    { _list: async () => [{ id: '1', handle: new Uint8Array(1 << 20) }] },
    (device) => device.list({ signal }),
  ],
  ['a negative number', { _count: async () => -1 }, (device) => device.count({ signal })],
  ['no answer at all', { _identify: async () => undefined }, (device) => device.identify('all', { signal })],
  [
    'a rejection without a detail',
    { _identify: async () => ({ kind: 'rejected' }) },
    (device) => device.identify('all', { signal }),
  ],
  [
    'a picture of other dimensions',
    {
      _capturePicture: async () => ({
        kind: 'picture',
        image: { widthPx: 9, heightPx: 9, resolutionPpi: 500, pixels: new Uint8Array(80) },
      }),
    },
    (device) => device.capturePicture({ signal }),
  ],
  ['a text for an error', { _list: () => Promise.reject('no') }, (device) => device.list({ signal })],
  [
    'a cancel that nobody asked for',
    { _list: () => Promise.reject(new DOMException('x', 'AbortError')) },
    (device) => device.list({ signal }),
  ],
];

test.each(lies)('a driver that answers with %s is a device that failed', async (_what, hooks, call) => {
  const device = Object.assign(new ScriptedDevice(), hooks);
  await device.open({ signal });
  await expect(call(device)).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
});

test('stages that run backwards end the enrollment, and those after its end are not told', async () => {
  const told: unknown[] = [];
  const device = Object.assign(new ScriptedDevice(), {
    async _enroll(_print: unknown, { onStage }: { onStage(stage: unknown): void }) {
      for (const completed of [1, 2, 1, 3]) onStage({ kind: 'accepted', completed });
      return { kind: 'enrolled', print: DOUBLE };
    },
  });
  await device.open({ signal });
  const onStage = (stage: unknown) => told.push(stage);
  const enrolling = device.enroll({ subFactor: 2, label: 'x' }, { signal, onStage });
  await expect(enrolling).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
  expect(told).toHaveLength(2);
});
