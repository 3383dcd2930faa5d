/** Cells of a table that people open with spreadsheets. */

/** Beginnings that a spreadsheet takes for a formula, behind marks that keep it from that. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** A row, each cell as it is read back by {@link plainCell}. */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => quoted(neutral(String(cell)))).join(',')}\r\n`;
}

/** What a cell holds, without the mark that keeps it from being a formula. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function neutral(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",;\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
