/** The compiler options of the project, as TypeScript 5.9 reads them: TypeScript 7 has no interface for programs. */

import { join } from 'node:path';
import ts from 'typescript-5.9';
import { ROOT } from '../packages/package-table.ts';

/** Reads them from `tsconfig.json`. */
export function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
}
