/** `whorl completion`: a shell script that completes commands, options and values, made from the table of commands. */

import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { OptionRule } from '../../core/option-rules.ts';
import { MINUTIAE_LAYOUTS } from '../../exports/fingerprint/formats.ts';
import { connect } from '../../exports/whorl/index.ts';
import type { CommandEntry } from '../command-entry.ts';

export interface CompletionOptions {
  /** Print the names of readers instead of a script. */
  readonly readers?: boolean;
}

const SHELLS: Readonly<Record<string, (commands: readonly CommandEntry[]) => string>> = {
  bash,
  zsh: (commands) => `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`,
  fish,
  powershell,
};

/** Flags whose value is a reader of the running service. */
const READER_FLAG = '--reader';
/** Flag whose value is a format of minutiae records; those of images follow from the name of the file. */
const FORMAT_FLAG = '--to';

/** Prints the script. Rejects with E_INVALIDARG for an unknown shell. */
export async function completion(
  shell: string,
  commands: readonly CommandEntry[],
  { readers = false }: CompletionOptions,
): Promise<void> {
  const script = SHELLS[shell];
  if (script === undefined) {
    throw new BiometricError('E_INVALIDARG', `completion: give one of ${Object.keys(SHELLS).join(', ')}`);
  }
  process.stdout.write(readers ? await readerLines() : script(commands));
}

/** One line for each; none without a service, since a shell that completes has nobody to tell. */
async function readerLines(): Promise<string> {
  try {
    await using service = await connect();
    return (await service.units()).map(({ name }) => `${name}\n`).join('');
  } catch (thrown) {
    if (isBiometricError(thrown)) return '';
    throw thrown;
  }
}

/** What may follow the words of a command. */
interface Following {
  /** Commands, options and values of arguments. */
  readonly words: Set<string>;
  /** Values of each option that takes one; none where they are not known, such as those of files. */
  readonly values: Map<string, readonly string[]>;
}

/** By the words typed so far; a command without words is `whorl` itself. */
function followings(commands: readonly CommandEntry[]): ReadonlyMap<string, Following> {
  const all = new Map<string, Following>();
  const at = (before: string): Following => {
    const known = all.get(before) ?? { words: new Set<string>(), values: new Map() };
    all.set(before, known);
    return known;
  };
  for (const { name, arguments: expected, options } of commands) {
    const words = name.split(' ');
    for (const [i, word] of words.entries()) at(words.slice(0, i).join(' ')).words.add(word);
    const { words: next, values } = at(name);
    for (const [, , rule] of expected) for (const value of rule.values ?? []) next.add(value);
    for (const [flags, , rule] of options) {
      next.add(flagOf(flags));
      if (takesValue(flags)) values.set(flagOf(flags), valuesOf(flags, rule));
    }
  }
  return all;
}

/** What an option may be, where that is known. */
function valuesOf(flags: string, rule: OptionRule | undefined): readonly string[] {
  return flagOf(flags) === FORMAT_FLAG ? Object.keys(MINUTIAE_LAYOUTS) : (rule?.values ?? []);
}

function flagOf(flags: string): string {
  return flags.split(/[ ,]/)[0] ?? flags;
}

function takesValue(flags: string): boolean {
  return flags.includes('<');
}

function bash(commands: readonly CommandEntry[]): string {
  const all = followings(commands);
  const names = [...all.keys()].filter((name) => name !== '').map((name) => `'${name}'`);
  const values = [...all].flatMap(([name, following]) =>
    [...following.values].map(([flag, known]) => `    '${name} ${flag}') ${valueWords(flag, known)} ;;`),
  );
  const words = [...all].map(([name, following]) => `    '${name}') words='${[...following.words].join('\n')}' ;;`);
  return `_whorl() {
  local IFS=$'\n' words='' before='' word
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${before:+$before }$word" in ${names.join('|')}) before="\${before:+$before }$word" ;; esac
  done
  case "$before $previous" in
${values.join('\n')}
    *) case "$before" in
${words.join('\n')}
    esac ;;
  esac
  for word in $(compgen -W "$words" -- "$current"); do COMPREPLY+=("\${word// /\\\\ }"); done
}
complete -o default -F _whorl whorl
`;
}

/** Sets \`words\` to the values of an option; to nothing for files, which the shell completes itself. */
function valueWords(flag: string, known: readonly string[]): string {
  return flag === READER_FLAG
    ? 'words="$(whorl completion bash --readers 2>/dev/null)"'
    : `words='${known.join('\n')}'`;
}

function fish(commands: readonly CommandEntry[]): string {
  const lines = commands.flatMap(({ name, description, arguments: expected, options }) => {
    const words = name.split(' ');
    const [first = ''] = words;
    const seen = `-n '__fish_seen_subcommand_from ${words.at(-1)}'`;
    const command =
      words.length === 1
        ? `complete -c whorl -f -n __fish_use_subcommand -a ${first} -d ${quoted(description)}`
        : `complete -c whorl -f -n '__fish_seen_subcommand_from ${first}' -a ${words.at(-1)} -d ${quoted(description)}`;
    const values = expected.flatMap(([, , rule]) => rule.values ?? []);
    const flags = options.map(([option, meaning, rule]) => {
      const flag = flagOf(option);
      return `complete -c whorl ${seen} -l ${flag.slice(2)}${fishValues(option, valuesOf(option, rule))} -d ${quoted(meaning)}`;
    });
    return [
      command,
      ...(values.length > 0 ? [`complete -c whorl -f ${seen} -a ${quoted(values.join(' '))}`] : []),
      ...flags,
    ];
  });
  return `${lines.join('\n')}\n`;
}

function fishValues(option: string, known: readonly string[]): string {
  if (flagOf(option) === READER_FLAG) return " -x -a '(whorl completion fish --readers 2>/dev/null)'";
  if (known.length > 0) return ` -x -a ${quoted(known.join(' '))}`;
  return takesValue(option) ? ' -r' : '';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

/** For PowerShell 5 and later. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter */
function powershell(commands: readonly CommandEntry[]): string {
  const all = [...followings(commands)];
  const list = (values: Iterable<string>) => `@(${[...values].map(literal).join(', ')})`;
  const words = all.map(([name, following]) => `    ${literal(name)} = ${list(following.words)}`);
  const values = all.flatMap(([name, following]) =>
    [...following.values].map(([flag, known]) => `    ${literal(`${name} ${flag}`)} = ${list(known)}`),
  );
  return `Register-ArgumentCompleter -Native -CommandName whorl -ScriptBlock {
  param($current, $ast, $position)
  $words = @{
${words.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $typed = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
  $before = ''
  foreach ($word in $typed) {
    $longer = "$before $word".Trim()
    if ($words.ContainsKey($longer)) { $before = $longer }
  }
  $option = "$before $($typed | Select-Object -Last 1)"
  $known = if (-not $values.ContainsKey($option)) { $words[$before] }
    elseif ($option.EndsWith(' ${READER_FLAG}')) { whorl completion powershell --readers 2>$null }
    else { $values[$option] }
  $begun = [WildcardPattern]::Escape($current.Trim("'", '"'))
  $known | Where-Object { $_ -like "$begun*" } | ForEach-Object {
    $text = if ($_ -match "[^\\w.:@/-]") { "'" + $_.Replace("'", "''") + "'" } else { $_ }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}
`;
}

/** A string of PowerShell, in which nothing is replaced. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
