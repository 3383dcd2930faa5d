/**
 * Every command, group by group. The command line, its completion and the reference page are made from this table; a
 * command loads only what it uses.
 */

import { oneOf } from '../core/option-rules.ts';
import { command } from './command-entry.ts';
import { DATABASE_COMMANDS } from './commands/database.ts';
import { DOOR_COMMANDS } from './commands/doors.ts';
import { ENGINE_COMMANDS } from './commands/engine-and-records.ts';
import { FINGER_COMMANDS } from './commands/fingers.ts';
import { MATCHING_COMMANDS } from './commands/matching.ts';
import { PEOPLE_COMMANDS } from './commands/people.ts';
import { READER_COMMANDS } from './commands/readers.ts';
import { SERVICE_COMMANDS } from './commands/service.ts';
import { SETUP_COMMANDS } from './commands/setting-up.ts';
import { UPKEEP_COMMANDS } from './commands/upkeep.ts';
import type { CompletionOptions } from './setup/completion.ts';

/** Words of a command. */
export type CommandName = (typeof COMMANDS)[number]['name'];

/** Stands here because it completes the whole table. */
const COMPLETION = command({
  name: 'completion',
  group: 'setting up',
  description: 'print a script that completes commands and options',
  arguments: [['<shell>', 'bash, zsh, fish or powershell', oneOf('bash', 'zsh', 'fish', 'powershell')]],
  options: [['--readers', 'print the readers of the running service, one a line, as the scripts ask']],
  examples: ['source <(whorl completion bash)', 'whorl completion fish > ~/.config/fish/completions/whorl.fish'],
  run: async (shell: string, options: CompletionOptions): Promise<void> =>
    (await import('./setup/completion.ts')).completion(shell, COMMANDS, options),
});

export const COMMANDS = [
  ...SERVICE_COMMANDS,
  ...READER_COMMANDS,
  ...FINGER_COMMANDS,
  ...PEOPLE_COMMANDS,
  ...DOOR_COMMANDS,
  ...SETUP_COMMANDS,
  COMPLETION,
  ...UPKEEP_COMMANDS,
  ...DATABASE_COMMANDS,
  ...ENGINE_COMMANDS,
  ...MATCHING_COMMANDS,
];
