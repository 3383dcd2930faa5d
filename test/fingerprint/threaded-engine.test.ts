import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createEngine,
  type ExtractResult,
  extract,
  identify,
  PackedGallery,
  synthesizeFinger,
  synthesizeImpression,
  type ThreadedEngine,
  verify,
} from '../../src/exports/whorl/fingerprint.ts';
import { encodePng } from '../../src/exports/whorl/formats.ts';

let engine: ThreadedEngine;
beforeAll(async () => {
  engine = await createEngine({ threads: 2 });
});
afterAll(() => engine.close());

const print = (finger: number, seed: number) => synthesizeImpression(synthesizeFinger(finger), { seed });
const featuresOf = (result: ExtractResult) => {
  if (result.kind !== 'features') throw new TypeError('the print was rejected');
  return result.features;
};

test('extracts from an image and from a file what the blocking function extracts', async () => {
  const image = print(1, 1);
  const expected = extract(image);
  expect(await engine.extract(image)).toEqual(expected);
  expect(await engine.extract(encodePng(image))).toEqual(expected);
});

test('the event loop goes on while threads compute', async () => {
  const image = print(1, 1);
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  await Promise.all(Array.from({ length: 8 }, () => engine.extract(image)));
  clearInterval(counting);
  expect(turns).toBeGreaterThan(5);
});

test('verifies and identifies as the blocking functions do', async () => {
  const templates = [1, 2, 3].map((finger) => featuresOf(extract(print(finger, 1))));
  const [first, second] = templates as [Uint8Array, Uint8Array];
  const probe = featuresOf(extract(print(2, 2)));
  expect(await engine.verify(probe, second)).toEqual(verify(probe, second));
  expect(await engine.verify(probe, first)).toEqual(verify(probe, first));
  using gallery = new PackedGallery();
  for (const [i, template] of templates.entries()) gallery.add(i + 1, template);
  const found = await engine.identify(probe, gallery);
  expect(found[0]?.recordId).toBe(2);
  expect(found).toEqual(await identify(probe, gallery));
});

test('what is wrong with a file comes back as its code', async () => {
  await expect(engine.extract(new Uint8Array(9))).rejects.toMatchObject({ code: 'WHORL_E_UNSUPPORTED_FORMAT' });
  await expect(engine.verify(new Uint8Array(9), new Uint8Array(9))).rejects.toMatchObject({
    code: 'WHORL_E_MALFORMED',
  });
});

test('an aborted call ends at once, and the next one runs', async () => {
  const controller = new AbortController();
  const calls = Array.from({ length: 6 }, () => engine.extract(print(1, 1), { signal: controller.signal }));
  controller.abort();
  for (const call of await Promise.allSettled(calls)) {
    expect(call).toMatchObject({ status: 'rejected', reason: { code: 'WINBIO_E_CANCELED' } });
  }
  expect((await engine.extract(print(1, 1))).kind).toBe('features');
});

test('closing ends what is under way, may happen twice, and later calls are refused', async () => {
  const other = await createEngine({ threads: 1 });
  const call = other.extract(print(1, 1));
  await Promise.all([expect(call).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' }), other.close()]);
  await other.close();
  await expect(other.extract(print(1, 1))).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_DEVICE_STATE' });
});

test('options that are none are named', async () => {
  await expect(createEngine({ thread: 2 } as never)).rejects.toMatchObject({
    code: 'E_INVALIDARG',
    message: expect.stringContaining('threads'),
  });
  await expect(createEngine({ threads: 0 })).rejects.toMatchObject({ code: 'E_INVALIDARG' });
});
