#!/usr/bin/env node
/** The `whorl` command. It parses on every version of Node since 14, to say which one Whorl needs; the rest comes later. */

const OLDEST = 24;

if (Number(process.versions.node.split('.')[0]) >= OLDEST) {
  await import('./command-line.ts');
} else {
  process.stderr.write(`Whorl needs Node.js ${OLDEST} or later; this is ${process.version}.\n`);
  process.exitCode = 1;
}

export {};
