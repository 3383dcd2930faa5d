/** `whorl completion`: a shell script that completes commands and options, made from the table of commands. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { CommandEntry } from '../command-entry.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Prints the script. Rejects with E_INVALIDARG for an unknown shell. */
export async function completion(shell: string, commands: readonly CommandEntry[]): Promise<void> {
  if (shell === 'bash') process.stdout.write(bash(commands));
  else if (shell === 'zsh') process.stdout.write(`autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`);
  else if (shell === 'fish') process.stdout.write(fish(commands));
  else throw new BiometricError('E_INVALIDARG', `completion: give one of ${SHELLS.join(', ')}`);
}

/** The words that may follow, by the words before them. */
function nextWords(commands: readonly CommandEntry[]): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, Set<string>>();
  const add = (before: string, word: string) => next.set(before, (next.get(before) ?? new Set()).add(word));
  for (const { name, options } of commands) {
    const words = name.split(' ');
    for (const [i, word] of words.entries()) add(words.slice(0, i).join(' '), word);
    for (const [flags] of options) add(name, flagOf(flags));
  }
  return new Map([...next].map(([before, words]) => [before, [...words]]));
}

function flagOf(flags: string): string {
  return flags.split(/[ ,]/)[0] ?? flags;
}

function bash(commands: readonly CommandEntry[]): string {
  const cases = [...nextWords(commands)].map(([before, words]) => `    '${before}') words='${words.join(' ')}' ;;`);
  return `_whorl() {
  local words before=''
  local word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) before="\${before:+$before }$word" ;; esac
  done
  case "$before" in
${cases.join('\n')}
    *) words='' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _whorl whorl
`;
}

function fish(commands: readonly CommandEntry[]): string {
  const lines = commands.flatMap(({ name, description, options }) => {
    const words = name.split(' ');
    const [first = ''] = words;
    const command =
      words.length === 1
        ? `complete -c whorl -n __fish_use_subcommand -a ${first} -d ${quoted(description)}`
        : `complete -c whorl -n '__fish_seen_subcommand_from ${first}' -a ${words.at(-1)} -d ${quoted(description)}`;
    const flags = options.map(
      ([option, meaning]) =>
        `complete -c whorl -n '__fish_seen_subcommand_from ${words.at(-1)}' -l ${flagOf(option).slice(2)} -d ${quoted(meaning)}`,
    );
    return [command, ...flags];
  });
  return `complete -c whorl -f\n${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
