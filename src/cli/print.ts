/** Prints answers: as JSON for programs, as text for people. */

import { fingerName } from '../core/sub-factor.ts';

export function print(json: boolean | undefined, data: unknown, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(data, withFingers, 2)}\n` : `${text}\n`);
}

/** A replacer for `JSON.stringify` that puts the name of the finger beside its number. */
export function withFingers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('subFactor' in value) || 'finger' in value) return value;
  const { subFactor } = value;
  return typeof subFactor === 'number' && subFactor !== 0 ? { ...value, finger: fingerName(subFactor) } : value;
}

/** Rows of text; each column is as wide as its longest cell. */
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
