/** What a command is: its words, what it takes, and what runs it. */

/** Flags as people write them, and their meaning. A value named `<n>` is a number. */
export type CommandOption = readonly [flags: string, meaning: string];

export interface CommandEntry {
  /** Its words: `keys rotate`. */
  readonly name: string;
  readonly group: CommandGroup;
  readonly description: string;
  /** `<needed>`, `[optional]`, `<several...>`, each with its meaning. */
  readonly arguments: readonly (readonly [name: string, meaning: string])[];
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  /** Options are handed on to whatever it starts. */
  readonly passesOn?: boolean;
  readonly run: (...given: readonly never[]) => Promise<void>;
}

export type CommandGroup = 'service' | 'fingers' | 'setting up' | 'upkeep' | 'engine and records';
