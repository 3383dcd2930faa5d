/** Manifests and documents must agree: versions, dependencies and their list, entries and their sources. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { entryNames, entrySource, PACKAGES, ROOT } from '../packages/package-table.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** Packages that an application may have: what needs them says so where they are missing. */
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

const SPECIFIER =
  /\bfrom\s+'([^.'][^']*)'|\b(?:import|require|require\.resolve)\(\s*'([^.'][^']*)'\s*\)|^import\s+'([^.'][^']*)'/gm;

/** Disagreements, one line each. */
export function dependencyProblems(): string[] {
  const root = read('package.json');
  const manifests = PACKAGES.map(({ folder }) => read(`packages/${folder}/package.json`));
  const passedOn = new Set(manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies)));
  return [
    ...manifests.flatMap((manifest) => versionProblems(manifest, root.version)),
    ...listProblems([root, ...manifests]),
    ...manifests.flatMap(entryProblems),
    ...PACKAGES.flatMap(({ folder }, i) => importProblems(folder, manifests[i] ?? root, passedOn)),
  ];
}

function read(path: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Manifest;
}

/** All packages have one version, and depend on each other at exactly that version. */
function versionProblems({ name, version, dependencies = {} }: Manifest, expected: string): string[] {
  const ours = Object.entries(dependencies).filter(([of]) => PACKAGES.some((cut) => cut.name === of));
  return [[name, version] as const, ...ours]
    .filter(([, each]) => each !== expected)
    .map(([of, each]) => `packages: ${name} says ${of} ${each}, not ${expected}`);
}

function listProblems(manifests: readonly Manifest[]): string[] {
  const listed = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8');
  const names = manifests.flatMap(({ dependencies, optionalDependencies, devDependencies, peerDependencies }) =>
    Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies, ...peerDependencies }),
  );
  return [...new Set(names)]
    .filter((name) => !PACKAGES.some((cut) => cut.name === name) && !listed.includes(`\`${name}\``))
    .map((name) => `docs/dependencies.md does not list ${name}`);
}

function entryProblems(manifest: Manifest): string[] {
  return entryNames(manifest)
    .filter((entry) => !existsSync(entrySource(entry) ?? ''))
    .map((entry) => `packages: ${entry} has no source`);
}

/** A built package declares what it imports, and imports what it declares, or passes it on to a package that may use it. */
function importProblems(folder: string, manifest: Manifest, passedOn: ReadonlySet<string>): string[] {
  const { name, dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
  const dist = join(ROOT, 'packages', folder, 'dist');
  if (!existsSync(dist)) return [`packages: ${name} is not built: run npm run -s build`];
  const imported = new Set(
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js') && !file.startsWith('console'))
      .flatMap((file) => [...readFileSync(join(dist, file), 'utf8').matchAll(SPECIFIER)])
      .map(([, from, dynamic, bare]) => packageName(from ?? dynamic ?? bare ?? ''))
      .filter((of) => of !== undefined),
  );
  const declared = new Set(Object.keys({ ...dependencies, ...optionalDependencies }));
  return [
    ...[...imported]
      .filter((of) => !declared.has(of) && !(of in peerDependencies))
      .map((of) => `packages: ${name} imports ${of} and does not declare it`),
    ...[...declared]
      .filter((of) => !imported.has(of) && !passedOn.has(of))
      .map((of) => `packages: ${name} declares ${of} and does not import it`),
  ];
}

function packageName(specifier: string): string | undefined {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return undefined;
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}
