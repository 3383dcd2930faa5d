import { expect, test } from 'vitest';
import type { CardTemplateFormat } from '../../core/template-import.ts';
import {
  compare,
  exportMinutiae,
  fingerSeed,
  synthesizeFinger,
  synthesizeImpression,
  synthesizeMinutiae,
  synthesizeTemplate,
} from '../../fingerprint/index.ts';
import {
  decodeMinutiaeRecord,
  encodeCardMinutiae,
  encodeFingerImageRecord,
  encodePng,
  encodeWsq,
  fingerImageRecord,
  MINUTIAE_LAYOUTS,
  type MinutiaeFormat,
  toCardMinutiae,
} from '../../formats/index.ts';
import { readPrints } from './read-print-task.ts';

const template = synthesizeTemplate(synthesizeMinutiae(5), 1);
const mate = synthesizeTemplate(synthesizeMinutiae(5), 2);
const record = exportMinutiae(template, { position: 7 });
const picture = synthesizeImpression(synthesizeFinger(fingerSeed(3, 7)), { seed: 1 });

interface Given {
  readonly subFactor?: number;
  readonly format?: CardTemplateFormat;
  readonly lenient?: boolean;
}

function read(bytes: Uint8Array, { subFactor, format, lenient = false }: Given = {}) {
  const common = { lenient, resolutionPpi: undefined, cancel: new SharedArrayBuffer(4) };
  const [found] = readPrints({ kind: 'read-prints', prints: [{ bytes, subFactor, format }], ...common });
  if (found === undefined) throw new TypeError('one print is one answer');
  return found;
}

/** NIST SP 800-76-2, table 13. */
function piv(data: Uint8Array): Uint8Array {
  const header = new Uint8Array(88);
  header.set([3, 0x0d]);
  new DataView(header.buffer).setUint32(2, data.length);
  return Uint8Array.from([...header, ...data]);
}

test.each(Object.keys(MINUTIAE_LAYOUTS) as MinutiaeFormat[])('a record of %s', (format) => {
  const found = read(exportMinutiae(template, { format, position: 7 }));
  expect(found).toMatchObject({ subFactor: 7 });
  if ('template' in found) expect(compare(found.template, mate)).toBeGreaterThan(0);
});

test('cards, wrappers, templates of our own', () => {
  const [view] = decodeMinutiaeRecord(record).views;
  if (view === undefined) throw new TypeError('the record has a view');
  const card = encodeCardMinutiae(toCardMinutiae(view, 'compact'), 'compact');
  expect(read(card, { subFactor: 3, format: 'iso-19794-2-2005-compact-card' })).toMatchObject({ subFactor: 3 });
  expect(read(piv(record))).toMatchObject({ subFactor: 7 });
  expect(read(template, { subFactor: 2 })).toEqual({ subFactor: 2, template });
});

test('pictures, alone and in records', () => {
  for (const bytes of [encodePng(picture), encodeWsq(picture)]) {
    expect(read(bytes, { subFactor: 7 })).toMatchObject({ subFactor: 7, template: expect.any(Uint8Array) });
  }
  const stated = fingerImageRecord(picture, { format: 'iso-19794-4-2005', position: 7 });
  expect(read(encodeFingerImageRecord(stated))).toMatchObject({ subFactor: 7 });
  expect(read(encodePng(picture, { withoutResolution: true }), { subFactor: 7 })).toMatchObject({ assumedPpi: 500 });
});

test('a record that is cut off is read leniently alone', () => {
  const half = record.subarray(0, 150);
  expect(read(half)).toMatchObject({ error: { message: expect.stringMatching(/more than there is/) } });
  expect(read(half, { lenient: true })).toMatchObject({ subFactor: 7 });
  expect(read(record.subarray(0, 40), { lenient: true })).toMatchObject({
    error: { message: expect.stringMatching(/^\d minutiae, at least 6/) },
  });
});

test.each([
  ['nothing', new Uint8Array(), {}, /is empty/],
  ['a record of another finger', record, { subFactor: 2 }, /the record is of left-index, and not of right-index/],
  ['a record of no finger', exportMinutiae(template), {}, /which finger\? the record does not say either/],
  ['a template of our own of no finger', template, {}, /which finger/],
  ['a picture of no finger', encodePng(picture), {}, /which finger\? the picture does not say either/],
  ['a broken template of our own', template.subarray(0, 30), { subFactor: 2 }, /Whorl template/],
  ['a broken picture', encodePng(picture).subarray(0, 200), { subFactor: 7 }, /PNG/],
] as const)('%s', (_what, bytes, given, words) => {
  expect(read(bytes, given)).toMatchObject({ error: { message: expect.stringMatching(words) } });
});
