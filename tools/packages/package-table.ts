/** The packages cut from the one tree, lowest first, and what belongs to each (docs/adr/0017). */

import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** A package. */
export interface PackageCut {
  readonly name: string;
  /** Its folder below `packages/`, and that of its entries below `src/exports/`. */
  readonly folder: string;
  readonly rooms: readonly string[];
}

export const PACKAGES: readonly PackageCut[] = [
  { name: '@whorl/fingerprint', folder: 'fingerprint', rooms: ['core', 'adapters', 'formats', 'fingerprint'] },
  {
    name: 'whorl',
    folder: 'whorl',
    rooms: [
      'protocol',
      'client',
      'winbio',
      'native',
      'service',
      'drivers',
      'sensors',
      'devices',
      'storage',
      'matching',
      'composition',
      'testkit',
    ],
  },
  { name: '@whorl/daemon', folder: 'daemon', rooms: ['daemon', 'evaluation', 'cli'] },
];

/** The package that a source file of `src/` belongs to; `path` is relative to `src/`. */
export function packageOf(path: string): PackageCut {
  const [room = '', folder] = path.split('/');
  const found = PACKAGES.find((each) => (room === 'exports' ? each.folder === folder : each.rooms.includes(room)));
  if (found === undefined) throw new TypeError(`src/${path} belongs to no package`);
  return found;
}

/** The source of an entry such as `whorl/winbio`; undefined when the specifier names none of these packages. */
export function entrySource(specifier: string): string | undefined {
  const cut = PACKAGES.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  if (cut === undefined) return undefined;
  const subpath = specifier.slice(cut.name.length + 1) || 'index';
  return join(ROOT, 'src/exports', cut.folder, `${subpath}.ts`);
}

/** Names of the entries of a manifest: `whorl`, `whorl/winbio`; without its own file and what is internal. */
export function entryNames({ name, exports = {} }: { readonly name: string; readonly exports?: object }): string[] {
  return Object.keys(exports)
    .filter((entry) => !/^\.\/(?:package\.json|internal\/)/.test(entry))
    .map((entry) => `${name}${entry.slice(1)}`);
}

/** Sources of all entries, absolute. What an entry loads and no package names is left out. */
export function entrySources(): string[] {
  const folder = join(ROOT, 'src/exports');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.ts') && !/(?:^|\/)(?:connect|create-engine)\.ts$|-worker\.ts$|\.test\.ts$/.test(file),
    )
    .map((file) => join(folder, file))
    .sort();
}

/** How other packages name a module, given by its path relative to `dist/`, without its extension. */
export function specifierOf(module: string): string {
  const { name, folder } = packageOf(module);
  const exported = relative(`exports/${folder}`, module).split(sep).join('/');
  if (exported.startsWith('..')) return `${name}/internal/${module}.js`;
  return exported === 'index' ? name : `${name}/${exported}`;
}
