/** A registry inserts people, looks for them and deletes them, over HTTP. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { PRIVATE_DATABASE_ID, SYSTEM_DATABASE_ID } from '../../src/exports/whorl/index.ts';
import { synthesizeFinger, synthesizeImpression } from '../../src/fingerprint/index.ts';
import { encodeFingerImageRecord, fingerImageRecord } from '../../src/formats/index.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';
import { cbeff, fingersOf, request, type ShareServer, serveShares } from './registry.ts';

const TOKEN = 'a token of the registry';
const WORD = TOKEN.replaceAll(' ', '-');
const HANDS = [1, 2, 3, 7, 8];

let folder: ReturnType<typeof temporaryFolder>;
let shares: ShareServer;
let daemon: Daemon;
beforeAll(async () => {
  folder = temporaryFolder();
  shares = await serveShares();
  daemon = await startHere(folder.path, {
    databases: [
      { id: SYSTEM_DATABASE_ID, pool: 'system' },
      { id: PRIVATE_DATABASE_ID, pool: 'private' },
    ],
    http: { port: 0 },
    abis: { database: PRIVATE_DATABASE_ID.toLowerCase(), sources: [shares.url], http: { token: WORD } },
  });
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await shares[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});
beforeEach(() => {
  shares.asked.length = 0;
});

async function post(body: string, token = WORD): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return await fetch(`${daemon.url}/abis`, { method: 'POST', headers, body });
}

async function ask(operation: string, fields: Readonly<Record<string, unknown>> = {}) {
  return (await (await post(JSON.stringify(request(operation, fields)))).json()) as Record<string, unknown>;
}

/** Puts a share down; the fields of a request that names it. */
function shared(referenceId: string, content: string | number) {
  shares.shares.set(referenceId, content);
  return { referenceId, referenceURL: shares.url + referenceId };
}

async function insert(referenceId: string, content: string | number) {
  return await ask('insert', shared(referenceId, content));
}

const DONE = { returnValue: '1' };
const failed = (failureReason: string) => ({ returnValue: '2', failureReason });
const idsOf = (answer: Record<string, unknown>) =>
  (answer.candidateList as { candidates: { referenceId: string }[] }).candidates.map(({ referenceId }) => referenceId);

