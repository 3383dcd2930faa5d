import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { dayBeginMs, invalidReason, isDay, isWithin, localDay, localMoment } from './person-validity.ts';

const ZONE = process.env.TZ;
process.env.TZ = 'Europe/Berlin';
afterAll(() => {
  if (ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = ZONE;
});

const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

describe('hours of a week', () => {
  test('hold from their first minute to the one before their last, over midnight too', () => {
    const span = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1439 }),
      until: fc.integer({ min: 0, max: 1440 }),
    });
    const moment = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), minute: fc.integer({ min: 0, max: 1439 }) });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 4 }), moment, (spans, { weekday, minute }) => {
        const hours = spans.map(({ days, from, until }) => ({ days, from: time(from), until: time(until) }));
        // Minutes of the week, one by one.
        const inWeek = new Set<number>();
        for (const { days, from, until } of spans) {
          const length = until > from ? until - from : 1440 - from + until;
          for (const day of days) {
            for (let i = 0; i < length; i++) inWeek.add(((day - 1) * 1440 + from + i) % (7 * 1440));
          }
        }
        expect(isWithin(hours, { weekday, minute })).toBe(inWeek.has((weekday - 1) * 1440 + minute));
      }),
      { numRuns: 50 },
    );
  });

  test('are those of the clock on the wall on days that are longer or shorter', () => {
    const at = (text: string) => localMoment(Date.parse(text));
    // 2026-10-25 has 02:30 twice, 2026-03-29 has it not at all.
    expect([at('2026-10-25T00:30Z').minute, at('2026-10-25T01:30Z').minute]).toEqual([150, 150]);
    expect([at('2026-03-29T00:59Z').minute, at('2026-03-29T01:00Z').minute]).toEqual([119, 180]);
    expect(dayBeginMs('2026-10-25', 1) - dayBeginMs('2026-10-25')).toBe(25 * 3_600_000);
    expect(dayBeginMs('2026-03-29', 1) - dayBeginMs('2026-03-29')).toBe(23 * 3_600_000);
    expect(at('2026-10-24T22:30Z')).toEqual({ day: '2026-10-25', weekday: 7, minute: 30 });
  });
});

describe('a person', () => {
  const moment = { day: '2026-11-27', weekday: 5, minute: 600 };
  const hours = [{ days: [1], from: '08:00', until: '18:00' }];

  test.each([
    [{}, undefined],
    [{ suspended: true, validity: { until: '2020-01-01' } }, 'suspended'],
    [{ validity: { from: '2026-11-28' } }, 'not-yet'],
    [{ validity: { from: '2026-11-27', until: '2026-11-27' } }, undefined],
    [{ validity: { until: '2026-11-26', hours } }, 'expired'],
    [{ validity: { hours } }, 'out-of-hours'],
    [{ validity: { places: ['Cellar'], hours } }, 'other-place'],
    [{ validity: { places: ['Entrance'] } }, undefined],
  ] as const)('%j is %s', (person, reason) => {
    expect(invalidReason(person, moment, 'Entrance')).toBe(reason);
  });

  test('bound to places does not count at a reader nobody said anything about', () => {
    expect(invalidReason({ validity: { places: ['Cellar'] } }, moment, '')).toBe('other-place');
    expect(invalidReason({ validity: { places: ['Cellar'] } }, moment)).toBeUndefined();
  });
});

test('days are those of the calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (atMs) => {
      const day = localDay(atMs);
      expect(isDay(day)).toBe(true);
      expect(dayBeginMs(day)).toBeLessThanOrEqual(atMs);
      expect(dayBeginMs(day, 1)).toBeGreaterThan(atMs);
    }),
  );
  for (const none of ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '']) expect(isDay(none)).toBe(false);
});
