/** The command line, built from the table of commands. */

import * as nodeModule from 'node:module';
import { type Argument, Command, InvalidArgumentError } from 'commander';
import { VERSION } from '../composition/compose/version.ts';
import { checkValues } from './check-values.ts';
import type { CommandEntry } from './command-entry.ts';
import { COMMANDS } from './command-table.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { reportFault } from './report-fault.ts';

// Caches compiled code, so that later starts are faster. Not every runtime has it.
(nodeModule as Partial<typeof nodeModule>).enableCompileCache?.();

const GROUPS: Readonly<Record<string, string>> = {
  service: 'the service of this machine, on Windows',
  windows: 'what Whorl does on a machine with Windows',
  keys: 'keys that seal the templates',
  audit: 'the audit log of changes and exported samples',
  config: 'the configuration of a service',
  people: 'the people that the service knows',
  journal: 'who was where, and what came of it',
  pool: 'databases of private pools',
  bench: 'measure the fingerprint engine on this machine',
};

/** Every command takes options, so that the list of commands does not say it; narrow columns wrap too. */
const HELP = {
  minWidthToWrap: 20,
  subcommandTerm: (command: Command): string => [command.name(), ...command.registeredArguments.map(termOf)].join(' '),
};

const program = new Command('whorl')
  .description('Fingerprint sessions, readers and templates in the model of the Windows Biometric Framework')
  .version(VERSION, '--version', 'print the version')
  .helpCommand(false)
  .configureHelp(HELP)
  .addHelpText(
    'after',
    `\nExit codes:\n${EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`).join('\n')}`,
  )
  // A fault is printed once, by `reportFault`.
  .configureOutput({ outputError: () => {} })
  .exitOverride();

for (const entry of COMMANDS) add(entry);

// A reader such as `head` has seen enough.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit();
  throw cause;
});

try {
  await program.parseAsync();
} catch (thrown) {
  process.exitCode = reportFault(thrown, process.argv.includes('--json'));
}

function add(entry: CommandEntry): void {
  const words = entry.name.split(' ');
  const [last = ''] = words.slice(-1);
  const parent = words.length === 1 ? program : parentOf(words[0] ?? '', entry);
  const made = parent.command(last).description(entry.description).configureHelp(HELP);
  if (words.length === 1) made.helpGroup(titleOf(entry));
  for (const [name, meaning] of entry.arguments) made.argument(name, meaning);
  for (const [flags, meaning] of entry.options) {
    const describe = meaning.startsWith('required: ') ? 'requiredOption' : 'option';
    if (flags.endsWith('<n>')) made[describe](flags, meaning, numberOf);
    else made[describe](flags, meaning);
  }
  if (entry.passesOn === true) made.allowUnknownOption().allowExcessArguments();
  const title = entry.examples.length === 1 ? 'Example' : 'Examples';
  made.addHelpText('after', `\n${title}:\n${entry.examples.map((example) => `  ${example}`).join('\n')}`);
  made.action(async (...given: unknown[]) => {
    // A flag that the command above has, too, was taken for that one's.
    if (words.length > 1) given.splice(-2, 1, made.optsWithGlobals());
    checkValues(entry, given);
    await (entry.run as (...given: unknown[]) => Promise<void>)(...given);
  });
}

function parentOf(word: string, entry: CommandEntry): Command {
  const known = program.commands.find((command) => command.name() === word);
  return (
    known ??
    program
      .command(word)
      .description(GROUPS[word] ?? '')
      .helpCommand(false)
      .configureHelp(HELP)
      .helpGroup(titleOf(entry))
  );
}

function titleOf({ group }: CommandEntry): string {
  return `${group[0]?.toUpperCase()}${group.slice(1)}:`;
}

function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('give a number');
  return number;
}

function termOf(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
}
