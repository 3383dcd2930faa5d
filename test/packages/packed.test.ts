/**
 * The packages as users get them: packed, extracted into an empty folder, with dependencies linked from this project so
 * that nothing is downloaded. An adapter written against them alone is loaded by name, type-checked, and passes its
 * suite.
 */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entryNames, PACKAGES } from '../../tools/packages/package-table.ts';

const ROOT = resolve('.');
const ADAPTERS = { 'acme-reader': '06-write-a-sensor-adapter', 'acme-storage': '07-write-a-storage-adapter' } as const;
const SOURCES = [
  'src',
  'console',
  'docs',
  'packages',
  'tools',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];
const MAX_CODE_LINES = 60;

let folder = '';
let app = '';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}
const manifests = new Map(
  PACKAGES.map(({ name, folder: own }) => [
    name,
    JSON.parse(readFileSync(`packages/${own}/package.json`, 'utf8')) as Manifest,
  ]),
);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-packed-'));
  // Built in a copy, so that nothing that uses packages/*/dist meanwhile is disturbed.
  const project = join(folder, 'project');
  const isBuilt = (path: string) => /packages\/\w+\/dist$/.test(path);
  for (const name of SOURCES) {
    cpSync(join(ROOT, name), join(project, name), { recursive: true, filter: (path) => !isBuilt(path) });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  execFileSync(process.execPath, ['tools/build/main.ts'], { cwd: project });
  app = join(folder, 'app');
  const modules = join(app, 'node_modules');
  for (const { name, folder: own } of PACKAGES) extractPacked(join(project, 'packages', own), join(modules, name));
  const dependencies = [...manifests.values()].flatMap(({ dependencies = {} }) => Object.keys(dependencies));
  for (const name of new Set([...dependencies, '@types/node', 'undici-types'])) {
    if (manifests.has(name)) continue;
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const [name, example] of Object.entries(ADAPTERS)) {
    // A separate package beside the application, as a vendor ships it.
    const vendor = join(folder, name);
    cpSync(join(ROOT, 'examples', example), vendor, { recursive: true });
    const [main] = readdirSync(vendor).filter((file) => !/\.(test|rig)\.ts$/.test(file));
    writeFileSync(join(vendor, 'package.json'), JSON.stringify({ name, type: 'module', exports: `./${main}` }));
    symlinkSync(modules, join(vendor, 'node_modules'));
    symlinkSync(vendor, join(modules, name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Packs a package and extracts what users would install. */
function extractPacked(own: string, target: string): void {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder], {
      cwd: own,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    }),
  ) as [{ filename: string }];
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', target, '--strip-components=1']);
}

function run(args: readonly string[], cwd = app) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { stdout, stderr, status };
}

test.each([...manifests])('every entry of %s can be imported', (name, { exports }) => {
  const imports = entryNames({ name, exports })
    .map((entry) => `await import('${entry}');`)
    .join('\n');
  writeFileSync(join(app, 'imports.mjs'), `${imports}\nconsole.log('all of them');\n`);
  expect(run(['imports.mjs'])).toMatchObject({ stdout: 'all of them\n', stderr: '', status: 0 });
});

