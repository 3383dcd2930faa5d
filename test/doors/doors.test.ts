/** Doors that the service watches by itself: who is let in, what happens then, and what becomes of a door in trouble. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Door, DoorAnswerKind, DoorState, DoorView } from '../../src/core/door.ts';
import type { OwnerIdentity } from '../../src/core/identity.ts';
import type { Person } from '../../src/core/person.ts';
import { connect, type WhorlService } from '../../src/exports/whorl/index.ts';
import { type HookReceiver, hookReceiver } from './hook-receiver.ts';

let service: WhorlService;
let receiver: HookReceiver;
let ada: Person;

beforeAll(async () => {
  receiver = await hookReceiver();
  service = await connect({
    embedded: {
      state: 'memory',
      engineThreads: 1,
      readers: [
        { kind: 'virtual', name: 'front' },
        { kind: 'virtual', name: 'desk' },
      ],
      doors: [
        {
          name: 'Back',
          reader: 'front',
          enabled: false,
          actions: [{ kind: 'command', command: ['/bin/sh', '-c', 'cat > /dev/null'] }],
        },
      ],
      policy: { attempts: { perReader: 3, lockSeconds: 1, longestLockSeconds: 1 } },
    },
  });
  receiver.secret = await service.doors.secret();
  ada = await service.people.create({ name: 'Ada Lovelace', groups: ['Staff'] });
  await enroll(ada.identity, 1);
});

afterAll(async () => {
  await service.close();
  await receiver[Symbol.asyncDispose]();
});

beforeEach(async () => {
  receiver.received.length = 0;
  receiver.status = 204;
  for (const { name, configured } of await service.doors.list()) if (!configured) await service.doors.remove(name);
  await service.administration.unlock();
});

async function enroll(identity: OwnerIdentity, person: number): Promise<void> {
  const { token } = await service.enrollments.begin({ identity, subFactor: 2, reader: 'desk' });
  let impression = 0;
  for await (const { stage, lastTouch } of service.enrollments.follow(token)) {
    if (stage === 'complete') break;
    if (stage !== 'touch' || (lastTouch?.number ?? 0) !== impression) continue;
    impression += 1;
    await service.virtualReader('desk').touch({ person, finger: 'right-index', impression });
  }
  await service.enrollments.save(token);
}

function door(change: Partial<Door> = {}): Door {
  return { name: 'Main', reader: 'front', actions: [{ kind: 'webhook', url: receiver.url }], ...change };
}

/** Follows a door until it is as wanted. */
async function until(wanted: (view: DoorView) => boolean, name = 'Main'): Promise<DoorState> {
  for await (const view of service.doors.follow(name, { signal: AbortSignal.timeout(20_000) })) {
    if (wanted(view)) return view.door;
  }
  throw new Error('the door ended');
}

const said = (kind: DoorAnswerKind) => until(({ door: { last } }) => last?.kind === kind);
const waiting = () => until((view) => view.door.state === 'waiting');

async function touch(person: number, impression = 50): Promise<void> {
  await expect
    .poll(() => service.virtualReader('front').touch({ person, finger: 'right-index', impression }), {
      timeout: 10_000,
    })
    .toBe('captured');
}

test('somebody who may is let in, and the relay is asked once, signed', async () => {
  await service.doors.set(door());
  await touch(1);
  expect((await said('opened')).last?.name).toBe('Ada Lovelace');
  await expect.poll(() => receiver.received.length).toBe(1);
  const [message] = receiver.received;
  expect(message?.signed).toBe(true);
  expect(message?.body).toMatchObject({ type: 'door.opened', door: 'Main', person: { name: 'Ada Lovelace' } });
  await until((view) => view.door.undelivered === 0);
});

test('a relay that fails is asked again, by the same message', async () => {
  receiver.status = 503;
  await service.doors.set(door());
  await touch(1);
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(1);
  receiver.status = 204;
  await until((view) => view.door.undelivered === 0);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  expect((await waiting()).last?.kind).toBe('opened');
});

test('who is not in the group, or comes at another hour, is told so', async () => {
  await service.doors.set(door({ groups: ['Night shift'] }));
  await touch(1);
  expect((await said('not-valid')).last).toMatchObject({ reason: 'group', name: 'Ada Lovelace' });
  const tomorrow = ((new Date().getDay() + 1) % 7) + 1;
  await service.doors.set(door({ hours: [{ days: [tomorrow], from: '10:00', until: '11:00' }] }));
  await touch(1);
  expect((await said('not-valid')).last?.reason).toBe('door-hours');
  await expect
    .poll(async () => (await service.journal.list({ kinds: ['not-valid'] })).items.map(({ reason }) => reason))
    .toEqual(['door-hours', 'group']);
  expect(receiver.received).toEqual([]);
});

test('strangers are counted, locked out, and let try again when the time is over', async () => {
  await service.doors.set(door());
  await touch(7, 1);
  expect((await said('unknown')).last?.attemptsLeft).toBe(2);
  await touch(7, 2);
  await until(({ door: { last } }) => last?.attemptsLeft === 1);
  await touch(7, 3);
  const locked = await said('locked');
  expect(locked.last?.lockedUntilMs).toBeGreaterThan(Date.now());
  await until((view) => view.door.last === undefined);
  await touch(1);
  await said('opened');
});

test('a door goes on when its reader comes back', async () => {
  await service.doors.set(door());
  await waiting();
  await service.virtualReader('front').unplug();
  await until((view) => view.door.state === 'no-reader');
  await service.virtualReader('front').plug();
  await waiting();
  await touch(1);
  await said('opened');
});

test('a door is changed and removed, and what may not be says why', async () => {
  await service.doors.set(door());
  await service.doors.set(door({ enabled: false }));
  expect((await service.doors.list()).map(({ name, state, configured }) => ({ name, state, configured }))).toEqual([
    { name: 'Back', state: 'off', configured: true },
    { name: 'Main', state: 'off', configured: false },
  ]);
  const refused = (change: Partial<Door>) => expect(service.doors.set(door(change))).rejects;
  await refused({ actions: [{ kind: 'command', command: ['/bin/true'] }] }).toMatchObject({ code: 'E_INVALIDARG' });
  await refused({ reader: 'nowhere' }).toMatchObject({ code: 'WINBIO_E_INVALID_UNIT' });
  await refused({ actions: [{ kind: 'webhook', url: 'file:///etc/passwd' }] }).toMatchObject({ code: 'E_INVALIDARG' });
  await refused({ name: 'Back' }).toMatchObject({ code: 'E_INVALIDARG' });
  await expect(service.doors.remove('Back')).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  expect(await service.doors.remove('Main')).toBe(true);
  expect(await service.doors.remove('Main')).toBe(false);
});
