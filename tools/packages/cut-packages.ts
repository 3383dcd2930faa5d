/**
 * Distributes the compiler's output to a folder for each package. An import that leaves a package becomes an import by
 * name: of the entry, if the module is one, otherwise of `<package>/internal/`, which only these packages use.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { packageOf, specifierOf } from './package-table.ts';

/** Relative specifiers of imports, exports and `import()`, as code and as type; declarations still name sources. */
const SPECIFIER = /(\bfrom\s+|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+)\.[jt]s\2/g;
/** TypeScript's types of disposal, for readers of the declarations whose `lib` lacks them. */
const DISPOSAL_TYPES = '/// <reference lib="esnext.disposable" preserve="true" />\n';

/** Cuts the packages from `emitted`, a folder, into `into/<package>`; of the declarations those that an entry leads to. */
export function cutPackages(emitted: string, into: string): void {
  const files = readdirSync(emitted, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const told = declarationsOf(emitted, files.filter(isEntry));
  for (const path of files) {
    if (!path.endsWith('.js') && !told.has(path)) continue;
    const { folder } = packageOf(path);
    const target = join(into, folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const text = named(readFileSync(join(emitted, path), 'utf8'), path);
    writeFileSync(target, isEntry(path) ? `${DISPOSAL_TYPES}${text}` : text);
  }
}

function isEntry(path: string): boolean {
  return path.startsWith('exports/') && path.endsWith('.d.ts');
}

/** The declarations that these import, and they themselves. */
function declarationsOf(emitted: string, entries: readonly string[]): ReadonlySet<string> {
  const found = new Set(entries);
  // What is added while the set is read is read as well.
  for (const path of found) {
    for (const [, , , specifier = ''] of readFileSync(join(emitted, path), 'utf8').matchAll(SPECIFIER)) {
      const module = `${posix.join(posix.dirname(path), specifier)}.d.ts`;
      if (existsSync(join(emitted, module))) found.add(module);
    }
  }
  return found;
}

function named(text: string, path: string): string {
  const { name } = packageOf(path);
  return text.replaceAll(SPECIFIER, (_, keyword: string, quote: string, specifier: string) => {
    const module = posix.join(posix.dirname(path), specifier);
    const own = packageOf(module).name === name;
    return `${keyword}${quote}${own ? `${specifier}.js` : specifierOf(module)}${quote}`;
  });
}
