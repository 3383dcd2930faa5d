import { expect, test } from 'vitest';
import { CopyParser } from './copy-parser.ts';

const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');

function row(...columns: readonly (string | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(columns.length);
  const parts = columns.map((column) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(column === null ? -1 : column.length);
    return Buffer.concat([length, Buffer.from(column ?? '')]);
  });
  return Buffer.concat([count, ...parts]);
}

const BYTES = Buffer.concat([
  HEADER,
  row('one', '', null),
  row('a longer column', 'x', 'y'),
  Buffer.from('ffff', 'hex'),
]);
const ROWS = [
  ['one', '', ''],
  ['a longer column', 'x', 'y'],
];

test.each([1, 2, 3, 7, 20, 1000])('rows in pieces of %i bytes are whole', (size) => {
  const parser = new CopyParser();
  const rows: string[][] = [];
  for (let start = 0; start < BYTES.length; start += size) {
    for (const columns of parser.push(BYTES.subarray(start, start + size))) rows.push(columns.map(String));
  }
  expect(rows).toEqual(ROWS);
  expect(parser.hasEnded).toBe(true);
});

test('what is cut off has not ended; another format is refused', () => {
  const parser = new CopyParser();
  expect(parser.push(BYTES.subarray(0, -2))).toHaveLength(2);
  expect(parser.hasEnded).toBe(false);
  expect(() => new CopyParser().push(Buffer.alloc(40))).toThrow(
    expect.objectContaining({ code: 'WINBIO_E_DATABASE_READ_ERROR' }),
  );
});
