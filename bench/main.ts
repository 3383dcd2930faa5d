/**
 * Runs a benchmark by name. Usage: npm run -s bench -- <name> [arguments]
 */

import { existsSync } from 'node:fs';

const NAMES = [
  'consoles',
  'identify',
  'import',
  'journal',
  'matching',
  'people',
  'postgres',
  'ready',
  'sessions',
  'shared',
  'slowdown',
  'socket',
  'windows',
];

const [name = '', ...rest] = process.argv.slice(2);
const program = (which: string) => new URL(`./${which}.ts`, import.meta.url);
const available = NAMES.filter((which) => existsSync(program(which)));

if (available.includes(name)) {
  // Each benchmark reads its own arguments.
  process.argv.splice(2, process.argv.length, ...rest);
  await import(program(name).href);
} else {
  console.error(
    `${name === '' ? 'name a benchmark' : `there is no benchmark "${name}"`}; there is: ${available.join(', ')}`,
  );
  process.exitCode = 2;
}
