/**
 * The packages as users get them: packed and installed into empty folders, their types checked by three compilers,
 * their contents inspected, and a program run on each runtime. Downloads the dependencies. Usage: node tools/check/packages.ts [--json]
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PACKAGES, type PackageCut, ROOT } from '../packages/package-table.ts';
import { publishedTypeProblems } from './published-types.ts';
import { runtimeProblems } from './runtimes.ts';

/** Limits of an installation, in packages and MB; the last has none. ADR 17. */
const BUDGETS: Readonly<Record<string, readonly [packages: number, megabytes: number]>> = {
  '@whorl/fingerprint': [1, 3],
  // 1.7 of them are csv-parse, which reads tables of people.
  whorl: [20, 16],
};

/** Where browsers load from, of which not all have `using`. */
const FOR_BROWSERS = /(^|\/)(fingerprint|client|core|protocol|formats)\//;

/** An installation. */
interface Installed {
  readonly name: string;
  readonly packages: number;
  readonly megabytes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'whorl-packages-'));
try {
  const tarballs = PACKAGES.map((cut) => pack(cut, folder));
  const installed = PACKAGES.map(({ name }, i) => install(name, tarballs.slice(0, i + 1), join(folder, `app-${i}`)));
  const app = join(folder, `app-${PACKAGES.length - 1}`);
  const problems = [
    ...installed.flatMap(overBudget),
    ...PACKAGES.flatMap(({ name }) => shippedProblems(join(app, 'node_modules', name))),
    ...PACKAGES.flatMap(({ folder: own }, i) => toolProblems(own, tarballs[i] ?? '')),
    ...publishedTypeProblems(app),
    ...(await runtimeProblems(app)),
  ];
  report(installed, problems);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack({ folder: own }: PackageCut, target: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target];
  const text = execFileSync('npm', args, { cwd: join(ROOT, 'packages', own), encoding: 'utf8' });
  const [packed] = JSON.parse(text) as [{ filename: string }];
  return join(target, packed.filename);
}

/** Installs as a newcomer would, and measures the result. */
function install(name: string, tarballs: readonly string[], app: string): Installed {
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...tarballs], {
    cwd: app,
  });
  const modules = join(app, 'node_modules');
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  const lock = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as { packages: object };
  const packages = Object.keys(lock.packages).filter((path) => path !== '' && isThere(join(app, path))).length;
  return { name, packages, megabytes: Math.round(bytes / 1e4) / 100 };
}

/** An optional dependency for another system is in the lock file but not on disk. */
function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function overBudget({ name, packages, megabytes }: Installed): string[] {
  const [most, mostMegabytes] = BUDGETS[name] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (packages <= most && megabytes <= mostMegabytes) return [];
  return [`${name}: ${packages} packages and ${megabytes} MB, at most ${most} and ${mostMegabytes}`];
}

/** Source maps without sources, links that lead out of the package, and `using` where a browser would read it. */
function shippedProblems(own: string): string[] {
  return readdirSync(own, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const path = join(own, file);
    if (file.endsWith('.map')) return [`${path}: a source map`];
    if (/\.js$/.test(file) && readFileSync(path, 'utf8').includes('//# sourceMappingURL='))
      return [`${path}: names a map`];
    if (/\.js$/.test(file) && FOR_BROWSERS.test(file) && /^\s*(await )?using \w+ =/m.test(readFileSync(path, 'utf8')))
      return [`${path}: holds using`];
    return file.endsWith('.md') ? deadLinks(path) : [];
  });
}

function deadLinks(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target) && !isThere(join(dirname(path), target)))
    .map((target) => `${path}: ${target} is not there`);
}

/** Findings of the package linters. */
function toolProblems(own: string, tarball: string): string[] {
  const run = (program: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
      encoding: 'utf8',
    });
    return status === 0 ? [] : [`${own}: ${program}\n${stdout}${stderr}`];
  };
  return [
    ...run('publint/src/cli.js', '--strict', join(ROOT, 'packages', own)),
    // ES modules only, by decision; CommonJS loads them with the require() of Node 24.
    ...run('@arethetypeswrong/cli/dist/index.js', '--profile', 'esm-only', tarball),
  ];
}

function report(installed: readonly Installed[], problems: readonly string[]): void {
  if (process.argv.includes('--json')) console.log(JSON.stringify({ installed, problems }, null, 2));
  else
    for (const { name, packages, megabytes } of installed)
      console.log(`${name}: ${packages} packages, ${megabytes} MB`);
  if (problems.length === 0) return;
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problem(s)\n`);
  process.exitCode = 1;
}
