/** A program that imports `whorl` pays for its own modules: packages are loaded when a connection needs them. */

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const PROGRAM = `
import { registerHooks } from 'node:module';
const packages = [];
registerHooks({
  resolve(specifier, context, next) {
    if (!/^(?:node:|file:|[./])/.test(specifier)) packages.push(specifier);
    return next(specifier, context);
  },
});
await import('./src/exports/whorl/index.ts');
process.stdout.write(JSON.stringify(packages));
`;

test('importing whorl loads no package', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([]);
});
