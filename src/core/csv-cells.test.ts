import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRow, plainCell } from './csv-cells.ts';

test('no cell is a formula to a spreadsheet, and every cell is read back', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.string().map((text) => `=${text}`),
    fc.constantFrom('-1', '+49', '@a', "'=x", "'a"),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const [row = []] = parse(csvRow(cells), { relax_column_count: true }) as string[][];
      for (const written of row) expect(written).not.toMatch(/^[=+\-@\t\r]/);
      expect(row.map(plainCell)).toEqual(cells);
    }),
  );
});
