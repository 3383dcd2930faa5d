/** Watching the samples that operations use: what is shown, to whom, and what remains. */

import { describe, expect, test } from 'vitest';
import { connect, type WatchedSample, type WhorlService } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';

const embedded = (administrator = true) =>
  connect({ embedded: { state: 'memory', engineThreads: 1, application: { administrator } } });

/** Watches from its own session. */
async function onlooker(service: WhorlService) {
  const session = await service.openSession({ access: ['raw'] });
  const samples = session.watchSamples()[Symbol.asyncIterator]();
  const pending = samples.next();
  // The monitor is running once the service has answered a later request.
  await service.units();
  let first: typeof pending | undefined = pending;
  return {
    async next(): Promise<WatchedSample> {
      const { value } = await (first ?? samples.next());
      first = undefined;
      if (value === undefined) throw new TypeError('the monitor has ended');
      return value;
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

async function enroll(service: WhorlService, person: number) {
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  const steps = [];
  for (let impression = 1; steps.at(-1)?.kind !== 'sufficient'; impression++) {
    const step = enrollment.capture();
    await service.virtualReader().touch({ person, finger: 'right-index', impression });
    steps.push(await step);
  }
  const { identity } = await enrollment.commit();
  return { identity, steps };
}

describe('watching samples', () => {
  test('shows each sample of an enrollment, with the picture the sensor took', async () => {
    await using service = await embedded();
    await using eye = await onlooker(service);
    const { steps } = await enroll(service, 3);
    for (const { report, percentComplete } of steps) {
      const { operation, values, picture } = await eye.next();
      expect(operation).toBe('enroll-capture');
      expect(values).toMatchObject({ percentComplete, report });
      expect(picture?.image).toMatchObject({ widthPx: 320, heightPx: 400, resolutionPpi: 500 });
      expect(picture?.image.pixels.some((pixel) => pixel < 100)).toBe(true);
      expect(picture?.minutiae.length).toBeGreaterThan(10);
      expect(picture?.flow.degrees.some((degrees) => degrees !== 255)).toBe(true);
    }
  });

  test('shows which minutiae an identification found to be the same', async () => {
    await using service = await embedded();
    await enroll(service, 3);
    await using eye = await onlooker(service);
    await using session = await service.openSession();
    const identified = session.identify();
    await service.virtualReader().touch({ person: 3, finger: 'right-index', impression: 30 });
    const outcome = await identified;
    const { operation, values, picture } = await eye.next();
    expect([operation, outcome.kind]).toEqual(['identify', 'identified']);
    expect(values.score).toBe(outcome.kind === 'identified' && outcome.score);
    const { minutiae = [], reference } = picture ?? {};
    expect(reference?.pairs.length).toBeGreaterThan(8);
    for (const [probe, of] of reference?.pairs ?? []) {
      expect([minutiae[probe], reference?.minutiae[of]]).not.toContain(undefined);
    }
  });

  test('shows a stranger without a reference, and a rejected capture without a picture', async () => {
    await using service = await embedded();
    await using eye = await onlooker(service);
    await using session = await service.openSession();
    const unknown = session.identify();
    await service.virtualReader().touch({ person: 9, finger: 'left-thumb' });
    expect((await unknown).kind).toBe('unknown-identity');
    const stranger = await eye.next();
    expect(stranger.picture?.image.widthPx).toBe(320);
    expect(stranger.picture?.reference).toBeUndefined();
    const rejected = session.identify();
    await service.virtualReader().presentRejected(1);
    expect(await rejected).toMatchObject({ kind: 'rejected', detail: 1 });
    expect(await eye.next()).toMatchObject({ values: { rejectDetail: 1 } });
  });

  test('needs the right to capture raw samples', async () => {
    await using service = await embedded(false);
    await using session = await service.openSession();
    const first = session.watchSamples()[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  });

  test('ends with the loop, and runs once a session', async () => {
    await using service = await embedded();
    await using session = await service.openSession({ access: ['raw'] });
    const stop = new AbortController();
    const samples = session.watchSamples({ signal: stop.signal })[Symbol.asyncIterator]();
    const next = samples.next();
    await service.units();
    await expect(session.watchSamples()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'WINBIO_E_EVENT_MONITOR_ACTIVE',
    });
    stop.abort();
    await expect(next).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  });

  test('is accounted for, sample by sample', async () => {
    using folder = temporaryFolder();
    await using daemon = await startHere(folder.path, {});
    await using service = await connect({ address: daemon.address });
    await using eye = await onlooker(service);
    await using session = await service.openSession();
    const identified = session.identify();
    await service.virtualReader().touch({ person: 3, finger: 'right-index' });
    await Promise.all([identified, eye.next()]);
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(`${folder.path}/audit.log`, 'utf8').trim().split('\n');
    expect(lines.filter((line) => line.includes('watch-samples'))).toHaveLength(1);
  });
});

describe('what an outcome says of its sample', () => {
  test('is its quality, what it had to reach, and what of the finger was seen', async () => {
    await using service = await embedded();
    const { steps, identity } = await enroll(service, 5);
    const [first, last] = [steps[0], steps.at(-1)];
    expect(first?.report).toMatchObject({ advice: [] });
    expect(first?.report?.quality).toBeGreaterThan(40);
    expect(first?.coverage?.views).toHaveLength((first?.coverage?.columns ?? 0) * (first?.coverage?.rows ?? 0));
    expect(last?.coverage?.areaMm2).toBeGreaterThan(first?.coverage?.areaMm2 ?? Number.POSITIVE_INFINITY);
    await using session = await service.openSession();
    const verified = session.verify({ identity, finger: 'right-index' });
    await service.virtualReader().touch({ person: 5, finger: 'left-index' });
    const outcome = await verified;
    expect(outcome.kind).toBe('non-match');
    if (outcome.kind === 'rejected') return;
    expect(outcome.threshold).toBe(5);
    expect(outcome.score).toBeLessThan(5);
    expect(outcome.report?.areaMm2).toBeGreaterThan(50);
  });
});
