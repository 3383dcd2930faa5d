import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXAMPLE_OUTPUTS } from './example-outputs.ts';

test('every example is run', () => {
  const programs = readdirSync('examples').filter((name) => name.endsWith('.ts'));
  const expected = Object.keys(EXAMPLE_OUTPUTS).filter((name) => !name.includes('/'));
  expect(programs.sort()).toEqual(expected.sort());
});

test.each(['06-write-a-sensor-adapter', '07-write-a-storage-adapter'])('examples/%s passes its suite', (folder) => {
  const suite = readdirSync(`examples/${folder}`).find((name) => name.endsWith('.test.ts'));
  const options = [
    '--import=./tools/packages/source-entries.ts',
    '--test',
    '--test-reporter=tap',
    `examples/${folder}/${suite}`,
  ];
  const { stdout, status } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  expect(stdout).toMatch(/# pass \d\d/);
  expect(stdout).toMatch(/# fail 0/);
  expect(status).toBe(0);
});

test.each(Object.entries(EXAMPLE_OUTPUTS))('examples/%s', (name, lines) => {
  // The programs import the packages by name; the hook resolves these to the sources.
  const options = ['--import=./tools/packages/source-entries.ts', `examples/${name}`, '20'];
  const { stdout, stderr, status } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual(lines);
  expect(status).toBe(0);
});
