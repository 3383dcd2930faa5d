/** The reference page of the commands, from the table that defines them. */

import type { CommandEntry } from '../../src/cli/command-entry.ts';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';

export function commandsPage(): string {
  const groups = [...Map.groupBy(COMMANDS, ({ group }) => group)];
  const sections = groups.map(([group, entries]) => {
    const title = `${group[0]?.toUpperCase()}${group.slice(1)}`;
    return `## ${title}\n\n${entries.map(section).join('\n')}`;
  });
  return `# Commands

Generated from \`src/cli/command-table.ts\`. Every command explains itself with \`--help\`. What a program reads goes to standard output, what a person is told
to standard error. Errors are a code, its cause and what to do about it ([codes.md](codes.md)).

With \`--json\` standard output holds JSON when a command fails too: an object with \`code\`, \`message\` and \`remedy\`.

| Exit code | |
|---|---|
${EXIT_CODES.map(([code, meaning]) => `| ${code} | ${meaning} |`).join('\n')}

Completion: \`source <(whorl completion bash)\`, or zsh, or fish.

${sections.join('\n')}`;
}

function section({ name, description, arguments: given, options, examples }: CommandEntry): string {
  const words = given.map(([argument]) => ` ${argument}`).join('');
  const rows = [...given, ...options].map(([what, meaning]) => `| \`${what.replaceAll('|', '\\|')}\` | ${meaning} |`);
  const table = rows.length === 0 ? '' : `\n| | |\n|---|---|\n${rows.join('\n')}\n`;
  return `### \`whorl ${name}${words}\`

${description[0]?.toUpperCase()}${description.slice(1)}.
${table}
\`\`\`sh
${examples.join('\n')}
\`\`\`
`;
}
