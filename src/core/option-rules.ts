/**
 * Options of public calls, checked once at the door: unknown names are refused with the nearest known one, and values
 * with what they are and what they may be. A door's table names every option of its type, or does not compile.
 */

import { BiometricError } from './biometric-error.ts';
import { isGuid } from './guid.ts';
import { isIdentity } from './identity.ts';
import { nearest } from './nearest.ts';
import { FINGERS, isSelectableSubFactor } from './sub-factor.ts';

/** What a value must be, in words, unless it is that. */
export interface OptionRule {
  (value: unknown): string | undefined;
  /** All it may be, where that is a short list. */
  readonly values?: readonly string[];
}

/** A rule for each option, whichever member of a union has it. */
export type OptionTable<T> = { readonly [K in T extends unknown ? keyof T : never]-?: OptionRule };

/** Longest time a timer can measure, milliseconds. */
const LONGEST_MS = 2_147_483_647;

/**
 * Throws E_INVALIDARG unless `given` is an object with options of the table only, each of them as its rule says. `door` is
 * the call, as people write it.
 */
export function checkOptions<T>(door: string, given: T, table: OptionTable<T>): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof AbortSignal) {
    throw refusal(door, `options are an object such as { ${Object.keys(table)[0]}: ... }, not ${wordsFor(given)}`);
  }
  for (const [name, value] of Object.entries(given)) {
    const rule = (table as Readonly<Record<string, OptionRule>>)[name];
    if (rule === undefined) throw refusal(door, `there is no option ${name}; ${suggestion(name, Object.keys(table))}`);
    const wanted = value === undefined ? undefined : rule(value);
    if (wanted !== undefined) throw refusal(door, `${name} is ${wordsFor(value)}; give ${wanted}`);
  }
}

/** Throws E_INVALIDARG unless an argument is as its rule says. */
export function checkArgument(door: string, name: string, value: unknown, rule: OptionRule): void {
  const wanted = rule(value);
  if (wanted !== undefined) throw refusal(door, `${name} is ${wordsFor(value)}; give ${wanted}`);
}

function refusal(door: string, text: string): BiometricError {
  return new BiometricError('E_INVALIDARG', `${door}: ${text}`);
}

function suggestion(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
}

/** A value as an error may show it: short, and never bytes. */
function wordsFor(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? 'a long text' : `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  const name = value.constructor?.name ?? 'Object';
  return name === 'Object' ? 'an object' : `an object of the class ${name}`;
}

/** An object whose fields are checked elsewhere. */
export const record: OptionRule = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'an object';
export const flag: OptionRule = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
export const text: OptionRule = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a text');
export const databaseGuid: OptionRule = (value) => (isGuid(value) ? undefined : 'the GUID of a database');
export const url: OptionRule = (value) => (value instanceof URL ? undefined : 'a URL');
export const callback: OptionRule = (value) => (typeof value === 'function' ? undefined : 'a function');
export const signal: OptionRule = (value) => {
  if (value instanceof AbortSignal) return undefined;
  return value instanceof AbortController ? "the controller's signal: controller.signal" : 'an AbortSignal';
};
export const milliseconds: OptionRule = (value) =>
  typeof value === 'number' && value >= 0 && value <= LONGEST_MS ? undefined : `milliseconds, 0 to ${LONGEST_MS}`;
export const finger: OptionRule = (value) => {
  if (typeof value === 'string' && Object.hasOwn(FINGERS, value)) return undefined;
  if (isSelectableSubFactor(value)) return undefined;
  const meant = typeof value === 'string' ? nearest(value, Object.keys(FINGERS)) : undefined;
  return meant ?? `a finger: ${Object.keys(FINGERS).join(', ')}, or a sub-factor`;
};
export const owner: OptionRule = (value) =>
  isIdentity(value) && (value.type === 'sid' || value.type === 'guid')
    ? undefined
    : "whose: { type: 'sid', sid } in the system pool, { type: 'guid', guid } in a private pool";

export const anyIdentity: OptionRule = (value) =>
  isIdentity(value)
    ? undefined
    : "whose: { type: 'sid', sid }, { type: 'guid', guid }, or WILDCARD_IDENTITY for everyone";

/** A whole number in a range. */
export function wholeNumber(least: number, most: number): OptionRule {
  return (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `a whole number, ${least} to ${most}`;
}

/** One of these texts. */
export function oneOf(...known: readonly string[]): OptionRule {
  const rule = (value: unknown) => {
    if (typeof value === 'string' && known.includes(value)) return undefined;
    const meant = typeof value === 'string' ? nearest(value, known) : undefined;
    return meant === undefined ? known.map((each) => `'${each}'`).join(' or ') : `'${meant}'`;
  };
  return Object.assign(rule, { values: known });
}

/** A list whose items all follow a rule. */
export function listOf(rule: OptionRule): OptionRule {
  return (value) => {
    if (!Array.isArray(value)) return 'a list';
    const wanted = value.map(rule).find((each) => each !== undefined);
    return wanted === undefined ? undefined : `a list of which each is ${wanted}`;
  };
}

/** A list of at least one item, as {@link listOf}. */
export function someOf(rule: OptionRule): OptionRule {
  return (value) => (Array.isArray(value) && value.length === 0 ? 'a list of at least one' : listOf(rule)(value));
}

/** Either of two rules. */
export function either(one: OptionRule, other: OptionRule): OptionRule {
  const rule = (value: unknown) => {
    const [first, second] = [one(value), other(value)];
    return first === undefined || second === undefined ? undefined : `${first}, or ${second}`;
  };
  return Object.assign(rule, { values: [...(one.values ?? []), ...(other.values ?? [])] });
}

/** A unit's number, as enumerations give it. */
export const unitNumber: OptionRule = wholeNumber(1, 0xffff_ffff);
