import { describe, expect, test } from 'vitest';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openSync } from '../support/sessions.ts';
import { World } from '../support/world.ts';

describe('what the service does with captures', () => {
  test('A-060: a sample goes to the engine with the purpose of its operation', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.identify(1);
    await world.verify(1);
    const purposes = world.tap.of('engine.extract').map(({ arguments: [, purpose] }) => purpose);
    const { WINBIO_PURPOSE_ENROLL: ENROLL, WINBIO_PURPOSE_IDENTIFY: IDENTIFY, WINBIO_PURPOSE_VERIFY: VERIFY } = w;
    expect(purposes).toEqual([ENROLL, ENROLL, ENROLL, IDENTIFY, VERIFY]);
    const captured = world.tap.of('sensor.capture').map(({ result }) => result as { sample: Uint8Array } | undefined);
    const extracted = world.tap.of('engine.extract').map(({ arguments: [sample] }) => sample);
    for (const [i, sample] of extracted.entries()) expect(captured[i]?.sample).toBe(sample);
  });

  test('A-066: a sample is wiped when it has been used, or when nobody wants it', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.identify(1);
    const located = world.winbio.WinBioLocateSensor(world.handle, w.out());
    await world.host.touch(1);
    expect(await located).toBe(w.S_OK);
    await world.host.settle();
    const samples = world.tap.of('sensor.capture').map(({ result }) => (result as { sample: Uint8Array }).sample);
    expect(samples).toHaveLength(5);
    for (const sample of samples) expect(sample.every((byte) => byte === 0)).toBe(true);
  });

  test('A-061: a rejected capture reaches the client with its detail, and never the engine', async () => {
    await using world = await World.create();
    const detail = w.out<number>();
    const call = world.winbio.WinBioIdentify(world.handle, w.out(), w.out(), w.out(), detail);
    await world.host.touchBadly(w.WINBIO_FP_TOO_SKEWED);
    expect([await call, detail.value]).toEqual([w.WINBIO_E_BAD_CAPTURE, w.WINBIO_FP_TOO_SKEWED]);
    expect(world.tap.names('engine.extract')).toEqual([]);
  });

  test('A-063: a sample that the engine rejects reaches the client with the detail of the engine', async () => {
    const extract = async () => ({ kind: 'rejected', detail: w.WINBIO_FP_TOO_LEFT }) as const;
    await using world = await World.create({ overrides: { engine: { extract } } });
    expect(await world.identify(1)).toMatchObject({ hr: w.WINBIO_E_BAD_CAPTURE, detail: w.WINBIO_FP_TOO_LEFT });
  });

  test('A-051: a capture that began ends once, also when it is canceled, before the next one begins', async () => {
    await using world = await World.create();
    for (let round = 0; round < 5; round++) {
      const call = world.identifying();
      await world.host.settle();
      await world.winbio.WinBioCancel(world.handle);
      expect(await call).toBe(w.WINBIO_E_CANCELED);
    }
    await world.identify(1);
    const captures = world.tap.of('sensor.capture');
    expect(captures).toHaveLength(6);
    const ends = captures.map(({ settled }) => settled);
    expect(new Set(ends).size).toBe(6);
    for (const [i, { after }] of captures.entries()) expect(after).toBeGreaterThanOrEqual(ends[i - 1] ?? 0);
  });

  test('A-053: a good capture has no reject detail', async () => {
    await using world = await World.create();
    await world.enroll(1);
    expect(await world.identify(1)).toMatchObject({ hr: w.S_OK, detail: 0 });
    expect(await world.verify(1)).toMatchObject({ hr: w.S_OK, detail: 0 });
  });

  test('A-062: without a capture nothing reaches the engine', async () => {
    await using world = await World.create();
    world.tap.fail('sensor.capture', 'WINBIO_E_NO_CAPTURE_DATA');
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_NO_CAPTURE_DATA);
    expect(world.tap.names('engine.extract')).toEqual([]);
  });

  test('A-050: after a capture that failed to begin there is none to end or to cancel', async () => {
    await using world = await World.create();
    world.tap.fail('sensor.capture', 'WINBIO_E_DEVICE_BUSY');
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_DEVICE_BUSY);
    expect([world.tap.names('sensor.').length, world.host.idle]).toEqual([1, true]);
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-205: a capture never begins before the last one has ended, however fast clients cancel', async () => {
    await using world = await World.create();
    const handles = await Promise.all([1, 2, 3].map(() => openSync(world.host, world.process)));
    const calls: Promise<number>[] = [];
    for (let round = 0; round < 30; round++) {
      const handle = handles[round % handles.length] ?? 0;
      calls.push(world.identifying(handle));
      if (round % 4 === 1) await world.host.settle();
      void world.winbio.WinBioCancel(handle);
      if (round % 5 === 2) await world.host.touch(1);
    }
    await world.host.settle();
    for (const handle of handles) await world.winbio.WinBioCancel(handle);
    await Promise.all(calls);
    await world.host.settle();
    const captures = world.tap.of('sensor.capture');
    expect(captures.length).toBeGreaterThan(3);
    for (const [i, { after }] of captures.entries()) {
      if (i > 0) expect(after).toBeGreaterThanOrEqual(captures[i - 1]?.settled ?? Infinity);
    }
    expect(world.host.idle).toBe(true);
  });
});
