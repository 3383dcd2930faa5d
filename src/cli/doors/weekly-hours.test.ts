import { expect, test } from 'vitest';
import { hoursRule, weeklyHours } from './weekly-hours.ts';

test.each([
  ['1-5 08:00-18:00', [1, 2, 3, 4, 5], '08:00', '18:00'],
  ['6,7 10:00-14:00', [6, 7], '10:00', '14:00'],
  ['1-7 22:00-06:00', [1, 2, 3, 4, 5, 6, 7], '22:00', '06:00'],
  ['3 00:00-24:00', [3], '00:00', '24:00'],
])('%s', (text, days, from, until) => {
  expect(hoursRule(text)).toBeUndefined();
  expect(weeklyHours(text)).toEqual({ days, from, until });
});

test.each(['mon 9-17', '8 08:00-18:00', '1-5', '', ['1-5 08:00-18:00', 'always']])('%j says what may be', (text) => {
  expect(hoursRule(text)).toContain('1-5 08:00-18:00');
});
