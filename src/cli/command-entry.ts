/** What a command is: its words, what it takes, and what runs it. */

import type { OptionRule } from '../core/option-rules.ts';

/**
 * Flags as typed, their meaning, and what their value must be. A value named `<n>` is a number; the prefix `required: ` makes
 * it mandatory.
 */
export type CommandOption = readonly [flags: string, meaning: string, rule?: OptionRule];

export interface CommandEntry {
  /** Its words, such as `keys rotate`. */
  readonly name: string;
  readonly group: CommandGroup;
  readonly description: string;
  /** `<needed>`, `[optional]`, `<several...>`, each with its meaning. */
  readonly arguments: readonly (readonly [name: string, meaning: string, rule: OptionRule])[];
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  /** Passes unknown options on to the program that it starts. */
  readonly passesOn?: boolean;
  readonly run: (...given: readonly never[]) => Promise<void>;
}

export type CommandGroup = 'service' | 'fingers' | 'people and places' | 'setting up' | 'upkeep' | 'engine and records';

/** An entry as it is written: `arguments` may be left out, and `run` has the parameters of its command. */
type Written<A extends readonly unknown[]> = Omit<CommandEntry, 'run' | 'arguments'> &
  Partial<Pick<CommandEntry, 'arguments'>> & { readonly run: (...given: A) => Promise<unknown> };

/** Makes an entry of the table; its name stays a literal type. */
export function command<const Name extends string, A extends readonly unknown[]>(
  entry: Written<A> & { readonly name: Name },
): CommandEntry & { readonly name: Name } {
  return { arguments: [], ...entry } as unknown as CommandEntry & { readonly name: Name };
}