describe('people', () => {
  test('an answer repeats the request, and says when', async () => {
    expect(await ask('ping')).toEqual({
      id: 'mosip.abis.ping',
      requestId: '01234567-89ab-cdef-0123-456789abcdef',
      responsetime: expect.stringMatching(/^\d{4}-.*Z$/),
      returnValue: '1',
    });
    expect(await ask('pendingJobs')).toMatchObject({ ...DONE, jobscount: '0' });
  });

  test('are inserted once, found by other impressions, and gone when deleted', async () => {
    expect(await ask('referenceCount')).toMatchObject({ ...DONE, count: '0' });
    expect(await insert('Ann-1', cbeff(fingersOf(1, HANDS)))).toMatchObject(DONE);
    expect(await insert('Ann-1', cbeff(fingersOf(5, HANDS)))).toMatchObject(failed('10'));
    // Nobody is compared.
    expect(await insert('Ann-2', cbeff(fingersOf(1, HANDS, 2)))).toMatchObject(DONE);
    expect(await insert('Bob', cbeff(fingersOf(2, HANDS)))).toMatchObject(DONE);
    expect(await ask('referenceCount')).toMatchObject({ count: '3' });

    expect(await ask('identify', { referenceId: 'Ann-2', referenceURL: '' })).toMatchObject({
      ...DONE,
      candidateList: {
        count: '1',
        candidates: [
          {
            referenceId: 'Ann-1',
            analytics: { internalScore: expect.stringMatching(/^\d+$/) },
            modalities: [{ biometricType: 'FIR', analytics: { fingers: expect.stringContaining('right-index') } }],
          },
        ],
        analytics: { fingers: '5' },
      },
    });
    const bob = await ask('identify', { referenceId: 'Bob' });
    expect([bob, idsOf(bob)]).toMatchObject([{ candidateList: { count: '0' } }, []]);

    const newcomer = shared('somebody', cbeff(fingersOf(1, [2, 3], 3)));
    expect(idsOf(await ask('identify', newcomer)).sort()).toEqual(['Ann-1', 'Ann-2']);
    expect(idsOf(await ask('identify', { ...newcomer, flags: { maxResults: '1' } }))).toHaveLength(1);
    const gallery = { referenceIds: [{ referenceId: 'Ann-2' }, { referenceId: 'Bob' }] };
    expect(idsOf(await ask('identify', { ...newcomer, gallery }))).toEqual(['Ann-2']);

    expect(await ask('delete', { referenceId: 'Ann-2' })).toMatchObject(DONE);
    expect(await ask('delete', { referenceId: 'Ann-2' })).toMatchObject(failed('12'));
    expect(idsOf(await ask('identify', newcomer))).toEqual(['Ann-1']);
    expect(await ask('identify', { referenceId: 'Ann-2' })).toMatchObject(failed('12'));
  });

  test('are found in a burst by who was inserted before', async () => {
    const [one, two] = [
      shared('burst-1', cbeff(fingersOf(11, HANDS))),
      shared('burst-2', cbeff(fingersOf(11, [2, 7], 2))),
    ];
    const answers = await Promise.all([
      ask('insert', one),
      ask('insert', two),
      ask('identify', { referenceId: 'burst-2' }),
      ask('delete', { referenceId: 'burst-1' }),
      ask('identify', { referenceId: 'burst-2' }),
    ]);
    expect(answers.map(({ returnValue }) => returnValue)).toEqual(['1', '1', '1', '1', '1']);
    expect([idsOf(answers[2]!), idsOf(answers[4]!)]).toEqual([['burst-1'], []]);
  });

  test('who gives the hands the wrong way round is found, and the fingers say so', async () => {
    await insert('right', cbeff(fingersOf(21, [2, 3])));
    const turned = fingersOf(21, [2, 3], 2).map((each) => ({
      ...each,
      subtype: each.subtype!.replace('Right', 'Left'),
    }));
    const records = turned.map((each) => ({ ...each, bytes: Uint8Array.from(each.bytes) }));
    // The record of a finger says its position at byte 24. ISO/IEC 19794-2:2005 8.4.
    for (const { bytes } of records) bytes[24]! += 5;
    const answer = await ask('identify', shared('turned', cbeff(records)));
    expect(idsOf(answer)).toEqual(['right']);
    expect(JSON.stringify(answer)).toContain('left-index as right-index');
  });

  test('images of fingers are read, irises and faces are left out, a finger counts once', async () => {
    const image = (impression: number) =>
      encodeFingerImageRecord(
        fingerImageRecord(synthesizeImpression(synthesizeFinger(31), { seed: impression }), {
          format: 'iso-19794-4-2011',
          position: 2,
        }),
      );
    const eye = { type: 'Iris', subtype: 'Left', bytes: Uint8Array.of(1, 2, 3) };
    const face = { type: 'Face', bytes: Uint8Array.of(4, 5, 6) };
    const finger = { type: 'Finger', subtype: 'Right IndexFinger', bytes: image(1) };
    expect(await insert('image', cbeff([eye, finger, face, finger]))).toMatchObject(DONE);
    const other = shared('image-2', cbeff([{ type: 'Finger', subtype: 'UNKNOWN', bytes: image(2) }]));
    expect(idsOf(await ask('identify', other))).toEqual(['image']);
    expect(await insert('eyes', cbeff([eye, face]))).toMatchObject(failed('11'));
  });
});

