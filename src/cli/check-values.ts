/** Checks what a person typed for a command, by the rules of its entry in the table, before anything begins. */

import { checkArgument, type OptionRule } from '../core/option-rules.ts';
import type { CommandEntry } from './command-entry.ts';

/**
 * Throws E_INVALIDARG, which names the flag or argument, what was given and what it may be. `given` is what commander hands
 * to an action: the arguments in order, then the options.
 */
export function checkValues({ name, arguments: expected, options }: CommandEntry, given: readonly unknown[]): void {
  const door = `whorl ${name}`;
  for (const [i, [argument, , rule]] of expected.entries()) checkAll(door, argument, given[i], rule);
  const values = given[expected.length] as Readonly<Record<string, unknown>>;
  for (const [flags, , rule] of options) {
    const [flag = ''] = flags.split(' ');
    checkAll(door, flag, values[propertyOf(flag)], rule);
  }
}

/** A list holds several values of one argument. */
function checkAll(door: string, what: string, given: unknown, rule: OptionRule | undefined): void {
  if (rule === undefined) return;
  for (const value of [given].flat()) if (value !== undefined) checkArgument(door, what, value, rule);
}

/** The property that commander gives a flag: `--max-fmr` is `maxFmr`. */
function propertyOf(flag: string): string {
  return flag.replace(/^--/, '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
