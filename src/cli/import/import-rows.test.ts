import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { taggedRecord } from '../../../test/support/stated-images.ts';
import type { TemplateRow } from '../../exports/whorl/index.ts';
import { decodeImage, encodePng } from '../../formats/index.ts';
import { csvRows } from './csv-rows.ts';
import { decodeText } from './decode-text.ts';
import { folderRows } from './folder-rows.ts';
import type { ImportSource } from './import-source.ts';
import { transactionRows } from './transaction-rows.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** What is read of each row: place, person, finger, and its bytes or what is wrong with them. */
async function read({ rows }: ImportSource): Promise<unknown[][]> {
  const found: unknown[][] = [];
  for await (const { place, row } of rows) {
    found.push([place, row.person, row.finger, await bytesOf(row.print)]);
  }
  return found;
}

async function bytesOf(print: TemplateRow['print']): Promise<number[] | string> {
  try {
    return [...(typeof print === 'function' ? await print() : print)];
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

const rowsOfCsv = async (content: string | Uint8Array, columns?: string) =>
  read(await csvRows(file('t.csv', content), columns));

describe('a table', () => {
  const expected = [['line 2', 'Zoë "Z" Quinn', '2', [1, 2, 3]]];
  const table = (separator: string) =>
    ['finger', 'note', 'person', 'template'].join(separator) +
    `\r\n${['2', '"one\nnote"'.replace('\n', ' '), '"Zoë ""Z"" Quinn"', 'AQID'].join(separator)}\r\n`;

  test.each([',', ';', '\t'])('separated by %j', async (separator) => {
    expect(await rowsOfCsv(table(separator))).toEqual(expected);
    expect(await rowsOfCsv(`\ufeff${table(separator)}`)).toEqual(expected);
  });

  test('in UTF-16, with and without its mark', async () => {
    const little = Buffer.from(table(','), 'utf16le');
    expect(await rowsOfCsv(little)).toEqual(expected);
    expect(await rowsOfCsv(Buffer.concat([Buffer.of(0xff, 0xfe), little]))).toEqual(expected);
    expect(await rowsOfCsv(Buffer.from(little).swap16())).toEqual(expected);
  });

  test('with other names of columns', async () => {
    const columns = 'person=UserID, template=FP Data';
    expect(await rowsOfCsv('userid;FP Data\n7;0x010203\n', columns)).toEqual([['line 2', '7', undefined, [1, 2, 3]]]);
    await expect(rowsOfCsv('a,b\n', 'who=UserID')).rejects.toThrow(/--columns: 'who=UserID'; give person=/);
  });

  test.each([
    ['without a header', `a,2,${'QUJD'.repeat(20)}\n`, /names no column person: it has a, 2, \(long text\); --columns/],
    ['without prints', 'person,finger\n', /no column template or image/],
    ['without anything', '', /is empty/],
    ['with a quote that stays open', 'person,template\n"a,AQID\nb,AQID\n', /a quote is not closed/],
  ])('%s', async (_what, content, words) => {
    await expect(rowsOfCsv(content)).rejects.toThrow(words);
  });

  test('a line without end is refused before it fills the memory', async () => {
    const content = `person,template\nx,${'A'.repeat(33 << 20)}\n`;
    await expect(rowsOfCsv(content)).rejects.toMatchObject({ code: 'WHORL_E_LIMIT_EXCEEDED' });
  });

  test('a path leads to files below the folder alone', async () => {
    file('prints/1.png', Uint8Array.of(1, 2));
    file('prints/secret/../../outside.png', Uint8Array.of(9));
    symlinkSync(join(folder, 'outside.png'), join(folder, 'prints/link.png'));
    const paths = ['1.png', './1.png', '../outside.png', '../../../etc/passwd.x', 'link.png', 'missing.png'];
    const table = file('prints/t.csv', `person,image\n${paths.map((path) => `p,${path}`).join('\n')}\n`);
    const found = (await read(await csvRows(table, undefined))).map(([, , , bytes]) => bytes);
    expect(found.slice(0, 2)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    for (const words of found.slice(2, 5)) expect(words).toMatch(/is outside .*only files below it are read/);
    expect(found[5]).toBe('missing.png does not exist');
  });
});

test.each([
  ['AQID', [1, 2, 3]],
  ['-_-_', [0xfb, 0xff, 0xbf]],
  ['AQ==', [1]],
  ['AQ', [1]],
  [' 46 4d\n52 ', [0x46, 0x4d, 0x52]],
  ['\\x0aFF', [0x0a, 0xff]],
  ['data:application/octet-stream;base64,AQID', [1, 2, 3]],
])('the text %j', (text, bytes) => {
  expect([...decodeText(text)]).toEqual(bytes);
});

test.each(['', 'A', 'AQI!', 'AQ=ID', 'ü'])('the text %j is refused', (text) => {
  expect(() => decodeText(text)).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
});

describe('a folder', () => {
  test('names say who and which finger', async () => {
    for (const name of [
      'a_b_right_index.png',
      'c/LeftThumb.fmr',
      'c/deep/2.wsq',
      'd_7.png',
      'e.png',
      '.hidden_1.png',
    ]) {
      file(`named/${name}`, Uint8Array.of(1));
    }
    const fits = (text: unknown) => (typeof text === 'string' ? 'refused' : 'read');
    const found = async (pattern?: string) =>
      (await read(await folderRows(join(folder, 'named'), pattern))).map(([place, person, finger, bytes]) => [
        place,
        person,
        finger,
        fits(bytes),
      ]);
    expect(await found()).toEqual([
      ['a_b_right_index.png', 'a_b', 'right_index', 'read'],
      ['c/LeftThumb.fmr', 'c', 'LeftThumb', 'read'],
      ['c/deep/2.wsq', '', undefined, 'refused'],
      ['d_7.png', 'd', '7', 'read'],
      ['e.png', '', undefined, 'refused'],
    ]);
    expect((await found('{person}/deep/{finger}.wsq'))[2]).toEqual(['c/deep/2.wsq', 'c', '2', 'read']);
    expect((await found('{person}.png'))[4]).toEqual(['e.png', 'e', undefined, 'read']);
  });

  test('what is no folder, and what is no pattern', async () => {
    await expect(folderRows(file('x.png', 'x'), undefined)).rejects.toThrow(/is a file; --from folder takes a folder/);
    await expect(folderRows(folder, '{finger}.png')).rejects.toThrow(/give one \{person\} and one \{finger\}/);
  });
});

test('a transaction: an image each, whose is in a field or in the name of the file', async () => {
  const image = sampleImage(30, 24);
  const type14 = (idc: number, position: number) => {
    const size = ['006:30', '007:24', '008:1', '009:500', '010:500', '011:NONE', '012:8'];
    return taggedRecord(14, [`002:0${idc}`, '003:1', ...size, `013:${position}`], image.pixels);
  };
  const head = ['002:0500', '003:1\x1f3\x1e2\x1f00\x1e14\x1f01\x1e14\x1f02', '004:TEST', '011:19.69', '012:00.00'];
  const card = Buffer.concat([
    taggedRecord(1, head),
    taggedRecord(2, ['002:00', '030:K-17']),
    type14(1, 7),
    type14(2, 13),
  ]);
  file('cards/4711.an2', card);
  file('cards/broken.an2', 'no transaction');
  const named = await read(await transactionRows(join(folder, 'cards'), undefined));
  const [place, person, finger, bytes] = named[0]!;
  expect([place, person, finger]).toEqual(['4711.an2, image 1', '4711', 7]);
  expect(decodeImage(Uint8Array.from(bytes as number[]))).toEqual(decodeImage(encodePng(image)));
  expect(named.slice(1)).toEqual([
    ['4711.an2, image 2', '4711', 13, expect.stringMatching(/whorl segment cuts them apart/)],
    ['broken.an2', '', undefined, expect.stringMatching(/ANSI\/NIST|transaction/)],
  ]);
  const byField = await read(await transactionRows(join(folder, 'cards/4711.an2'), '2.030'));
  expect(byField[0]?.[1]).toBe('K-17');
  await expect(transactionRows(folder, 'name')).rejects.toThrow(/--person-from: 'name'; give a field/);
});