test('the command serves the console that is packed', async () => {
  const state = join(folder, 'served');
  const served = spawn(
    process.execPath,
    ['node_modules/@whorl/daemon/dist/cli/main.js', 'serve', '--http', '0', '--json'],
    {
      cwd: app,
      env: { ...process.env, NODE_OPTIONS: '', WHORL_HOME: state },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [ready] = (await once(createInterface({ input: served.stdout }), 'line')) as [string];
  const { url } = JSON.parse(ready) as { url: string };
  const page = await (await fetch(url)).text();
  served.kill();
  expect(page).toContain('<title>Whorl');
  expect(page).not.toMatch(/<script>|<style>| style=/);
});

test('a sensor adapter of 60 lines, loaded by name, works', () => {
  const text = readFileSync(join(folder, 'acme-reader/network-reader.ts'), 'utf8');
  const code = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/\*\*|\*)/.test(line));
  expect(code.length).toBeLessThanOrEqual(MAX_CODE_LINES);
  writeFileSync(
    join(app, 'load.mjs'),
    `import { createServer } from 'node:http';
import { adapterOfModule } from 'whorl/adapters';
import { decodeFingerprintSample, encodePgm } from 'whorl/formats';
import { scriptedFinger, scriptedFingerOf } from 'whorl/testkit';

const server = createServer((request, response) => {
  if (request.method === 'DELETE') response.writeHead(204).end();
  else response.writeHead(200, { 'resolution-ppi': '500' }).end(encodePgm(scriptedFinger(4711)));
}).listen(0, '127.0.0.1', async () => {
  const adapter = adapterOfModule(await import('acme-reader'), 'sensor');
  const source = await adapter.create({ url: 'http://127.0.0.1:' + server.address().port });
  source.watch({
    async arrived(sensor) {
      const outcome = await sensor.capture({ purpose: 2 }, new AbortController());
      console.log(adapter.name, scriptedFingerOf(decodeFingerprintSample(outcome.sample)));
      await source.close();
      server.close();
      server.closeAllConnections();
    },
    removed() {},
  });
});
`,
  );
  expect(run(['load.mjs'])).toMatchObject({ stdout: 'acme-network-reader 4711\n', stderr: '', status: 0 });
});

test('a service loads both adapters by the names in its configuration, and a finger is captured and kept', () => {
  writeFileSync(
    join(app, 'serve.mjs'),
    `import { createServer } from 'node:http';
import { connect } from 'whorl';
import { encodePgm } from 'whorl/formats';
import { synthesizeFinger, synthesizeImpression } from 'whorl/fingerprint';

const folder = ${JSON.stringify('FOLDER')};
let impression = 0;
const server = createServer((request, response) => {
  if (request.method === 'DELETE') return void response.writeHead(204).end();
  impression += 1;
  const image = synthesizeImpression(synthesizeFinger(31), { seed: impression });
  response.writeHead(200, { 'resolution-ppi': String(image.resolutionPpi) }).end(encodePgm(image));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = 'http://127.0.0.1:' + server.address().port;
{
  await using service = await connect({
    embedded: {
      state: { directory: ${JSON.stringify('STATE')} },
      readers: [{ kind: 'module', module: 'acme-reader', options: { url } }],
      databases: [
        { id: 'B0000000-0000-4000-8000-000000000001', pool: 'system', storage: { module: 'acme-storage', options: { folder } } },
      ],
    },
  });
  await using session = await service.openSession({ pool: 'system' });
  {
    await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
    while ((await enrollment.capture()).kind !== 'sufficient');
    await enrollment.commit();
  }
  console.log((await session.identify()).kind);
}
server.close();
server.closeAllConnections();
`
      .replace('STATE', join(folder, 'state'))
      .replace('FOLDER', folder),
  );
  expect(run(['serve.mjs'])).toMatchObject({ stdout: 'identified\n', stderr: '', status: 0 });
  expect(readdirSync(folder)).toContain('B0000000-0000-4000-8000-000000000001.json');
});

test.each(Object.keys(ADAPTERS))('%s passes its suite against the package', (name) => {
  const vendor = join(folder, name);
  const tests = readdirSync(vendor).filter((file) => file.endsWith('.test.ts'));
  const { stdout, status } = run(['--test', '--test-reporter=tap', ...tests], vendor);
  expect(stdout).toMatch(/# pass \d\d/);
  expect(stdout).toMatch(/# fail 0/);
  expect(status).toBe(0);
});

test('the adapters are typed by the package alone', () => {
  const compilerOptions = {
    target: 'ES2024',
    module: 'NodeNext',
    lib: ['ES2024', 'ESNext.Disposable', 'DOM', 'DOM.AsyncIterable'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    allowImportingTsExtensions: true,
  };
  const files = Object.keys(ADAPTERS).flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, name, file)),
  );
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  expect(run([tsc, '-p', 'tsconfig.json'])).toMatchObject({ stdout: '', status: 0 });
});