describe('what is refused', () => {
  const whole = { referenceId: 'nobody', referenceURL: 'http://127.0.0.1:1/share/x' };
  test.each([
    ['5', 'insert', { ...whole, referenceId: undefined }],
    ['5', 'identify', {}],
    ['5', 'delete', { referenceId: '' }],
    ['6', 'ping', { requestId: undefined }],
    ['8', 'insert', { ...whole, referenceURL: '' }],
    ['9', 'ping', { requesttime: undefined }],
    ['12', 'identify', { referenceId: 'nobody', referenceURL: '' }],
    ['12', 'delete', { referenceId: 'nobody' }],
    ['13', 'ping', { version: '3' }],
    ['13', 'ping', { version: undefined }],
    ['14', 'merge', {}],
    ['15', 'ping', { requesttime: 'yesterday' }],
    ['15', 'ping', { requesttime: '2024-13-41T12:40:59.768Z' }],
    ['4', 'insert', { ...whole, referenceId: 7 }],
    ['4', 'identify', { ...whole, gallery: [] }],
    // Another host, a host that only begins like it, a way out of the folder, another protocol.
    ['7', 'insert', whole],
    ['7', 'insert', { ...whole, referenceURL: 'file:///etc/passwd' }],
  ])('%s: %s %j', async (code, operation, fields) => {
    expect(await ask(operation, fields)).toMatchObject(failed(code));
  });

  test('addresses beside the sources are never asked', async () => {
    const { origin, host } = new URL(shares.url);
    const beside = [
      `${origin}/other`,
      `${shares.url}../other`,
      `${shares.url}%2e%2e/other`,
      `http://${host}.example/share/x`,
    ];
    for (const referenceURL of [...beside, `http://x@${host}/share/x`]) {
      expect(await ask('insert', { referenceId: 'beside', referenceURL })).toMatchObject(failed('7'));
    }
    expect(shares.asked).toEqual([]);
    expect(await insert('moved', `${origin}/elsewhere`)).toMatchObject(failed('7'));
    expect(shares.asked).toEqual(['moved']);
    expect([await insert('absent', 404), await insert('over', 410)]).toMatchObject([failed('7'), failed('17')]);
  });

  test.each([
    ['16', 'no XML', 'RklSAD'],
    ['16', 'a part of it', cbeff(fingersOf(41, [2])).slice(0, -20)],
    ['16', 'another document', '<html></html>'],
    ['16', 'entities', `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${cbeff(fingersOf(41, [2]))}`],
    ['16', 'no base64', cbeff(fingersOf(41, [2])).replace('<BDB>', '<BDB>&b;')],
    ['16', 'too many records', cbeff(Array.from({ length: 31 }, () => fingersOf(41, [2])[0]!))],
    ['16', 'a record of nothing', cbeff([{ type: 'Finger', bytes: Uint8Array.of(255, 255, 255, 1, 2, 3) }])],
    ['16', 'too much', ' '.repeat((20 << 20) + 1)],
    ['11', 'no records', cbeff([])],
  ])('%s: %s', async (code, _what, content) => {
    expect(await insert('hostile', content)).toMatchObject(failed(code));
    expect(await ask('identify', { referenceId: 'hostile' })).toMatchObject(failed('12'));
  });

  test('nested ten thousand deep', async () => {
    expect(await insert('deep', '<BIR>'.repeat(10_000) + '</BIR>'.repeat(10_000))).toMatchObject({ returnValue: '2' });
    expect(await ask('ping')).toMatchObject(DONE);
  });

  test('no JSON, and who has no token', async () => {
    expect(await (await post('{')).json()).toMatchObject({ id: '', requestId: '', ...failed('4') });
    expect(await (await post('[]')).json()).toMatchObject({ returnValue: '2' });
    const refused = await post(JSON.stringify(request('ping')), `${WORD}.`);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await fetch(`${daemon.url}/abis`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await post(' '.repeat((1 << 20) + 1))).status).toBe(413);
  });
});

test('each insert and delete is in the audit, without the reference', () => {
  const lines = readFileSync(join(folder.path, 'audit.log'), 'utf8');
  expect(lines.match(/"action":"abis-insert"/g)?.length).toBeGreaterThan(3);
  expect(lines).toMatch(/"action":"abis-delete".*"owner":"[0-9A-F-]{36}"/);
  expect(lines).not.toMatch(/Ann-1|Bob/);
});

test.each([
  [{ database: SYSTEM_DATABASE_ID, sources: ['https://a/'] }, /abis\.database: .*private/],
  [{ database: PRIVATE_DATABASE_ID, sources: [] }, /abis\.sources: give beginnings/],
  [{ database: PRIVATE_DATABASE_ID, sources: ['https://a'] }, /abis\.sources.*with \/ at the end/],
  [{ database: PRIVATE_DATABASE_ID, sources: ['https://a/'], http: { token: WORD } }, /abis\.http: .*give `http`/],
  [{ database: PRIVATE_DATABASE_ID, sources: ['https://a/'], http: { token: 'short' } }, /abis\.http\.token: give 16/],
])('a configuration %j is refused', async (abis, words) => {
  using place = temporaryFolder();
  await expect(startHere(place.path, { abis })).rejects.toThrow(words);
});
