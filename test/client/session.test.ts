import { describe, expect, test } from 'vitest';
import { isBiometricError, type Session } from '../../src/exports/whorl/index.ts';
import { createHost, scriptedFinger } from '../../src/exports/whorl/testkit.ts';

/** A world with one enrolled finger, number 1. */
async function world() {
  const host = await createHost();
  const process = host.process({ administrator: true });
  const session = await process.service.openSession({ access: ['raw'] });
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let i = 0; i < 3; i++) {
    const step = enrollment.capture();
    await host.touch(1);
    await step;
  }
  const { identity } = await enrollment.commit();
  return { host, process, session, identity };
}

describe('session', () => {
  test('identify: identified, unknown, rejected', async () => {
    const { host, session, identity } = await world();
    await using _ = host;
    const known = session.identify();
    await host.touch(1);
    expect(await known).toMatchObject({ kind: 'identified', identity, subFactor: 2, unitId: 1 });
    const unknown = session.identify();
    await host.touch(2);
    expect(await unknown).toEqual({ kind: 'unknown-identity', unitId: 1 });
    const bad = session.identify();
    await host.touchBadly(9);
    expect(await bad).toEqual({ kind: 'rejected', detail: 9, unitId: 1 });
  });

  test('verify: match, non-match, the wrong finger', async () => {
    const { host, session, identity } = await world();
    await using _ = host;
    const outcomes = [];
    for (const [finger, touched] of [
      [undefined, 1],
      ['right-index', 1],
      ['right-index', 2],
      ['left-index', 1],
    ] as const) {
      const verification = session.verify({ identity, ...(finger && { finger }) });
      await host.touch(touched);
      outcomes.push((await verification).kind);
    }
    expect(outcomes).toEqual(['match', 'match', 'non-match', 'non-match']);
  });

  test('capture needs the raw right and yields a BIR', async () => {
    const { host, process, session } = await world();
    await using _ = host;
    const capture = session.capture();
    await host.touch(7);
    const outcome = await capture;
    expect(outcome.kind === 'captured' && outcome.sample.length).toBeGreaterThan(scriptedFinger(7).pixels.length);
    await using plain = await process.service.openSession();
    await expect(plain.capture()).rejects.toMatchObject({
      code: 'E_ACCESSDENIED',
      operation: 'capture-sample',
      message:
        "the right capture-sample is missing; it belongs to administrators, on a session opened with the access 'raw'",
    });
  });

  test('enrollment ends by disposal; a duplicate is named', async () => {
    const { host, process, session, identity } = await world();
    await using _ = host;
    {
      await using abandoned = await session.beginEnrollment({ finger: 'left-index' });
      expect(abandoned.percentComplete).toBe(0);
    }
    await using again = await session.beginEnrollment({ finger: 'left-index' });
    const steps: string[] = [];
    const touches = (async () => {
      for (let i = 0; i < 3; i++) await host.touch(1);
    })();
    for await (const step of again) steps.push(step.kind);
    await touches;
    expect(steps).toEqual(['more-needed', 'more-needed', 'sufficient']);
    expect(await again.commit()).toEqual({ kind: 'duplicate', identity, subFactor: 2 });
    await again.discard();
    expect(await session.enrollments(identity)).toEqual([2]);
    expect(await session.deleteTemplate({ identity, finger: 'right-index' })).toBe(true);
    expect(await session.enrollments(identity)).toEqual([]);
    expect(process.winbio.liveBlocks()).toBe(0);
  });

  test('private pool: each finger has a GUID of its own', async () => {
    await using host = await createHost({ readers: 2 });
    const { service } = host.process();
    await using session = await service.openSession({
      pool: 'private',
      databaseId: host.privateDatabaseId,
      unitIds: [2],
    });
    await using enrollment = await session.beginEnrollment({ finger: 'right-thumb' });
    for (let i = 0; i < 3; i++) {
      const step = enrollment.capture();
      await host.touch(5, 1);
      await step;
    }
    expect(await enrollment.commit()).toMatchObject({ kind: 'stored', identity: { type: 'guid' } });
  });

  const moments: [string, (host: Awaited<ReturnType<typeof createHost>>) => Promise<void>][] = [
    ['while queued', async () => {}],
    ['while capturing', (host) => host.settle()],
    [
      'while comparing',
      async (host) => {
        host.engine.hold();
        await host.touch(1);
      },
    ],
  ];
  const aborted = async (session: Session, signal: AbortSignal) => {
    const fault = await session.identify({ signal }).catch((thrown: unknown) => thrown);
    return isBiometricError(fault) ? [fault.name, fault.code, fault.cause] : fault;
  };

  test.each(moments)('abort %s', async (_title, until) => {
    const { host, session } = await world();
    await using _ = host;
    const controller = new AbortController();
    const outcome = aborted(session, controller.signal);
    await until(host);
    controller.abort('enough');
    expect(await outcome).toEqual(['AbortError', 'WINBIO_E_CANCELED', 'enough']);
    host.engine.release();
    await host.settle();
    expect(host.idle).toBe(true);
    // The session goes on.
    const next = session.identify();
    await host.touch(1);
    expect((await next).kind).toBe('identified');
  });

  test('abort before the call, and after it has ended', async () => {
    const { host, session } = await world();
    await using _ = host;
    expect(await aborted(session, AbortSignal.abort('early'))).toEqual(['AbortError', 'WINBIO_E_CANCELED', 'early']);
    const controller = new AbortController();
    const identification = session.identify({ signal: controller.signal });
    await host.touch(1);
    const outcome = await identification;
    controller.abort();
    await host.settle();
    expect([outcome.kind, host.idle]).toEqual(['identified', true]);
  });

  test('a lock is given back by disposal', async () => {
    const { host, process, session } = await world();
    await using _ = host;
    const other = await process.service.openSession();
    {
      await using held = await session.lockUnit(1);
      expect(held).toBeDefined();
      await expect(other.lockUnit(1, { deadlineMs: 20 })).rejects.toMatchObject({ code: 'WHORL_E_DEADLINE' });
    }
    await using __ = await other.lockUnit(1);
  });

  test('properties are typed', async () => {
    const { host, session } = await world();
    await using _ = host;
    expect(await session.sampleHint(1)).toBe(3);
    expect(await session.enrollmentStatus(1)).toMatchObject({ templateStatus: 0x8009802c, percentComplete: 0 });
    await expect(session.sampleHint(9)).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_UNIT', unitId: 9 });
  });

  test('monitors are loops; leaving one ends it', async () => {
    const { host, process, identity } = await world();
    await using _ = host;
    const monitor = await process.service.openSession();
    const touches = (async () => {
      for (const finger of [1, 2, 1]) {
        await host.settle();
        await host.touch(finger);
      }
    })();
    const owners = [];
    for await (const event of monitor.unclaimedSamples({ identify: true })) {
      owners.push(event.identity);
      if (owners.length === 2) break;
    }
    await touches;
    await host.settle();
    expect(owners).toEqual([identity, { type: 'null' }]);
    expect(host.idle).toBe(true);
    // The session takes operations again.
    const located = monitor.locate();
    await host.touch(1);
    expect(await located).toBe(1);
  });

  test('unit changes are a loop that a signal ends', async () => {
    const { host, process } = await world();
    await using _ = host;
    const controller = new AbortController();
    const seen: string[] = [];
    const loop = (async () => {
      for await (const { kind, unitId } of process.service.unitChanges({ signal: controller.signal })) {
        seen.push(`${kind} ${unitId}`);
      }
    })();
    await host.settle();
    host.reader(0).replug();
    await host.settle();
    controller.abort();
    await expect(loop).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', name: 'AbortError' });
    expect(seen).toEqual(['unit-removal 1', 'unit-arrival 2']);
  });

  test('a monitor that cannot start says why', async () => {
    const { host, session } = await world();
    await using _ = host;
    const start = session.presence(1)[Symbol.asyncIterator]().next();
    await expect(start).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_OPERATION' });
  });

  test('a deadline aborts with a code of its own', async () => {
    const { host, session } = await world();
    await using _ = host;
    const late = { code: 'WHORL_E_DEADLINE', name: 'AbortError' };
    await expect(session.locate({ deadlineMs: 1 })).rejects.toMatchObject(late);
    await expect(session.locate({ signal: AbortSignal.timeout(1) })).rejects.toMatchObject(late);
    // Whoever is first decides.
    await expect(session.locate({ signal: AbortSignal.abort(), deadlineMs: 0 })).rejects.toMatchObject({
      code: 'WINBIO_E_CANCELED',
    });
  });

  test('a sensor that does not stop is reset, and given up when that does not help', async () => {
    const { host, session } = await world();
    await using _ = host;
    const controller = new AbortController();
    const outcome = aborted(session, controller.signal);
    await host.settle();
    host.reader(0).hang({ ignoresReset: true });
    controller.abort();
    // The call returns before the sensor has answered.
    expect(await outcome).toEqual(['AbortError', 'WINBIO_E_CANCELED', controller.signal.reason]);
    await host.settle();
    host.clock.advance(5_000);
    await host.settle();
    host.clock.advance(5_000);
    await host.settle();
    await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
  });

  test('a lost connection ends what is pending with its own code', async () => {
    const { host, process, session } = await world();
    await using _ = host;
    const waiting = expect(session.identify()).rejects.toMatchObject({ code: 'WHORL_E_CONNECTION_LOST' });
    await host.settle();
    process.end();
    await waiting;
    await session.close();
    await host.settle();
    expect(host.idle).toBe(true);
  });
});
