/** What clients of the bus see of our service, call by call; `checklist.ts` says which of fprintd's tests each stands for. */

import { setTimeout as wait } from 'node:timers/promises';
import type { DBusInterface, MessageBus } from 'dbus-native';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WINBIO_FP_POOR_QUALITY, WINBIO_FP_TOO_HIGH, WINBIO_FP_TOO_SHORT } from '../../src/core/constants.ts';
import { FPRINT_INTERFACES, FPRINT_NAME, FPRINT_PATHS } from '../../src/drivers/fprintd/fprint-interface.ts';
import { DesktopWorld, FIRST_DEVICE, refusal, Statuses } from './desktop-world.ts';
import { answerAsPolkit, NO_DESKTOP } from './private-bus.ts';

const ANNA = { person: 1, finger: 'right-index' } as const;
const ANNAS_THUMB = { person: 1, finger: 'left-thumb' } as const;
const BEN = { person: 2, finger: 'right-index' } as const;
const STRANGER = { person: 3, finger: 'right-middle' } as const;
const ACTIONS = ['verify', 'enroll', 'setusername'] as const;

describe.skipIf(NO_DESKTOP !== undefined)(`net.reactivated.Fprint (needs: ${NO_DESKTOP ?? 'nothing'})`, () => {
  let world: DesktopWorld;
  let bus: MessageBus;
  let device: DBusInterface;
  /** Polkit, as each test has it. */
  let allowed: ReadonlySet<string> = new Set(ACTIONS);
  let hanging: Promise<unknown> | undefined;
  let asked = () => {};

  beforeAll(async () => {
    world = await DesktopWorld.start({
      fprintd: { polkit: true },
      access: { users: ['daemon', 'bin'], enroll: ['bin'] },
    });
    bus = await world.client();
    await answerAsPolkit(world.bus.address, async (action) => {
      const verdict = allowed.has(action.split('.').at(-1) ?? '');
      asked();
      await hanging;
      return verdict;
    });
    device = await world.device(bus);
  });
  afterEach(async () => {
    allowed = new Set(ACTIONS);
    hanging = undefined;
    await refusal(device.Release());
    for (const user of ['root', 'bin', 'daemon']) await refusal(device.DeleteEnrolledFingers(user));
  });
  afterAll(async () => await world[Symbol.asyncDispose]());

  const other = async () => await world.device(await world.client());
  const statusesOf = async (signal: 'VerifyStatus' | 'EnrollStatus', of = device) => {
    const statuses = new Statuses();
    await of.$subscribe(signal, statuses.take);
    return Object.assign(statuses, { [Symbol.asyncDispose]: async () => await of.$unsubscribe(signal, statuses.take) });
  };
  const enroll = (finger: string, person: typeof ANNA | typeof ANNAS_THUMB | typeof BEN, user = 'root') =>
    world.enroll(device, finger, person, user);
  /** Verifies a finger of the claimed user, and stops. */
  const verify = async (finger: string, touched: Parameters<DesktopWorld['touch']>[0]) => {
    await using statuses = await statusesOf('VerifyStatus');
    await device.VerifyStart(finger);
    await world.touch(touched);
    const result = await statuses.next();
    await device.VerifyStop();
    return result;
  };

  test('the manager lists the readers, and names the first', async () => {
    const manager = (await bus.proxy(FPRINT_NAME, FPRINT_PATHS.manager)).$as(FPRINT_INTERFACES.manager);
    expect(await manager.GetDevices()).toEqual([FIRST_DEVICE]);
    expect(await manager.GetDefaultDevice()).toBe(FIRST_DEVICE);
    const objects = await bus.objects(FPRINT_NAME, '/net/reactivated/Fprint');
    expect(Object.keys(objects.filter(FPRINT_INTERFACES.device))).toEqual([FIRST_DEVICE]);
  });

  test('a reader has a name, a kind and a state', async () => {
    expect(await device.$readAllProps()).toEqual({
      name: expect.stringMatching(/\w/),
      'num-enroll-stages': expect.any(Number),
      'scan-type': 'press',
      'finger-present': false,
      'finger-needed': false,
    });
    await device.Claim('');
    expect(await device.$readProp('num-enroll-stages')).toBeGreaterThan(0);
    expect(await refusal(device.$writeProp('name', 'x'))).toBe('PropertyReadOnly');
  });

  test('it is claimed and let go for the caller by either name, and for others', async () => {
    for (const user of ['', 'root', 'daemon', 'a-name-that-no-account-has']) {
      expect(await refusal(device.Claim(user)), user).toBeUndefined();
      expect(await refusal(device.Claim(user))).toBe('AlreadyInUse');
      expect(await refusal(device.Release())).toBeUndefined();
    }
  });

  test('of two claims at once, and of two releases, one is refused', async () => {
    const claims = await Promise.all([refusal(device.Claim('')), refusal(device.Claim(''))]);
    expect(claims.toSorted()).toEqual(['AlreadyInUse', undefined]);
    const releases = await Promise.all([refusal(device.Release()), refusal(device.Release())]);
    expect(releases).toContain(undefined);
    expect(['ClaimDevice', 'AlreadyInUse']).toContain(releases.find((each) => each !== undefined));
  });

  /** Calls that need a claim. */
  const needing: readonly (readonly [string, ...string[]])[] = [
    ['Release'],
    ['VerifyStart', 'any'],
    ['VerifyStop'],
    ['EnrollStart', 'left-index-finger'],
    ['EnrollStop'],
    ['DeleteEnrolledFinger', 'left-index-finger'],
    ['DeleteEnrolledFingers2'],
  ];
  test('calls without a claim are refused', async () => {
    for (const [name, ...args] of needing) expect(await refusal(device[name](...args)), name).toBe('ClaimDevice');
  });

  test('calls of another client are refused while it is claimed', async () => {
    await device.Claim('');
    const second = await other();
    for (const [name, ...args] of [...needing, ['DeleteEnrolledFingers', 'root'] as const])
      expect(await refusal(second[name](...args)), name).toBe('AlreadyInUse');
  });

  test('a claim ends when its client leaves, whatever it was doing', async () => {
    await enroll('right-index-finger', ANNA);
    const doings: Readonly<Record<string, (of: DBusInterface) => Promise<unknown>>> = {
      nothing: async (of) => await of.Claim('root'),
      'at once': async (of) => void of.Claim('root').then(undefined, () => undefined),
      enrolling: async (of) => {
        await of.Claim('root');
        await of.EnrollStart('left-index-finger');
      },
      'enrolled, not stopped': async (of) => {
        await using statuses = await statusesOf('EnrollStatus', of);
        await of.Claim('daemon');
        await of.EnrollStart('left-index-finger');
        for (let impression = 0, done = false; !done; impression += 1) {
          await world.touch({ ...BEN, impression });
          [, done] = await statuses.next();
        }
      },
      verifying: async (of) => {
        await of.Claim('root');
        await of.VerifyStart('any');
      },
      'verified, not stopped': async (of) => {
        await using statuses = await statusesOf('VerifyStatus', of);
        await of.Claim('root');
        await of.VerifyStart('right-index-finger');
        await world.touch({ ...ANNA, impression: 30 });
        expect(await statuses.next()).toEqual(['verify-match', true]);
      },
    };
    for (const [doing, work] of Object.entries(doings)) {
      const leaving = await world.client();
      await work(await world.device(leaving));
      await leaving.close();
      while ((await refusal(device.Claim('root'))) !== undefined) await wait(5);
      expect(await refusal(device.VerifyStop()), doing).toBe('NoActionInProgress');
      await device.Release();
    }
  });

  test('a claim does not end because a stranger says that its client has left', async () => {
    const stranger = await world.client();
    await device.Claim('root');
    stranger.connection.message({
      type: 4,
      serial: stranger.serial++,
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'NameOwnerChanged',
      destination: FPRINT_NAME,
      signature: 'sss',
      body: [bus.name ?? '', bus.name ?? '', ''],
    });
    // An answer to the stranger comes after its signal.
    const asStranger = await world.device(stranger);
    expect(await refusal(asStranger.Release())).toBe('AlreadyInUse');
    expect(await refusal(device.Release())).toBeUndefined();
  });

  test('names that are no finger are refused where one is needed, and mean any in a verification', async () => {
    await enroll('left-thumb', ANNAS_THUMB);
    await device.Claim('root');
    for (const name of ['any', 'sixth-right-finger', '']) {
      expect(await refusal(device.EnrollStart(name))).toBe('InvalidFingername');
      expect(await refusal(device.DeleteEnrolledFinger(name))).toBe('InvalidFingername');
    }
    const selected = Promise.withResolvers<string>();
    await device.$subscribe('VerifyFingerSelected', selected.resolve);
    expect(await verify('left-toe', { ...ANNAS_THUMB, impression: 31 })).toEqual(['verify-match', true]);
    expect(await selected.promise).toBe('any');
    expect(await verify('left-toe', STRANGER)).toEqual(['verify-no-match', true]);
  });

  test('what one user has enrolled is listed, matched and deleted for this user alone', async () => {
    expect(await refusal(device.ListEnrolledFingers('root'))).toBe('NoEnrolledPrints');
    await enroll('right-index-finger', ANNA);
    await enroll('left-index-finger', BEN, 'daemon');
    expect(await device.ListEnrolledFingers('')).toEqual(['right-index-finger']);
    expect(await device.ListEnrolledFingers('root')).toEqual(['right-index-finger']);
    expect(await device.ListEnrolledFingers('daemon')).toEqual(['left-index-finger']);
    expect(await refusal(device.ListEnrolledFingers('bin'))).toBe('NoEnrolledPrints');
    for (const [user, own, others] of [
      ['root', ANNA, BEN],
      ['daemon', BEN, ANNA],
    ] as const) {
      await device.Claim(user);
      expect(await verify('any', { ...own, impression: 32 }), user).toEqual(['verify-match', true]);
      expect(await verify('any', { ...others, impression: 33 }), user).toEqual(['verify-no-match', true]);
      await device.Release();
    }
    await device.DeleteEnrolledFingers('root');
    expect(await refusal(device.ListEnrolledFingers('root'))).toBe('NoEnrolledPrints');
    expect(await device.ListEnrolledFingers('daemon')).toEqual(['left-index-finger']);
  });

  test('the fingers are those of all other faces of the service', async () => {
    await enroll('right-index-finger', ANNA);
    await using session = await world.service.openSession();
    const { sid } = await world.service.administration.whoAmI();
    expect(await session.enrollments({ type: 'sid', sid })).toEqual([2]);
    const pending = session.identify();
    await world.touch({ ...ANNA, impression: 34 });
    expect(await pending).toMatchObject({ kind: 'identified', identity: { sid }, subFactor: 2 });
    await session.deleteTemplate({ identity: { type: 'sid', sid } });
    expect(await refusal(device.ListEnrolledFingers('root'))).toBe('NoEnrolledPrints');
  });

  test('fingers are deleted one by one, all of the claimed user, and without a claim', async () => {
    await enroll('right-index-finger', ANNA);
    await enroll('left-thumb', ANNAS_THUMB);
    await device.Claim('root');
    expect(await refusal(device.DeleteEnrolledFinger('left-index-finger'))).toBe('NoEnrolledPrints');
    await device.DeleteEnrolledFinger('left-thumb');
    expect(await device.ListEnrolledFingers('root')).toEqual(['right-index-finger']);
    await device.DeleteEnrolledFingers2();
    expect(await refusal(device.DeleteEnrolledFingers2())).toBe('NoEnrolledPrints');
    expect(await refusal(device.DeleteEnrolledFingers('root'))).toBe('NoEnrolledPrints');
    expect(await refusal(device.DeleteEnrolledFingers('daemon'))).toBe('NoEnrolledPrints');
    await device.Release();
    await enroll('right-index-finger', ANNA);
    await device.DeleteEnrolledFingers('root');
    expect(await refusal(device.DeleteEnrolledFingers('root'))).toBe('NoEnrolledPrints');
  });

  test('two questions at once are both answered, and of two deletions one finds nothing', async () => {
    await enroll('right-index-finger', ANNA);
    const lists = await Promise.all([device.ListEnrolledFingers('root'), device.ListEnrolledFingers('root')]);
    expect(lists).toEqual([['right-index-finger'], ['right-index-finger']]);
    const both = await Promise.all([
      refusal(device.DeleteEnrolledFingers('root')),
      refusal(device.DeleteEnrolledFingers('root')),
    ]);
    expect(both).toContain(undefined);
    expect(both).toContain('NoEnrolledPrints');
    await enroll('right-index-finger', ANNA);
    await enroll('left-thumb', ANNAS_THUMB);
    await device.Claim('root');
    const claimed = await Promise.all([
      refusal(device.DeleteEnrolledFinger('right-index-finger')),
      refusal(device.DeleteEnrolledFinger('left-thumb')),
    ]);
    expect(claimed).toContain(undefined);
    for (const each of claimed) expect([undefined, 'AlreadyInUse']).toContain(each);
  });

  test('what is not enrolled cannot be verified, and nothing is under way then', async () => {
    await device.Claim('root');
    expect(await refusal(device.VerifyStart('any'))).toBe('NoEnrolledPrints');
    expect(await refusal(device.VerifyStop())).toBe('NoActionInProgress');
    expect(await refusal(device.EnrollStop())).toBe('NoActionInProgress');
    await device.Release();
    await enroll('left-thumb', ANNAS_THUMB);
    await device.Claim('root');
    expect(await refusal(device.VerifyStart('right-thumb'))).toBe('NoEnrolledPrints');
    expect(await refusal(device.VerifyStop())).toBe('NoActionInProgress');
    expect(await verify('left-thumb', { ...ANNAS_THUMB, impression: 35 })).toEqual(['verify-match', true]);
    expect(await verify('left-thumb', STRANGER)).toEqual(['verify-no-match', true]);
    expect(await verify('left-thumb', { ...ANNAS_THUMB, impression: 36 })).toEqual(['verify-match', true]);
  });

  test('another finger under the same name replaces the one before', async () => {
    await enroll('left-middle-finger', ANNA);
    await enroll('left-middle-finger', BEN);
    await device.Claim('root');
    expect(await verify('any', { ...ANNA, impression: 37 })).toEqual(['verify-no-match', true]);
    expect(await verify('any', { ...BEN, impression: 38 })).toEqual(['verify-match', true]);
  });

  test('a finger that somebody has already is a duplicate', async () => {
    await enroll('left-thumb', ANNA);
    await expect(enroll('right-thumb', ANNA)).rejects.toThrow('enroll-duplicate');
    await refusal(device.EnrollStop());
    await refusal(device.Release());
    await expect(enroll('right-thumb', ANNA, 'daemon')).rejects.toThrow('enroll-duplicate');
    await refusal(device.Release());
    expect(await device.ListEnrolledFingers('root')).toEqual(['left-thumb']);
    expect(await refusal(device.ListEnrolledFingers('daemon'))).toBe('NoEnrolledPrints');
  });

  test('a touch that is too bad is told by its kind, and what runs goes on', async () => {
    const kinds = [
      [WINBIO_FP_TOO_SHORT, 'swipe-too-short'],
      [WINBIO_FP_TOO_HIGH, 'finger-not-centered'],
      [WINBIO_FP_POOR_QUALITY, 'retry-scan'],
    ] as const;
    await using enrolling = await statusesOf('EnrollStatus');
    await device.Claim('root');
    await device.EnrollStart('right-index-finger');
    for (const [detail, kind] of kinds) {
      await world.service.virtualReader().presentRejected(detail);
      expect(await enrolling.next()).toEqual([`enroll-${kind}`, false]);
    }
    for (let impression = 0, done = false; !done; impression += 1) {
      await world.touch({ ...ANNA, impression });
      const [result, over] = await enrolling.next();
      expect(result).toBe(over ? 'enroll-completed' : 'enroll-stage-passed');
      done = over;
    }
    await device.EnrollStop();
    await using verifying = await statusesOf('VerifyStatus');
    await device.VerifyStart('any');
    for (const [detail, kind] of kinds) {
      await world.service.virtualReader().presentRejected(detail);
      expect(await verifying.next()).toEqual([`verify-${kind}`, false]);
    }
    await world.touch({ ...ANNA, impression: 39 });
    expect(await verifying.next()).toEqual(['verify-match', true]);
    expect(await refusal(device.VerifyStart('any'))).toBe('AlreadyInUse');
    await device.VerifyStop();
  });

  test('while something runs nothing else begins, is deleted, or is stopped in its place', async () => {
    await enroll('right-index-finger', ANNA);
    await device.Claim('root');
    for (const [begin, stop, wrongStop] of [
      ['VerifyStart', 'VerifyStop', 'EnrollStop'],
      ['EnrollStart', 'EnrollStop', 'VerifyStop'],
    ] as const) {
      await device[begin]('right-index-finger');
      const refused = {
        verify: device.VerifyStart('any'),
        enroll: device.EnrollStart('left-thumb'),
        stop: device[wrongStop](),
        finger: device.DeleteEnrolledFinger('right-index-finger'),
        fingers: device.DeleteEnrolledFingers(''),
        fingers2: device.DeleteEnrolledFingers2(),
      };
      for (const [name, call] of Object.entries(refused)) expect(await refusal(call), name).toBe('AlreadyInUse');
      expect(await refusal((await other())[stop]())).toBe('AlreadyInUse');
      const stops = await Promise.all([refusal(device[stop]()), refusal(device[stop]())]);
      expect(stops).toContain(undefined);
      expect(['AlreadyInUse', 'NoActionInProgress']).toContain(stops.find((each) => each !== undefined));
    }
    const starts = await Promise.all([refusal(device.VerifyStart('any')), refusal(device.EnrollStart('left-thumb'))]);
    expect(starts.toSorted()).toEqual(['AlreadyInUse', undefined]);
  });

  test('what is stopped at once leaves nothing behind', async () => {
    await enroll('right-index-finger', ANNA);
    await device.Claim('root');
    for (const [begin, stop] of [
      ['EnrollStart', 'EnrollStop'],
      ['VerifyStart', 'VerifyStop'],
    ] as const) {
      const calls = [refusal(device[begin]('right-index-finger')), refusal(device[stop]())];
      await Promise.all(calls);
      await refusal(device[stop]());
      expect(await refusal(device[stop]()), stop).toBe('NoActionInProgress');
    }
    expect(await verify('any', { ...ANNA, impression: 44 })).toEqual(['verify-match', true]);
    await device.EnrollStart('left-thumb');
    await device.EnrollStop();
  });

  test('a release ends what runs', async () => {
    await enroll('right-index-finger', ANNA);
    for (const begin of ['VerifyStart', 'EnrollStart']) {
      await device.Claim('root');
      await device[begin]('right-index-finger');
      await device.Release();
      expect(await device.$readProp('finger-needed')).toBe(false);
    }
  });

  test('clients are told when a finger is needed, and when one was there', async () => {
    await enroll('right-index-finger', ANNA);
    const changes: unknown[] = [];
    const event = bus.mangle(FIRST_DEVICE, 'org.freedesktop.DBus.Properties', 'PropertiesChanged');
    await using _watching = await bus.watch(`type='signal',path='${FIRST_DEVICE}',member='PropertiesChanged'`);
    bus.signals.on(event, ([, changed]: readonly unknown[]) => changes.push(changed));
    await device.Claim('root');
    expect(await verify('any', { ...ANNA, impression: 40 })).toEqual(['verify-match', true]);
    const of = (needed: boolean, present: boolean) => ({ 'finger-needed': needed, 'finger-present': present });
    expect(changes).toEqual([of(true, false), of(true, true), of(false, false)]);
    bus.signals.removeAllListeners(event);
  });

  test('only the client that has claimed a reader hears of its touches', async () => {
    await enroll('right-index-finger', ANNA);
    const second = await other();
    await using curious = await statusesOf('VerifyStatus', second);
    await device.Claim('root');
    expect(await verify('any', { ...ANNA, impression: 41 })).toEqual(['verify-match', true]);
    await device.Release();
    await second.Claim('root');
    await second.VerifyStart('any');
    await world.touch(STRANGER);
    // The first that it hears of is its own.
    expect(await curious.next()).toEqual(['verify-no-match', true]);
    await second.Release();
  });

  test('a reader that is unplugged is told, stays until it is let go, and comes back', async () => {
    await enroll('right-index-finger', ANNA);
    const manager = (await bus.proxy(FPRINT_NAME, FPRINT_PATHS.manager)).$as(FPRINT_INTERFACES.manager);
    for (const [begin, signal, result] of [
      ['VerifyStart', 'VerifyStatus', 'verify-disconnected'],
      ['EnrollStart', 'EnrollStatus', 'enroll-disconnected'],
    ] as const) {
      await using statuses = await statusesOf(signal);
      await device.Claim('root');
      await device[begin]('right-index-finger');
      await world.fingerNeeded(device);
      await world.service.virtualReader().unplug();
      expect(await statuses.next()).toEqual([result, true]);
      expect(await manager.GetDevices()).toEqual([FIRST_DEVICE]);
      await device.Release();
      expect(await manager.GetDevices()).toEqual([]);
      expect(await refusal(manager.GetDefaultDevice())).toBe('NoSuchDevice');
      await world.service.virtualReader().plug();
      while ((await manager.GetDevices()).length === 0) await wait(5);
    }
    await device.Claim('root');
    expect(await verify('any', { ...ANNA, impression: 42 })).toEqual(['verify-match', true]);
  });

  test('polkit has to agree to what is done, for whom, and is not asked to end it', async () => {
    const may = (...actions: readonly string[]) => {
      allowed = new Set(actions);
    };
    await enroll('right-index-finger', ANNA);
    for (const actions of [[], ['setusername'], ['enroll'], ['verify']]) {
      may(...actions);
      expect(await refusal(device.Claim('daemon')), actions.join()).toBe('PermissionDenied');
    }
    for (const action of ['enroll', 'verify']) {
      may('setusername', action);
      expect(await refusal(device.Claim('daemon'))).toBeUndefined();
      await device.Release();
      may(action);
      expect(await refusal(device.Claim(''))).toBeUndefined();
      may();
      expect(await refusal(device.Release())).toBeUndefined();
    }
    may();
    for (const user of ['', 'root']) {
      expect(await refusal(device.Claim(user))).toBe('PermissionDenied');
      expect(await refusal(device.ListEnrolledFingers(user))).toBe('PermissionDenied');
    }
    may('setusername');
    for (const user of ['', 'daemon']) {
      expect(await refusal(device.ListEnrolledFingers(user))).toBe('PermissionDenied');
      expect(await refusal(device.DeleteEnrolledFingers(user))).toBe('PermissionDenied');
    }
    may('verify');
    await device.Claim('');
    expect(await refusal(device.EnrollStart('right-thumb'))).toBe('PermissionDenied');
    expect(await refusal(device.DeleteEnrolledFinger('right-index-finger'))).toBe('PermissionDenied');
    expect(await refusal(device.DeleteEnrolledFingers2())).toBe('PermissionDenied');
    expect(await refusal(device.DeleteEnrolledFingers('root'))).toBe('PermissionDenied');
    await device.VerifyStart('any');
    may();
    await device.VerifyStop();
    may('enroll');
    expect(await refusal(device.VerifyStart('any'))).toBe('PermissionDenied');
    await device.EnrollStart('right-thumb');
    may();
    await device.EnrollStop();
  });

  test('a question that polkit does not answer keeps nobody else waiting', async () => {
    await enroll('right-index-finger', ANNA);
    const release = Promise.withResolvers<void>();
    const wasAsked = Promise.withResolvers<void>();
    asked = wasAsked.resolve;
    hanging = release.promise;
    const second = await other();
    const late = refusal(second.Claim('root'));
    await wasAsked.promise;
    hanging = undefined;
    expect(await refusal(device.Release())).toBe('ClaimDevice');
    expect(await device.ListEnrolledFingers('root')).toEqual(['right-index-finger']);
    await device.Claim('root');
    expect(await verify('any', { ...ANNA, impression: 43 })).toEqual(['verify-match', true]);
    release.resolve();
    expect(await late).toBe('AlreadyInUse');
    await device.Release();
    expect(await refusal(second.Claim('root'))).toBeUndefined();
    await second.Release();
  });

  test.skipIf(process.getuid?.() !== 0)('accounts that the service lets in may what polkit says', async () => {
    await enroll('right-index-finger', ANNA);
    world.bus.open();
    const as = async (uid: number, ...command: readonly string[]) => {
      const [program = '', ...args] = command;
      const run = world.run('setpriv', [`--reuid=${uid}`, '--clear-groups', program, ...args]);
      await run.ended;
      return run.output;
    };
    const everywhere = async () => ({
      list: await as(1, 'fprintd-list', 'root'),
      verify: await as(1, 'fprintd-verify', 'root'),
      delete: await as(1, 'fprintd-delete', 'root'),
      enroll: await as(1, 'fprintd-enroll'),
    });
    // nobody is no user of the service, whatever polkit says; daemon and bin are.
    expect(await as(65534, 'fprintd-list', 'nobody')).toContain('PermissionDenied');
    allowed = new Set(['verify']);
    expect(await as(1, 'fprintd-list', 'daemon')).toContain('no fingers enrolled');
    for (const [name, output] of Object.entries(await everywhere())) expect(output, name).toContain('PermissionDenied');
    // polkit, which may have asked for a password, lets an account enroll that the rules do not.
    allowed = new Set(['verify', 'enroll']);
    const enrolling = world.run('setpriv', ['--reuid=1', '--clear-groups', 'fprintd-enroll', '-f', 'left-thumb']);
    await enrolling.printed('Enrolling left-thumb finger.');
    for (let impression = 0; !enrolling.output.includes('enroll-completed'); impression += 1) {
      await world.touch({ ...ANNAS_THUMB, impression });
      await enrolling.printed('Enroll result:', impression + 1);
    }
    expect(await enrolling.ended).toBe(0);
    allowed = new Set(ACTIONS);
    expect(await device.ListEnrolledFingers('daemon')).toEqual(['left-thumb']);
    expect(await device.ListEnrolledFingers('root')).toEqual(['right-index-finger']);
    expect(await as(1, 'fprintd-list', 'root')).toContain('right-index-finger');
  });

  test('what every object has cannot be called, and words of another type are refused', async () => {
    const call = (member: string, signature?: string, body: unknown[] = []) =>
      refusal(
        bus.invoke(
          {
            destination: FPRINT_NAME,
            path: FIRST_DEVICE,
            interface: FPRINT_INTERFACES.device,
            member,
            ...(signature !== undefined && { signature, body }),
          },
          { timeout: 5000 },
        ),
      );
    for (const member of ['emit', 'on', 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'Nothing'])
      expect(await call(member), member).toBe('UnknownMethod');
    expect(await call('Claim', 'i', [1])).toBe('Internal');
    expect(await call('Claim')).toBe('Internal');
    expect(await call('Claim', 's', ['a'.repeat(100_000)])).toBeUndefined();
    expect(await call('VerifyStart', 'as', [['any']])).toBe('Internal');
    expect(await call('Release')).toBeUndefined();
    const properties = (member: string, ...body: readonly string[]) =>
      refusal(
        bus.invoke(
          {
            destination: FPRINT_NAME,
            path: FIRST_DEVICE,
            interface: 'org.freedesktop.DBus.Properties',
            member,
            signature: 's'.repeat(body.length),
            body: [...body],
          },
          { timeout: 5000 },
        ),
      );
    for (const name of ['constructor', '__proto__', 'nothing'])
      expect(await properties('Get', FPRINT_INTERFACES.device, name)).toBe('UnknownProperty');
    expect(await properties('GetAll', 'constructor')).toBeDefined();
    expect(await device.$readProp('scan-type')).toBe('press');
  });
});
