/**
 * `npm run -s test:faults [-- --json | --write]`: every fault in the middle of every operation, and its effect.
 * `--write` puts the table into the documentation.
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FAULT_PAGE, faultPage } from './fault-page.ts';
import { observeFaults, observeStorageFaults } from './fault-run.ts';
import { canMount, observeFullDisk } from './full-disk.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const faults = await observeFaults();
const storage = await observeStorageFaults();
const page = faultPage(faults, storage);
if (values.write) writeFileSync(FAULT_PAGE, page);
const fullDisk = canMount() ? await observeFullDisk() : 'skipped: a file system cannot be mounted here';
process.stdout.write(values.json ? `${JSON.stringify({ faults, storage, fullDisk }, null, 2)}\n` : page);
if (!values.json) process.stdout.write(`Full disk: ${JSON.stringify(fullDisk, null, 2)}\n`);
const all = [...faults, ...storage, ...(typeof fullDisk === 'string' ? [] : fullDisk)];
process.exitCode = all.every(({ left }) => left.length === 0) ? 0 : 1;
