/**
 * What the values of flags and arguments must be, checked before a command begins. Further rules:
 * `core/option-rules.ts`.
 */

import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isGuid } from '../core/guid.ts';
import { type OptionRule, wholeNumber } from '../core/option-rules.ts';
import { isSid } from '../core/sid.ts';

/** Longest time a timer can measure, seconds. */
const LONGEST_SECONDS = 2_147_483;
/** What a path may be asked for: to exist, to be read, to be written. */
const { F_OK, R_OK, W_OK } = constants;

export const freeText: OptionRule = () => undefined;
/** A file or folder that the command reads before anything else, and refuses itself. */
export const readAtOnce = freeText;
export const seconds: OptionRule = within(0, LONGEST_SECONDS, 'seconds');
export const pixelsPerInch: OptionRule = within(1, 25_400, 'pixels per inch');
export const uint32: OptionRule = wholeNumber(0, 0xffff_ffff);
export const positive: OptionRule = wholeNumber(1, 0xffff_ffff);

export const rate: OptionRule = (value) =>
  typeof value === 'number' && value > 0 && value <= 1 ? undefined : 'a rate, above 0 and at most 1';
export const port: OptionRule = (value) => {
  if (value === true) return undefined;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  return number <= 65_535 ? undefined : 'a port, 0 to 65535';
};
export const sid: OptionRule = (value) => (isSid(value) ? undefined : 'a SID such as S-1-22-1-1000');
export const guid: OptionRule = (value) => (isGuid(value) ? undefined : 'a GUID');
export const sidOrGuid: OptionRule = (value) => (isSid(value) || isGuid(value) ? undefined : 'a SID or a GUID');

export const inputFile: OptionRule = (value) =>
  isFile(String(value)) && allows(String(value), R_OK) ? undefined : 'a file that exists and can be read';
export const existing: OptionRule = (value) =>
  allows(String(value), R_OK) ? undefined : 'a file or folder that exists and can be read';
export const outputFile: OptionRule = (value) => {
  const path = String(value);
  if (isFolder(path)) return 'a file, not a folder';
  if (!isFolder(dirname(path))) return `a file in a folder that exists: ${dirname(path)} does not`;
  const target = allows(path, F_OK) ? path : dirname(path);
  return allows(target, W_OK) ? undefined : `a file that can be written: ${target} cannot`;
};

/** `CreateServiceW`: neither slash is allowed. A name that needs no quotes anywhere is asked for. */
export const serviceName: OptionRule = (value) =>
  /^[A-Za-z0-9_.-]{1,80}$/.test(String(value))
    ? undefined
    : 'a name of letters, digits, points, hyphens and underscores';

/** Several values with commas between, each as its rule says. */
export function commaList(rule: OptionRule, of: (text: string) => unknown = (text) => text): OptionRule {
  return (value) => {
    const wanted = String(value)
      .split(',')
      .map((each) => rule(of(each)))
      .find((each) => each !== undefined);
    return wanted === undefined ? undefined : `${wanted}; several with commas between`;
  };
}

export const folder: OptionRule = (value) => (isFolder(String(value)) ? undefined : 'a folder that exists');

/** A number in a range, both ends included. */
export function within(least: number, most: number, unit: string): OptionRule {
  return (value) =>
    typeof value === 'number' && value >= least && value <= most ? undefined : `${unit}, ${least} to ${most}`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function allows(path: string, what: number): boolean {
  try {
    accessSync(path, what);
    return true;
  } catch {
    return false;
  }
}
