/**
 * How soon a service is ready: from the start of its composition until it answers, and until every template of its
 * database can be found; and how many templates become durable, one by one and 100 at a time. The floor reads the same
 * bytes of the same file. Usage: node bench/ready.ts [--templates 100000] [--state <folder to keep it in>] [--json]
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { addSingly, enrollMany } from './ready-gallery.ts';
import { readingFloor, startTrial } from './ready-trial.ts';

const { values } = parseArgs({
  options: {
    templates: { type: 'string', default: '100000' },
    state: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const templates = Number(values.templates);
if (!Number.isSafeInteger(templates) || templates < 1)
  throw new TypeError(`"${values.templates}" is not a number of templates`);
const state = values.state ?? mkdtempSync(join(tmpdir(), 'whorl-ready-'));
const added = mkdtempSync(join(tmpdir(), 'whorl-added-'));
try {
  const enrolledPerSecond = existsSync(join(state, 'keys')) ? undefined : await enrollMany(state, templates);
  const floor = readingFloor(state);
  printReport(
    {
      ...(enrolledPerSecond !== undefined && { enrolledPerSecond }),
      ...(await startTrial(state)),
      ...floor,
      addedPerSecondAlone: await addSingly(join(added, 'alone'), 500, 1),
      addedPerSecond: await addSingly(join(added, 'together'), 10_000, 100),
      ...conditions(1),
    },
    values.json,
  );
} finally {
  rmSync(added, { recursive: true });
  if (values.state === undefined) rmSync(state, { recursive: true });
}
