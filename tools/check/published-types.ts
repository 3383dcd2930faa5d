/** The declarations of the packages must compile under other versions of TypeScript and other module resolution. */

import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryNames, PACKAGES, ROOT } from '../packages/package-table.ts';

const COMPILERS = ['typescript-5.4', 'typescript-5.9', 'typescript'];
const RESOLUTIONS = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];
/** Options any program may set. `lib` lacks the types of disposal, which the packages bring themselves. */
const OPTIONS = {
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

/** Findings of each compiler about a program in `app` that imports every entry, one line each. */
export function publishedTypeProblems(app: string): string[] {
  const entries = PACKAGES.flatMap(({ folder }) =>
    entryNames(JSON.parse(readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8')) as { name: string }),
  );
  const lines = entries.map(
    (entry, i) => `import * as entry${i} from '${entry}';\nexport const names${i} = entry${i};`,
  );
  writeFileSync(join(app, 'entries.ts'), `${lines.join('\n')}\n`);
  for (const name of ['@types/node', 'undici-types']) {
    cpSync(join(ROOT, 'node_modules', name), join(app, 'node_modules', name), { recursive: true, dereference: true });
  }
  return COMPILERS.flatMap((compiler) => RESOLUTIONS.flatMap((resolution) => compile(app, compiler, resolution)));
}

function compile(app: string, compiler: string, resolution: (typeof RESOLUTIONS)[number]): string[] {
  const compilerOptions = { ...OPTIONS, ...resolution };
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['entries.ts'] }));
  const tsc = join(ROOT, 'node_modules', compiler, 'bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', app, '--pretty', 'false'], { encoding: 'utf8' });
  if (status === 0) return [];
  const errors = stdout.trim().split('\n');
  return [`${compiler}, ${resolution.moduleResolution}: ${errors.length} line(s)`, ...errors.slice(0, 20)];
}
