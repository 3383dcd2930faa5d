/** Prints figures that belong together as a table: the first column to the left, figures to the right. */

/** Rows of one or more cells; a title first when there is one. */
export function printTable(title: string, columns: readonly string[], rows: readonly (readonly unknown[])[]): void {
  const lines = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  const text = lines.map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`${title}\n${text.map((line) => `  ${line}`).join('\n')}\n\n`);
}
