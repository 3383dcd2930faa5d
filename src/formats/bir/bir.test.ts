import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { type Bir, dateFromTicks, decodeBir, encodeBir, ticksFromDate } from './bir.ts';

const u16 = fc.nat(0xffff);
const registered = fc.record({ owner: u16, type: u16 });
const ticks = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const block = fc.uint8Array({ minLength: 1, maxLength: 40 });
const birs: fc.Arbitrary<Bir> = fc.record(
  {
    header: fc.record(
      {
        dataFlags: fc.constantFrom(0x20, 0x28, 0x40, 0x80, 0x8f),
        factor: fc.constantFrom(2, 8, 0x10, 0x80000000),
        subFactor: fc.nat(255),
        purpose: fc.nat(255),
        quality: fc.integer({ min: -2, max: 100 }),
        creationTicks: ticks,
        validityTicks: fc.record({ begin: ticks, end: ticks }),
        productId: registered,
      },
      { requiredKeys: ['dataFlags'] },
    ),
    standard: block,
    vendor: block,
    signature: block,
  },
  { requiredKeys: ['header'] },
);
const sound = encodeBir({
  header: { dataFlags: 0x28, factor: 8, purpose: 2 },
  standard: new Uint8Array(20).fill(7),
  vendor: new Uint8Array(5).fill(9),
});

test('decode(encode(x)) is x, and encoding that again gives the same bytes', () => {
  fc.assert(
    fc.property(birs, (bir) => {
      const bytes = encodeBir(bir);
      expect(decodeBir(bytes)).toEqual(bir);
      expect(encodeBir(decodeBir(bytes))).toEqual(bytes);
    }),
  );
});

test('blocks are aligned to 8 bytes and follow one another', () => {
  const view = new DataView(sound.buffer);
  expect([0, 4, 8, 12, 16, 20, 24, 28].map((at) => view.getUint32(at, true))).toEqual([48, 32, 20, 80, 5, 104, 0, 0]);
  expect(sound.length).toBe(109);
  expect([view.getUint16(72, true), view.getUint16(74, true)]).toEqual([0x1b, 0x401]);
});

test.each([
  ['an unaligned block', 12, 84, /StandardDataBlock at byte 8: is not aligned/],
  ['a block outside the total', 8, 60, /StandardDataBlock at byte 8: ends outside/],
  ['blocks that overlap', 20, 80, /VendorDataBlock at byte 16: overlaps/],
  ['a block in the table', 20, 8, /VendorDataBlock at byte 16: overlaps/],
  ['an empty block', 16, 0, /VendorDataBlock at byte 16: is empty/],
  ['no header', 0, 0, /HeaderBlock at byte 0: is empty/],
  ['a header of another size', 0, 56, /HeaderBlock at byte 0: does not have 48/],
  ['a bit that is never valid', 32, 0x01, /ValidFields at byte 32/],
  ['another header version', 34, 0x20, /HeaderVersion at byte 34/],
  ['another patron version', 35, 0x20, /PatronHeaderVersion at byte 35/],
  ['two processing stages', 36, 0x60, /DataFlags at byte 36/],
  ['two factors', 40, 0x18, /Type at byte 40/],
  ['a standard block of no format', 74, 0, /BiometricDataFormat at byte 72/],
])('refuses %s', (_what, at, value, message) => {
  const bytes = sound.slice();
  bytes[at] = value;
  expect(() => decodeBir(bytes)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  expect(() => decodeBir(bytes)).toThrow(message);
});

test('refuses a format without a standard block', () => {
  const bytes = encodeBir({ header: { dataFlags: 0x80 }, vendor: new Uint8Array(3) });
  expect(decodeBir(bytes).standard).toBeUndefined();
  bytes[72] = 0x1b;
  expect(() => decodeBir(bytes)).toThrow(/declared without a standard block/);
});

test('a Buffer goes in, fresh plain bytes come out', () => {
  const { standard } = decodeBir(Buffer.from(sound));
  expect(standard?.constructor).toBe(Uint8Array);
  expect(standard?.buffer.byteLength).toBe(20);
});

test('ignores fields whose bit is clear', () => {
  const bytes = sound.slice();
  bytes[46] = 200;
  expect(decodeBir(bytes).header.quality).toBeUndefined();
});

test('encoding refuses what decoding would', () => {
  expect(() => encodeBir({ header: { dataFlags: 0x60 } })).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
  expect(() => encodeBir({ header: { dataFlags: 0x20 }, vendor: new Uint8Array() })).toThrow(/not empty/);
});

test('ticks count from 1601', () => {
  expect(ticksFromDate(new Date(0))).toBe(116444736000000000n);
  expect(dateFromTicks(ticksFromDate(new Date('2026-03-01T12:00:00.123Z')))).toEqual(
    new Date('2026-03-01T12:00:00.123Z'),
  );
});

test('hostile bytes give coded errors only', () => {
  const property = fc.property(hostileBytes([sound]), (bytes) => onlyCodedErrors(() => decodeBir(bytes)));
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
