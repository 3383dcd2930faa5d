/** The examples that need servers. */

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { NO_POSTGRES } from './private-postgres.ts';

test.skipIf(NO_POSTGRES !== undefined)(`examples/two-doors ${NO_POSTGRES ?? ''}`, () => {
  const options = ['--import=./tools/packages/source-entries.ts', 'examples/two-doors/main.ts'];
  const { stdout, status } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  expect(stdout.trim().split('\n')).toEqual([
    'north: Ada Lovelace is enrolled',
    'south: opens for Ada Lovelace',
    'the database is unplugged',
    'south: opens for Ada Lovelace',
    'south: nobody is added: WHORL_E_OFFLINE',
    'the database is back',
    'north: opens for Charles Babbage',
    'north: its journal has the lines of south, those of the meantime too',
  ]);
  expect(status).toBe(0);
});
