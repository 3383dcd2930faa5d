/** A service embedded in code that is no file, as people try it on a command line. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('connect({ embedded }) works in the code of node -e', async () => {
  const entry = new URL('../../src/exports/whorl/index.ts', import.meta.url).href;
  const code = `
    const { connect } = await import(${JSON.stringify(entry)});
    await using service = await connect({ embedded: { state: 'memory' } });
    console.log((await service.units()).length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  expect(stdout.trim()).toBe('1');
});
