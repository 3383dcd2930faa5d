/** People, places and the journal, as a client sees them: one embedded service with a state directory. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import { connect, type Person, type WhorlService } from '../../src/exports/whorl/index.ts';
import { temporaryFolder } from '../daemon/start.ts';

const folder = temporaryFolder();
let service: WhorlService;

beforeAll(async () => {
  service = await connect({
    embedded: {
      state: { directory: folder.path },
      readers: [{ kind: 'virtual', name: 'front', earlyTouch: 'kept' }],
      policy: { attempts: { perReader: 3, lockSeconds: 1 }, journal: { pictures: 'refused' } },
    },
  });
});

afterAll(async () => {
  await service.close();
  await service.close();
  folder[Symbol.dispose]();
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'none',
    (thrown: unknown) => (isBiometricError(thrown) ? `${thrown.code}: ${thrown.message}` : String(thrown)),
  );
}

describe('people', () => {
  let ada: Person;

  test('are created, found by parts of words without accents, changed and listed by pages', async () => {
    ada = await service.people.create({ name: 'Áda Łovelace', number: '4711', groups: ['Staff', 'Night'] });
    expect(ada).toMatchObject({ revision: 1, fingers: [], hasPicture: false, groups: ['Night', 'Staff'] });
    for (const name of ['Grace Hopper', 'Émilie du Châtelet', 'Σωκράτης', 'Ἀσπασία'])
      await service.people.create({ name });
    expect((await service.people.list({ text: 'lov ad' })).items.map(({ name }) => name)).toEqual(['Áda Łovelace']);
    expect((await service.people.list({ text: 'CHATEL' })).total).toBe(1);
    expect((await service.people.list({ text: 'σωκρατησ' })).total).toBe(1);
    expect((await service.people.list({ text: '471' })).total).toBe(1);
    const first = await service.people.list({ limit: 3 });
    expect(first).toMatchObject({ total: 5 });
    const second = await service.people.list({ limit: 3, ...(first.next && { cursor: first.next }) });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      'Áda Łovelace',
      'Émilie du Châtelet',
      'Grace Hopper',
      'Ἀσπασία',
      'Σωκράτης',
    ]);
    expect(second.next).toBeUndefined();
    expect(await codeOf(service.people.list({ cursor: first.next ?? '', text: 'x' }))).toMatch(/^E_INVALIDARG: cursor/);
    const changed = await service.people.change(ada.identity, { ...ada, name: 'Ada King' }, 1);
    expect(changed.revision).toBe(2);
    expect(await codeOf(service.people.change(ada.identity, ada, 1))).toMatch(/^WHORL_E_PERSON_CHANGED/);
    expect(await codeOf(service.people.create({ name: 'Other', number: '4711' }))).toMatch(/^WHORL_E_PERSON_EXISTS/);
    expect(await service.people.groups()).toEqual([
      { name: 'Night', people: 1 },
      { name: 'Staff', people: 1 },
    ]);
  });

  test('what is no person is refused with the field and what may be', async () => {
    const create = (details: object) => codeOf(service.people.create(details as never));
    expect(await create({ name: '' })).toBe('E_INVALIDARG: people: details.name: give 1 to 200 characters on one line');
    expect(await create({ name: 'A', colour: 1 })).toMatch(/details.colour: there is no such field/);
    expect(await create({ name: 'A', validity: { from: '2026-02-30' } })).toMatch(/details.validity.from: give a day/);
    expect(await create({ name: 'A', validity: { hours: [{ days: [8], from: '08:00', until: '9' }] } })).toMatch(
      /days/,
    );
    expect(await create({ name: 'A\u202e' })).toMatch(/on one line/);
    expect(await codeOf(service.people.get({ type: 'guid', guid: 'x' } as never))).toMatch(/E_INVALIDARG.*GUID/);
    expect(await codeOf(service.people.get({ type: 'sid', sid: 'S-1-22-1-99' }))).toMatch(/WHORL_E_NO_SUCH_PERSON/);
  });

  test('have pictures', async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
    await service.people.setPicture(ada.identity, png);
    expect(await service.people.picture(ada.identity)).toEqual(png);
    expect((await service.people.get(ada.identity)).hasPicture).toBe(true);
    await service.people.setPicture(ada.identity, undefined);
    expect(await service.people.picture(ada.identity)).toBeUndefined();
    expect(await codeOf(service.people.setPicture(ada.identity, new Uint8Array(9)))).toMatch(/JPEG or PNG/);
  });

  test('are imported and exported as a table', async () => {
    const csv =
      'name,number,groups,valid from,hours\r\nAnna,1,Staff; Day,2026-01-01,1-5 08:00-18:00\r\n,2,,,\r\nBob,1,,,\r\n';
    const preview = await service.people.import(csv, { preview: true });
    expect(preview.map(({ kind, column }) => [kind, column])).toEqual([
      ['create', undefined],
      ['rejected', 'name'],
      ['rejected', 'number'],
    ]);
    const before = (await service.people.list()).total;
    expect((await service.people.import(csv)).map(({ kind }) => kind)).toEqual(['create', 'rejected', 'rejected']);
    expect((await service.people.import(csv)).map(({ kind }) => kind)).toEqual(['same', 'rejected', 'rejected']);
    expect((await service.people.list()).total).toBe(before + 1);
    await service.people.create({ name: '=HYPERLINK("x")', number: '+49' });
    // A table that takes several messages.
    const large = `name,number\n${Array.from({ length: 12_000 }, (_, i) => `Bulk person ${i} of many,B${i}`).join('\n')}\n`;
    expect(large.length).toBeGreaterThan(300_000);
    const rows = await service.people.import(large, { preview: true });
    expect([rows.length, rows.at(-1)]).toEqual([
      12_000,
      { row: 12_000, kind: 'create', name: 'Bulk person 11999 of many' },
    ]);
    let text = '';
    for await (const piece of service.people.export()) text += piece;
    expect(text).toContain(`"'=HYPERLINK(""x"")",'+49`);
    expect(text).toContain('1-5 08:00-18:00');
    expect(new Set((await service.people.import(text)).map(({ kind }) => kind))).toEqual(new Set(['same']));
  });

  test('merge into one, and go with all that hangs on them', async () => {
    const other = await service.people.create({ name: 'A. Lovelace', groups: ['Guests'] });
    await service.people.merge({ from: other.identity, into: ada.identity });
    expect((await service.people.get(ada.identity)).groups).toContain('Guests');
    expect(await codeOf(service.people.get(other.identity))).toMatch(/WHORL_E_NO_SUCH_PERSON/);
    const { items } = await service.journal.list({ identity: ada.identity });
    expect(items.map(({ kind }) => kind)).toContain('created');
    expect(items.filter(({ kind }) => kind === 'created')).toHaveLength(2);
    await service.people.delete(ada.identity);
    expect((await service.journal.list({ identity: ada.identity })).items).toEqual([]);
    expect(await service.journal.verify()).toMatchObject({ lines: expect.any(Number) });
    expect((await service.journal.verify()).broken).toBeUndefined();
    expect((await service.journal.verify()).forgotten).toBeGreaterThan(3);
  });
});

describe('places', () => {
  test('names and places of readers are kept, and every unit says them', async () => {
    const place = await service.places.change('front', { title: 'Front door', place: 'Main entrance', use: 'clock' });
    expect(place).toMatchObject({ reader: 'front', title: 'Front door', attached: true, unitId: 1 });
    expect((await service.units())[0]).toMatchObject({ title: 'Front door', place: 'Main entrance' });
    expect(await codeOf(service.places.change('back', { title: 'x' }))).toMatch(/WINBIO_E_INVALID_UNIT.*front/);
    expect(await codeOf(service.places.forget('front'))).toMatch(/plugged in/);
  });
});

describe('the journal', () => {
  test('says who was recognised, refused and locked, and where', async () => {
    const { sid } = await service.administration.whoAmI();
    const identity = { type: 'sid', sid } as const;
    await service.people.create({ name: 'Owner', identity });
    await using session = await service.openSession();
    const reader = service.virtualReader('front');
    await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
    for (let impression = 0, done = false; !done; impression++) {
      const [, step] = await Promise.all([
        reader.touch({ person: 1, finger: 'right-index', impression }),
        enrollment.capture(),
      ]);
      done = step.kind === 'sufficient';
    }
    await enrollment.commit();
    const touch = async (person: number) => {
      const [, outcome] = await Promise.all([
        reader.touch({ person, finger: 'right-index', impression: 9 }),
        session.identify(),
      ]);
      return outcome;
    };
    const { number: after } = (await service.journal.list({ limit: 1 })).items[0] ?? { number: 0 };
    const found = await touch(1);
    expect(found).toMatchObject({ kind: 'identified', person: { name: 'Owner' } });
    const person = await service.people.get(identity);
    expect(person.fingers).toHaveLength(1);
    expect((await service.people.list({ enrolled: true })).total).toBe(1);
    await service.people.change(identity, { ...person, validity: { places: ['Elsewhere'] } });
    expect(await touch(1)).toMatchObject({ kind: 'not-valid', reason: 'other-place', person: { name: 'Owner' } });
    for (let i = 0; i < 3; i++) await touch(2);
    const lines = await service.journal.list({ ascending: true, fromMs: 0 });
    const news = lines.items.filter(({ number }) => number > after);
    expect(news.map(({ kind }) => kind)).toEqual([
      ...['recognised', 'changed', 'not-valid', 'unknown', 'unknown', 'unknown', 'locked'],
    ]);
    expect(news[0]).toMatchObject({ person: { name: 'Owner' }, title: 'Front door', place: 'Main entrance', sid });
    expect((await service.journal.list({ place: 'Main entrance', kinds: ['locked'] })).items).toHaveLength(1);
    // Policy keeps pictures of those who were refused.
    expect(news.map(({ hasPicture = false }) => hasPicture)).toEqual([false, false, true, true, true, true, false]);
    const png = await service.journal.picture(news[3]?.number ?? 0);
    expect([...(png ?? [])].slice(0, 4)).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(await service.journal.picture(news[0]?.number ?? 0)).toBeUndefined();
    expect((await service.journal.list({ reader: 'other' })).total).toBe(0);
    for await (const line of service.journal.follow({ after, query: { kinds: ['not-valid'] } })) {
      expect(line).toMatchObject({ kind: 'not-valid', reason: 'other-place' });
      break;
    }
    const [day] = (await service.journal.counts({ reader: 'front' }, 'day')).slice(-1);
    expect(day?.counts.unknown).toBe(3);
    let table = '';
    for await (const piece of service.journal.export({}, { format: 'csv' })) table += piece;
    expect(table.split('\r\n')[0]).toContain('number,day,time');
  });

  test('tells attendance, with times that were entered by hand and taken back', async () => {
    const { sid } = await service.administration.whoAmI();
    const identity = { type: 'sid', sid } as const;
    const today = new Date();
    const day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-${String(today.getDate()).padStart(2, '0')}`;
    const of = async () => (await service.journal.attendance({ from: day, until: day })).items;
    expect(await of()).toMatchObject([{ person: { name: 'Owner' }, touches: 1, open: true, minutes: 0 }]);
    const atMs = new Date(today.getFullYear(), today.getMonth(), today.getDate(), 0, 0).getTime();
    const line = await service.journal.correct({ identity, atMs, reason: 'forgot to touch' });
    expect(line).toMatchObject({ kind: 'corrected', reason: 'forgot to touch', correctedMs: atMs });
    expect(await of()).toMatchObject([{ firstInMs: atMs, touches: 2, open: false, corrections: [line.number] }]);
    await service.journal.correct({ identity, atMs, reason: 'wrong day', withdraws: line.number });
    expect(await of()).toMatchObject([{ touches: 1 }]);
    expect(await codeOf(service.journal.correct({ identity, atMs, reason: 'x', withdraws: 1 }))).toMatch(/withdraws/);
  });
});

describe('what is no question', () => {
  const hostile: readonly unknown[] = [
    ...[undefined, null, 1, '', [], {}, { kind: 'x' }, { kind: 'list' }, { kind: '__proto__' }, { kind: ['list'] }],
    { kind: 'list', query: { limit: 0 } },
    { kind: 'list', query: { limit: 1e9 } },
    { kind: 'list', query: { cursor: 'W10=' } },
    { kind: 'list', query: { cursor: Buffer.from('[{}]').toString('base64url') } },
    { kind: 'list', query: { fromMs: Number.NaN } },
    { kind: 'list', query: { fromMs: Number.POSITIVE_INFINITY } },
    { kind: 'list', query: { text: 'x'.repeat(10_000) } },
    { kind: 'list', query: { kinds: ['DROP TABLE'] } },
    { kind: 'get', identity: { type: 'wildcard' } },
    { kind: 'get', identity: { type: 'sid', sid: "S-1-1' OR 1=1" } },
    { kind: 'change-all', identities: [], change: { kind: 'suspend' } },
    { kind: 'begin-import', csv: '', preview: false },
    { kind: 'begin-import', csv: 'surname\nx', preview: false },
    { kind: 'import-part', id: 'none' },
    { kind: 'attendance', query: { from: '2026-01-01', until: '2036-01-01' } },
    { kind: 'attendance', query: { from: '2026-02-30', until: '2026-03-01' } },
    { kind: 'picture', number: -1 },
    { kind: 'change', reader: 'front', change: { use: 'weapon' } },
    { kind: 'change', reader: 'front', change: { title: 'a\u0000b' } },
  ];

  test('is refused with a code that says what may be, and the service goes on', async () => {
    for (const extension of ['people', 'places', 'journal']) {
      for (const body of hostile) {
        const code = await codeOf(service.channel.ask(extension, body));
        expect(
          code.startsWith('E_INVALIDARG: ') || code === 'none',
          `${extension} ${JSON.stringify(body)}: ${code}`,
        ).toBe(true);
        // Only places are listed without a query.
        if (code === 'none') expect([extension, JSON.stringify(body)]).toEqual(['places', '{"kind":"list"}']);
      }
    }
    expect((await service.people.list()).total).toBeGreaterThan(0);
  });
});
