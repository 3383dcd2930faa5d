import { expect, test } from 'vitest';
import * as c from '../core/constants.ts';
import { LAYOUTS } from '../drivers/winbio/layouts.ts';
import { fromWinbioIdentity, toWinbioIdentity, type WINBIO_IDENTITY } from '../winbio/identity.ts';
import { type Decoded, structureAt } from './decode-structure.ts';
import { encodeIdentity } from './encode-identity.ts';

const RESULT = 0x1000n;
const POINTED = 0x9000n;

/** Memory with a result, and what it points to; reading beyond either is a fault. */
function memory(operation: number, words: Readonly<Record<number, number | bigint>>, pointed = new Uint8Array()) {
  const result = new Uint8Array(LAYOUTS.WINBIO_ASYNC_RESULT.bytes);
  const view = new DataView(result.buffer);
  view.setUint32(4, operation, true);
  for (const [at, value] of Object.entries(words)) {
    if (typeof value === 'bigint') view.setBigUint64(Number(at), value, true);
    else view.setUint32(Number(at), value, true);
  }
  let reached = 0;
  const read = (address: bigint, length: number) => {
    if (address === 0n || length === 0) return new Uint8Array();
    const bytes = address === RESULT ? result : pointed;
    if (address === RESULT) reached = Math.max(reached, length);
    expect(length).toBeLessThanOrEqual(bytes.length);
    return bytes.slice(0, length);
  };
  const decoded = structureAt('WINBIO_ASYNC_RESULT', RESULT, read);
  return { decoded, parameters: decoded.Parameters as Decoded, reached };
}

test('of a result no more is read than its member has', () => {
  expect(memory(c.WINBIO_OPERATION_LOCK_UNIT, {})).toMatchObject({ parameters: {}, reached: 40 });
  expect(memory(4711, {})).toMatchObject({ parameters: {}, reached: 40 });
  // 144 bytes is what Windows 8 has.
  expect(memory(c.WINBIO_OPERATION_IDENTIFY, {}).reached).toBe(124);
  expect(memory(c.WINBIO_OPERATION_GET_PROPERTY, {}).reached).toBe(144);
  expect(memory(c.WINBIO_OPERATION_GET_PROTECTION_POLICY, {}).reached).toBe(360);
});

test('people, each with an identity', () => {
  const size = LAYOUTS.WINBIO_PRESENCE.bytes;
  const people = new Uint8Array(2 * size);
  const view = new DataView(people.buffer, size);
  view.setUint32(0, c.WINBIO_TYPE_FACIAL_FEATURES, true);
  view.setUint32(8, 0x80098003, true);
  view.setBigUint64(96, 7n, true);
  view.setInt32(112, -5, true);
  view.setInt32(128, 30, true);
  const words = { 40: c.WINBIO_PRESENCE_CHANGE_TYPE_UPDATE_ALL, 48: 2n, 56: POINTED };
  const { MonitorPresence } = memory(c.WINBIO_OPERATION_MONITOR_PRESENCE, words, people).parameters;
  expect(MonitorPresence).toMatchObject({ ChangeType: c.WINBIO_PRESENCE_CHANGE_TYPE_UPDATE_ALL, PresenceCount: 2 });
  expect((MonitorPresence as { PresenceArray: unknown[] }).PresenceArray[1]).toEqual({
    Factor: c.WINBIO_TYPE_FACIAL_FEATURES,
    SubFactor: 0,
    Status: 0x80098003,
    RejectDetail: 0,
    Identity: { Type: c.WINBIO_ID_TYPE_NULL, Value: { Null: 0 } },
    TrackingId: 7n,
    Ticket: 0n,
    Properties: { FacialFeatures: { BoundingBox: { left: -5, top: 0, right: 0, bottom: 0 }, Distance: 30 } },
  });
});

test('what points nowhere is null, but buffers of a command are empty', () => {
  expect(memory(c.WINBIO_OPERATION_ENUM_DATABASES, {}).parameters).toEqual({
    EnumDatabases: { StorageCount: 0, StorageSchemaArray: null },
  });
  expect(memory(c.WINBIO_OPERATION_CAPTURE_SAMPLE, { 56: 3 }).parameters).toEqual({
    CaptureSample: { Sample: null, SampleSize: 0, RejectDetail: 3 },
  });
  const words = { 40: 1, 44: 2, 48: 3, 56: POINTED, 64: 2n, 88: 0n };
  expect(memory(c.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED, words, Uint8Array.of(8, 9)).parameters).toEqual({
    ControlUnit: {
      Component: 1,
      ControlCode: 2,
      OperationStatus: 3,
      SendBuffer: Uint8Array.of(8, 9),
      SendBufferSize: 2,
      ReceiveBuffer: new Uint8Array(),
      ReceiveBufferSize: 0,
      ReceiveDataSize: 0,
    },
  });
});

test('a status and an error of a monitor have their members', () => {
  expect(memory(c.WINBIO_OPERATION_NOTIFY_UNIT_STATUS_CHANGE, { 40: 3, 44: 0x80098036 }).parameters).toEqual({
    NotifyUnitStatusChange: { ExtendedStatus: { Availability: 3, ReasonCode: 0x80098036 } },
  });
  expect(memory(c.WINBIO_OPERATION_GET_EVENT, { 40: c.WINBIO_EVENT_ERROR, 44: 0x80098036 }).parameters).toEqual({
    GetEvent: { Event: { Type: c.WINBIO_EVENT_ERROR, Parameters: { Error: { ErrorCode: 0x80098036 } } } },
  });
});

test('identities are read as they were written; what has no place is refused, what is merely wrong is not', () => {
  const back = (identity: WINBIO_IDENTITY) => {
    const bytes = encodeIdentity(identity) ?? new Uint8Array();
    expect(bytes).toHaveLength(76);
    return structureAt('WINBIO_IDENTITY', 1n, (_, length) => bytes.slice(0, length)) as unknown as WINBIO_IDENTITY;
  };
  for (const identity of [
    { type: 'sid', sid: 'S-1-5-21-1-2-3-1001' },
    { type: 'guid', guid: '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081' },
    { type: 'wildcard' },
    { type: 'null' },
  ] as const) {
    expect(fromWinbioIdentity(back(toWinbioIdentity(identity)))).toEqual(identity);
  }
  const secret = { Type: c.WINBIO_ID_TYPE_SECURE_ID, Value: { SecureId: new Uint8Array(32).fill(5) } };
  expect(back(secret)).toEqual(secret);
  const Data = new Uint8Array(68);
  expect(encodeIdentity({ Type: c.WINBIO_ID_TYPE_SID, Value: { AccountSid: { Size: 4711, Data } } })).toBeDefined();
  expect(encodeIdentity({ Type: 99, Value: {} })).toBeDefined();
  expect(encodeIdentity({ Type: -1, Value: {} })).toBeUndefined();
  expect(encodeIdentity({ Type: c.WINBIO_ID_TYPE_GUID, Value: { TemplateGuid: 'none' } })).toBeUndefined();
  const long = { Size: 28, Data: new Uint8Array(69) };
  expect(encodeIdentity({ Type: c.WINBIO_ID_TYPE_SID, Value: { AccountSid: long } })).toBeUndefined();
});
