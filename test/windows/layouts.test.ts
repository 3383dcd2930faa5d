/** The table of layouts against what a C compiler makes of the header. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LAYOUTS, type Layout } from '../../src/drivers/winbio/layouts.ts';
import { bytesOf } from '../../src/drivers/winbio/structure.ts';

const NO_COMPILER = spawnSync('gcc', ['--version']).status === 0 ? false : 'no C compiler: apt-get install gcc';

test.skipIf(NO_COMPILER)('every row of the table is where a C compiler puts it', () => {
  const rows = Object.entries<Layout>(LAYOUTS).flatMap(([name, { bytes, fields }]) => [
    { what: name, at: 0, bytes, c: `0ul, sizeof(${name})` },
    ...Object.entries(fields).map(([field, [at, holds]]) => ({
      what: `${name}.${field}`,
      at,
      bytes: bytesOf(holds),
      c: `offsetof(${name}, ${field}), sizeof(((${name} *)0)->${field})`,
    })),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'whorl-layouts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const prints = rows.map(({ what, c }) => `  printf("${what} %lu %lu\\n", ${c});`);
  const program = ['#include <stdio.h>', '#include "winbio.h"', 'int main(void) {', ...prints, '  return 0;', '}'];
  writeFileSync(join(folder, 'rows.c'), program.join('\n'));
  execFileSync('gcc', ['-I', import.meta.dirname, '-o', join(folder, 'rows'), join(folder, 'rows.c')]);
  const compiled = execFileSync(join(folder, 'rows'), { encoding: 'utf8' }).trim().split('\n');
  expect(rows.map(({ what, at, bytes }) => `${what} ${at} ${bytes}`)).toEqual(compiled);
  expect(rows.length).toBeGreaterThan(80);
});
