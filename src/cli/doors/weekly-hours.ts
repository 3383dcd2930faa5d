/** Hours of a week as people type them: `1-5 08:00-18:00`, `6,7 10:00-14:00`, `1-7 22:00-06:00`. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { OptionRule } from '../../core/option-rules.ts';
import type { WeeklyHours } from '../../exports/whorl/index.ts';

const HOURS = /^([1-7](?:[-,][1-7])*) (\d\d:\d\d)-(\d\d:\d\d)$/;
const REMEDY = "hours such as '1-5 08:00-18:00': days from 1 (Monday) to 7, and times";

/** Hours, or several of them. */
export const hoursRule: OptionRule = (value) =>
  [value].flat().every((each) => HOURS.test(String(each))) ? undefined : REMEDY;

/** The hours of a text. Throws E_INVALIDARG. */
export function weeklyHours(text: string): WeeklyHours {
  const [, days = '', from = '', until = ''] = HOURS.exec(text) ?? [];
  if (days === '') throw new BiometricError('E_INVALIDARG', `${text}: give ${REMEDY}`);
  return { days: days.split(',').flatMap(daysOf), from, until };
}

function daysOf(part: string): readonly number[] {
  const [first = 1, last = first] = part.split('-').map(Number);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
