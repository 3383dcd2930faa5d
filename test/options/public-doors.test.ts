/** What is accepted is used, and what is not used is refused, at every door of `whorl`, before anything begins. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { SerialDevices } from '../../src/exports/whorl/devices/serial.ts';
import { connect, type Session, type WhorlService } from '../../src/exports/whorl/index.ts';
import { SerialSensors } from '../../src/exports/whorl/sensors/serial.ts';
import { createHost, type Host } from '../../src/exports/whorl/testkit.ts';

let host: Host;
let service: WhorlService;
let session: Session;
beforeAll(async () => {
  host = await createHost();
  service = host.process().service;
  session = await service.openSession();
});
afterAll(async () => await host[Symbol.asyncDispose]());

/** A call as JavaScript may make it, and what its error says. */
type Case = readonly [call: string, run: () => unknown, says: RegExp];
// biome-ignore lint/suspicious/noExplicitAny: the types refuse what is tried here
const loose = (value: unknown): any => value;
const nobody = { type: 'sid', sid: 'S-1-22-1-7' } as const;

const CASES: readonly Case[] = [
  ['SerialSensors.start, option', () => SerialSensors.start(loose({ prot: 'COM3' })), /did you mean port\?/],
  ['SerialSensors.start, port', () => SerialSensors.start(loose({})), /port is undefined; give a text/],
  [
    'SerialDevices.start, model',
    () => SerialDevices.start(loose({ port: 'COM3', model: 'r30' })),
    /model is 'r30'; give 'r30[57]'/,
  ],
  ['connect, option', () => connect(loose({ embeded: true })), /no option embeded; did you mean embedded\?/],
  ['connect, value', () => connect(loose({ embedded: 1 })), /embedded is 1; give true or false, or an object/],
  ['connect, time', () => connect(loose({ waitMs: Number.NaN })), /waitMs is NaN; give milliseconds/],
  ['openSession, pool', () => service.openSession(loose({ pool: 'privat' })), /pool is 'privat'; give 'private'/],
  ['openSession, option', () => service.openSession(loose({ acess: ['raw'] })), /did you mean access\?/],
  ['openSession, access', () => service.openSession(loose({ access: ['row'] })), /each is 'raw'/],
  [
    'openSession, database',
    () => service.openSession(loose({ pool: 'private', databaseId: 'x' })),
    /GUID of a database/,
  ],
  [
    'openSession, units',
    () => service.openSession(loose({ unitIds: [1] })),
    /unitIds is for pool: 'private'; give readers/,
  ],
  [
    'openSession, no reader',
    () => service.openSession({ readers: [] }),
    /readers is a list; give a list of at least one/,
  ],
  [
    'openSession, reader',
    () => service.openSession(loose({ readers: 'front door' })),
    /readers is 'front door'; give a list/,
  ],
  ['identify, controller', () => session.identify(loose({ signal: new AbortController() })), /controller\.signal/],
  ['identify, bare signal', () => session.identify(loose(AbortSignal.timeout(1))), /options are an object/],
  ['identify, deadline', () => session.identify({ deadlineMs: -1 }), /deadlineMs is -1; give milliseconds/],
  ['identify, option', () => session.identify(loose({ sginal: undefined })), /did you mean signal\?/],
  ['verify, identity', () => session.verify(loose({ identity: 'foo' })), /identity is 'foo'; give whose/],
  ['verify, no identity', () => session.verify(loose({})), /identity is undefined; give whose/],
  ['verify, finger', () => session.verify(loose({ identity: nobody, finger: 'index' })), /finger is 'index'/],
  ['beginEnrollment, finger', () => session.beginEnrollment(loose({ finger: 'right-indx' })), /give right-index/],
  ['beginEnrollment, unit', () => session.beginEnrollment(loose({ finger: 2, unitId: '1' })), /unitId is '1'/],
  ['deleteTemplate', () => session.deleteTemplate(loose({ identity: null })), /identity is null/],
  ['lockUnit', () => session.lockUnit(loose('front door')), /unitId is 'front door'; give a whole number/],
  ['presence', () => session.presence(loose(0)), /unitId is 0/],
  [
    'unclaimedSamples',
    () => session.unclaimedSamples(loose({ identify: 'yes' })),
    /identify is 'yes'; give true or false/,
  ],
  ['watchSamples', () => session.watchSamples(loose({ buffersize: 1 })), /did you mean bufferSize\?/],
];

test.each(CASES)('%s', async (_, run, says) => {
  const call = async () => await run();
  await expect(call()).rejects.toMatchObject({ code: 'E_INVALIDARG', message: expect.stringMatching(says) });
  expect(host.idle).toBe(true);
});

test('an option that is undefined is as if it were absent', async () => {
  const waiting = session.locate(loose({ deadlineMs: undefined, signal: undefined }));
  await host.touch(1);
  expect(await waiting).toBe(1);
});
