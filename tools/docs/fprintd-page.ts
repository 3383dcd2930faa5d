/** `docs/fprintd-checklist.md`: fprintd's own tests, and what stands for each here. */

import { CHECKLIST, type ChecklistRow, TWICE } from '../../test/desktop/checklist.ts';

export function fprintdPage(): string {
  const names = CHECKLIST.flatMap((row) => row.names).length + TWICE.length;
  const answered = CHECKLIST.flatMap((row) => ('answer' in row ? row.names : [])).length;
  const row = (each: ChecklistRow) => {
    const words = 'answer' in each ? each.answer : `${each.title} (\`${each.file}\`)`;
    return `| ${words} | ${each.names.map((name) => `\`${name}\``).join(', ')} |`;
  };
  return `# fprintd's tests, one by one

The service that stands in fprintd's place ([desktop.md](desktop.md)) is held to what fprintd's own list tests: ${names} of its daemon and
programs (version 1.92; \`${TWICE.join('` and `')}\` are there twice). ${names - answered - 1} have a test of ours in
\`test/desktop\`, which drives the same calls or the same programs; ${answered + 1} are answered. This page is made from the table
that a test checks.

## Tested

| Our test | Names of fprintd's, without \`test_\` |
|---|---|
${CHECKLIST.filter((each) => 'title' in each)
  .map(row)
  .join('\n')}

## Answered

| Why there is none | Names of fprintd's, without \`test_\` |
|---|---|
${CHECKLIST.filter((each) => 'answer' in each)
  .map(row)
  .join('\n')}
`;
}
