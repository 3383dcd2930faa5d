/** A command line of Windows: one text, which each program takes apart itself. */

/**
 * Program and arguments, quoted as the C runtime and `CommandLineToArgvW` take them apart: backslashes count only before a
 * quotation mark. The program is always quoted: of a path with spaces and without marks, Windows tries each beginning.
 * https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
export function commandLineOf(program: string, args: readonly string[]): string {
  return [`"${program}"`, ...args.map(quoted)].join(' ');
}

function quoted(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  const escaped = argument.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&');
  return `"${escaped}"`;
}
