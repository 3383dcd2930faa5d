/** Prints an answer: for programs as JSON, for people as text. */

/** Exit code of an answer that is a no: not enrolled, no match, rejected. */
export const EXIT_NO = 3;

export function print(json: boolean | undefined, data: unknown, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);
}

/** Columns as wide as what is in them. */
export function columns(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String));
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
