import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { dataNote, isDataMissing, listData, readData } from '../../../test/support/test-data.ts';
import * as m from './index.ts';

const FORMATS = Object.keys(m.MINUTIAE_LAYOUTS) as m.MinutiaeFormat[];
const SAMPLES = {
  ansi378v2004: 'ansi-378-2004',
  ansi378v2009: 'ansi-378-2009',
  ansi378v2009am1: 'ansi-378-2009-am1',
  iso19794p2v2005: 'iso-19794-2-2005',
  iso19794p2v2011: 'iso-19794-2-2011',
} as const;
const POSITIONS = [
  'UNKNOWN',
  'RIGHT_THUMB',
  'RIGHT_INDEX',
  'RIGHT_MIDDLE',
  'RIGHT_RING',
  'RIGHT_LITTLE',
  'LEFT_THUMB',
  'LEFT_INDEX',
];
const METHODS = ['CUSTOM', 'QUADRANTS', 'OCTANTS'];

const u16 = fc.nat(0xffff);

/** Records of one format whose every field is filled at random within its bounds. */
function records(format: m.MinutiaeFormat): fc.Arbitrary<m.MinutiaeRecord> {
  const layout = m.MINUTIAE_LAYOUTS[format];
  const isIso2011 = format === 'iso-19794-2-2011';
  const angle = fc.nat(layout.angleSteps - 1);
  const grade = layout.hasSpecialQualities ? fc.oneof(fc.nat(100), fc.constantFrom(254, 255)) : fc.nat(100);
  const frames = fc.record({
    widthPx: fc.integer({ min: 20, max: 300 }),
    heightPx: fc.integer({ min: 20, max: 300 }),
    xPixelsPerCm: fc.integer({ min: 99, max: 499 }),
    yPixelsPerCm: fc.integer({ min: 99, max: 499 }),
  });
  const view = (frame: fc.Arbitrary<Pick<m.MinutiaeView, 'widthPx' | 'heightPx' | 'xPixelsPerCm' | 'yPixelsPerCm'>>) =>
    fc.tuple(frame, fc.boolean(), fc.boolean()).chain(([size, coresHaveAngles, deltasHaveAngles]) => {
      const place = { xPx: fc.nat(size.widthPx - 1), yPx: fc.nat(size.heightPx - 1) };
      const points = (count: number, hasAngles: boolean) =>
        fc.array(
          fc.record({
            ...place,
            angles: fc.array(angle, { minLength: hasAngles ? count : 0, maxLength: hasAngles ? count : 0 }),
          }),
          { maxLength: 3 },
        );
      const named = fc.record({ quality: grade, vendorId: u16, algorithmId: u16 });
      const plain = grade.map((quality) => ({ quality, vendorId: 0, algorithmId: 0 }));
      const hasMinutiaQuality = !isIso2011 || coresHaveAngles;
      const cell = { cellWidthPx: 16, cellHeightPx: 20 };
      const cells = Math.ceil(size.widthPx / 16) * Math.ceil(size.heightPx / 20);
      return fc
        .record(
          {
            position: fc.nat(10),
            view: fc.constant(0),
            impressionType: fc.nat(15),
            qualities: isIso2011
              ? fc.array(named, { maxLength: 3 })
              : (layout.hasSharedFrame ? plain : named).map((each) => [each]),
            minutiae: fc.array(
              fc.record({
                type: fc.constantFrom(...m.MINUTIA_TYPES),
                ...place,
                angle,
                quality: hasMinutiaQuality ? grade : fc.constant(254),
              }),
              { minLength: 1, maxLength: 20 },
            ),
            singularPoints: fc.record({ cores: points(1, coresHaveAngles), deltas: points(3, deltasHaveAngles) }),
            ridgeCounts: fc.record({
              method: fc.nat(2),
              counts: fc.array(fc.record({ from: fc.constant(0), to: fc.constant(0), count: fc.nat(255) }), {
                maxLength: 5,
              }),
            }),
            ...(format.startsWith('iso') && {
              zonalQuality: fc.integer({ min: 1, max: 8 }).chain((bits) =>
                fc.record({
                  vendorId: isIso2011 ? u16 : fc.constant(0),
                  algorithmId: isIso2011 ? u16 : fc.constant(0),
                  cellWidthPx: fc.constant(cell.cellWidthPx),
                  cellHeightPx: fc.constant(cell.cellHeightPx),
                  bits: fc.constant(bits),
                  values: fc.uint8Array({ min: 0, max: 2 ** bits - 1, minLength: cells, maxLength: cells }),
                }),
              ),
            }),
            extendedData: fc.array(
              fc.record({
                type: fc.integer({ min: 0x101, max: 0xffff }),
                data: fc.uint8Array({ minLength: 5, maxLength: 12 }),
              }),
              { maxLength: 2 },
            ),
            ...(isIso2011 && {
              capture: fc.record({
                dateTime: fc.tuple(u16, fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), u16),
                deviceTechnology: fc.nat(20),
                deviceVendorId: u16,
                deviceId: u16,
                certificates: fc.array(fc.record({ authorityId: u16, scheme: fc.nat(255) }), { maxLength: 2 }),
                ridgeEndingType: fc.nat(1),
                hasMinutiaQuality: fc.constant(hasMinutiaQuality),
              }),
            }),
          },
          {
            requiredKeys: [
              'position',
              'view',
              'impressionType',
              'qualities',
              'minutiae',
              'extendedData',
              ...(isIso2011 ? ['capture'] : []),
            ] as never,
          },
        )
        .map((rest) => ({ ...size, ...rest }) as unknown as m.MinutiaeView);
    });
  const views = frames.chain((frame) =>
    fc.array(view(layout.hasSharedFrame ? fc.constant(frame) : frames), { minLength: 1, maxLength: 3 }),
  );
  // The second view of a finger has another number than the first.
  const numbered = views.map((list) => list.map((each, i) => ({ ...each, view: i })));
  const device = fc.record({ isCertified: fc.boolean(), id: fc.nat(0xfff) });
  const productId = fc.record({ owner: u16, type: u16 });
  return fc.record({
    format: fc.constant(format),
    views: numbered,
    ...(isIso2011 ? { hasCertificates: fc.constant(true) } : {}),
    ...(isIso2011 ? {} : { device }),
    ...(format.startsWith('ansi') && { productId }),
  }) as fc.Arbitrary<m.MinutiaeRecord>;
}

test.each(FORMATS)('%s: decode(encode(record)) is the record', (format) => {
  fc.assert(
    fc.property(records(format), (record) => {
      const bytes = m.encodeMinutiaeRecord(record);
      expect(m.detectMinutiaeFormat(bytes)).toBe(format);
      expect(m.decodeMinutiaeRecord(bytes)).toEqual(record);
    }),
    { numRuns: 200 },
  );
});

test.each(FORMATS)('%s: a record that was cut off is refused; leniently, all that is there is read', (format) => {
  fc.assert(
    fc.property(records(format), fc.double({ min: 0, max: 0.999, noNaN: true }), (record, share) => {
      const whole = m.encodeMinutiaeRecord(record);
      const bytes = whole.slice(0, Math.floor(whole.length * share));
      expect(() => m.decodeMinutiaeRecord(bytes)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
      let read: m.LenientMinutiae | undefined;
      onlyCodedErrors(() => {
        read = m.decodeMinutiaeRecordLeniently(bytes, { format });
      });
      // The header and the first view's take less than 80 bytes.
      if (read === undefined) {
        expect(bytes.length).toBeLessThan(80);
        return;
      }
      expect(read.deviations.length).toBeGreaterThan(0);
      const minutiae = (each: m.MinutiaeRecord) => each.views.flatMap((view) => view.minutiae);
      expect(minutiae(record).slice(0, minutiae(read.record).length)).toEqual(minutiae(read.record));
      const { length } = read.record.views;
      const before = record.views.slice(0, length - 1);
      expect(read.record.views.slice(0, -1)).toEqual(before);
    }),
    { numRuns: 200 },
  );
});

test.each(FORMATS)('%s: of a short tail nothing but itself is lost', (format) => {
  fc.assert(
    fc.property(records(format), fc.integer({ min: 1, max: 2 }), ({ views: [first], ...rest }, missing) => {
      const { ridgeCounts: _r, singularPoints: _s, zonalQuality: _z, ...view } = first!;
      const record = { ...rest, views: [{ ...view, extendedData: [] }] } as m.MinutiaeRecord;
      const read = m.decodeMinutiaeRecordLeniently(m.encodeMinutiaeRecord(record).slice(0, -missing), { format });
      expect(read.record).toEqual(record);
      expect(read.deviations.length).toBeGreaterThan(0);
      for (const { field, text } of read.deviations) expect(`${field} ${text}`).toMatch(/^[a-z ]+ [a-z0-9, :]+$/);
    }),
    { numRuns: 60 },
  );
});

test('a resolution per inch is taken as one, and that is said', () => {
  const bytes = sound!.slice();
  new DataView(bytes.buffer).setUint16(18, 500);
  new DataView(bytes.buffer).setUint16(20, 500);
  const { record, deviations } = m.decodeMinutiaeRecordLeniently(bytes);
  expect(record.views[0]).toMatchObject({ xPixelsPerCm: 197, yPixelsPerCm: 197 });
  expect(deviations.map(({ offset }) => offset)).toEqual([18, 20]);
  expect(m.decodeMinutiaeRecord(bytes).views[0]).toMatchObject({ xPixelsPerCm: 500 });
});

test.each(FORMATS)('%s: converts to every other format and keeps its minutiae', (format) => {
  fc.assert(
    fc.property(records(format), fc.constantFrom(...FORMATS), (whole, target) => {
      const record = { ...whole, views: whole.views.slice(0, 1) };
      const converted = m.decodeMinutiaeRecord(m.encodeMinutiaeRecord(m.convertMinutiaeRecord(record, target)));
      expect(converted.format).toBe(target);
      const places = (each: m.MinutiaeRecord) => each.views[0]!.minutiae.map(({ type, xPx, yPx }) => [type, xPx, yPx]);
      expect(places(converted)).toEqual(places(record));
      const degrees = (each: m.MinutiaeRecord) =>
        each.views[0]!.minutiae.map(({ angle }) => (angle * 360) / m.MINUTIAE_LAYOUTS[each.format].angleSteps);
      for (const [i, before] of degrees(record).entries()) {
        const turn = Math.abs(degrees(converted)[i]! - before);
        expect(Math.min(turn, 360 - turn)).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 100 },
  );
});

test.each(FORMATS)('%s: hostile bytes give coded errors only', (format) => {
  const sound = fc.sample(records(format), { numRuns: 6, seed: 7 }).map(m.encodeMinutiaeRecord);
  fc.assert(
    fc.property(hostileBytes(sound), (bytes) => {
      onlyCodedErrors(() => m.decodeMinutiaeRecord(bytes));
      onlyCodedErrors(() => m.decodeMinutiaeRecordLeniently(bytes));
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

const [sound] = fc.sample(records('iso-19794-2-2005'), { numRuns: 1, seed: 11 }).map(m.encodeMinutiaeRecord);

test.each([
  ['a reserved minutia type', 28, 0xc0, /minutia type at byte 28/],
  ['reserved bits of y', 30, 0x80, /minutia y at byte 30/],
  ['a minutia outside the image', 28, 0x3f, /minutia at byte 28/],
  ['a quality above 100', 26, 101, /finger quality at byte 26/],
  ['a position above 10', 24, 21, /finger position at byte 24/],
  ['reserved bits of the device', 12, 0x40, /capture device at byte 12/],
])('%s is a deviation: strict reading refuses it, lenient reading lists it', (_what, at, value, message) => {
  const bytes = sound!.with(at, value);
  expect(() => m.decodeMinutiaeRecord(bytes)).toThrow(message);
  const { deviations } = m.decodeMinutiaeRecordLeniently(bytes);
  expect(deviations.map(({ field, offset }) => `${field} at byte ${offset}`).join()).toMatch(message);
});

test('extended data of ISO 2005 are read with either meaning of their length', () => {
  const record: m.MinutiaeRecord = {
    ...m.decodeMinutiaeRecord(sound!),
    views: [
      {
        ...m.decodeMinutiaeRecord(sound!).views[0]!,
        extendedData: [{ type: 0x202, data: Uint8Array.of(1, 2, 3, 4, 5) }],
      },
    ],
  };
  const { ridgeCounts: _r, singularPoints: _s, zonalQuality: _z, ...view } = record.views[0]!;
  const bytes = m.encodeMinutiaeRecord({ ...record, views: [view] });
  expect(m.decodeMinutiaeRecord(bytes.with(-6, 9)).views[0]!.extendedData).toEqual(view.extendedData);
});

test('a broken known block is kept as it is when reading leniently', () => {
  const record = m.decodeMinutiaeRecord(sound!);
  const { ridgeCounts: _r, singularPoints: _s, zonalQuality: _z, ...view } = record.views[0]!;
  // Method 9 does not exist.
  const data = Uint8Array.of(9, 9);
  const bytes = m.encodeMinutiaeRecord({ ...record, views: [{ ...view, extendedData: [{ type: 1, data }] }] });
  expect(() => m.decodeMinutiaeRecord(bytes)).toThrow(/extended data/);
  const lenient = m.decodeMinutiaeRecordLeniently(bytes);
  expect(lenient.record.views[0]!.extendedData).toEqual([{ type: 1, data }]);
  expect(lenient.deviations).toHaveLength(1);
});

test.each(['normal', 'compact'] as const)('card, %s: decode(encode(minutiae)) is the same', (format) => {
  const [most, steps] = format === 'normal' ? [0x3fff, 256] : [0xff, 64];
  const minutia = fc.record({
    type: fc.constantFrom(...m.MINUTIA_TYPES),
    x: fc.nat(most),
    y: fc.nat(most),
    angle: fc.nat(steps - 1),
  });
  fc.assert(
    fc.property(fc.array(minutia), (minutiae) => {
      const bytes = m.encodeCardMinutiae(minutiae, format);
      expect(bytes.length).toBe(minutiae.length * (format === 'normal' ? 5 : 3));
      expect(m.decodeCardMinutiae(bytes, format)).toEqual(minutiae);
    }),
  );
  const property = fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) =>
    onlyCodedErrors(() => m.decodeCardMinutiae(bytes, format)),
  );
  fc.assert(property, { numRuns: fuzzRuns(500) });
});

test('a view becomes a card record in millimetres', () => {
  const minutiae = [
    { type: 'ending' as const, xPx: 197, yPx: 394, angle: 128 },
    { type: 'other' as const, xPx: 900, yPx: 0, angle: 255 },
  ];
  const view = { xPixelsPerCm: 197, yPixelsPerCm: 197, minutiae };
  expect(m.toCardMinutiae(view, 'normal')[0]).toEqual({ type: 'ending', x: 1000, y: 2000, angle: 128 });
  expect(m.toCardMinutiae(view, 'compact')).toEqual([{ type: 'ending', x: 100, y: 200, angle: 32 }]);
});

test.skipIf(isDataMissing).each(Object.entries(SAMPLES))(
  `sample %s decodes to the JSON beside it${dataNote}`,
  (name, format) => {
    const bytes = readData(`templates/fingerprintio/${name}-sample.dat`);
    const json = JSON.parse(new TextDecoder().decode(readData(`templates/fingerprintio/${name}-sample.json`)));
    const { record } = m.decodeMinutiaeRecordLeniently(bytes);
    expect(record.format).toBe(format);
    if (json.vendorId !== undefined) expect(record.productId).toEqual({ owner: json.vendorId, type: json.subformat });
    if (json.sensorId !== undefined)
      expect(record.device).toEqual({ isCertified: json.sensorCertified, id: json.sensorId });
    expect(record.views.length).toBe(json.fingerprints.length);
    for (const [i, print] of json.fingerprints.entries()) {
      const view = record.views[i]!;
      const size = print.width === undefined ? json : print;
      expect([view.widthPx, view.heightPx, view.xPixelsPerCm, view.yPixelsPerCm]).toEqual([
        size.width,
        size.height,
        size.resolutionX,
        size.resolutionY,
      ]);
      expect([POSITIONS[view.position], view.view, view.impressionType]).toEqual([print.position, print.view, 0]);
      expect(print.scanType).toBe('LIVE_PLAIN');
      if (print.quality !== undefined) expect(view.qualities[0]!.quality).toBe(print.quality);
      if (print.qualityVendorId !== undefined) {
        expect(view.qualities[0]).toMatchObject({
          vendorId: print.qualityVendorId,
          algorithmId: print.qualityAlgorithmId,
        });
      }
      expect(view.minutiae).toEqual(
        print.minutiae.map((each: Record<string, unknown>) => ({
          type: { ENDING: 'ending', BIFURCATION: 'bifurcation' }[String(each.type)] ?? 'other',
          xPx: each.positionX,
          yPx: each.positionY,
          angle: each.angle,
          quality: each.quality,
        })),
      );
      if (print.counts === null) expect(view.ridgeCounts).toBeUndefined();
      else
        expect([METHODS[view.ridgeCounts!.method], view.ridgeCounts!.counts]).toEqual([
          print.counts.type,
          print.counts.edges,
        ]);
      expect(view.singularPoints ?? null).toEqual(print.coredelta);
      expect(view.extendedData.map(({ type, data }) => ({ type, data: Buffer.from(data).toString('base64') }))).toEqual(
        print.extensions,
      );
      if (print.datetime !== undefined) {
        expect(view.capture?.dateTime).toEqual(Object.values(print.datetime));
        expect([view.capture?.deviceVendorId, view.capture?.deviceId]).toEqual([print.sensorVendor, print.sensorId]);
        expect(view.qualities).toEqual(
          print.qrecords.map((each: Record<string, number>) => ({
            quality: each.quality,
            vendorId: each.vendor,
            algorithmId: each.algorithm,
          })),
        );
      }
    }
  },
);

test.skipIf(isDataMissing)(`every sample record is read, written and read again without loss${dataNote}`, () => {
  const files = [
    ...listData('templates/fingerprintio', '.dat'),
    ...listData('templates/fingerjetfx-iso19794-2-2005', '.ist'),
    ...listData('templates/sourceafis-iso19794-2-2005', '.iso'),
  ];
  expect(files.length).toBe(17);
  for (const file of files) {
    const bytes = readData(file);
    const { record, deviations } = m.decodeMinutiaeRecordLeniently(bytes);
    const written = m.encodeMinutiaeRecord(record);
    expect(m.decodeMinutiaeRecordLeniently(written).record, file).toEqual(record);
    // A record that keeps to its standard comes out byte for byte.
    if (deviations.length === 0) expect(written, file).toEqual(bytes);
    for (const missing of [1, 2, 3]) onlyCodedErrors(() => m.decodeMinutiaeRecord(bytes.slice(0, -missing)));
    for (const missing of [1, 2, 3]) expect(() => m.decodeMinutiaeRecord(bytes.slice(0, -missing)), file).toThrow();
  }
});
