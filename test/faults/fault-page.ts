/** The observed effects of faults, as a page of the documentation. */

import type { FaultObservation } from './fault-run.ts';

export const FAULT_PAGE = 'docs/faults.md';

const BEGINNING = `# What happens when something goes wrong

Written by \`npm run -s test:faults -- --write\`, which makes each fault happen in the middle of each operation; the tests compare
it with what they see. After each of them the units are at rest, no timer runs, the templates that are listed are the
ones that are found, and the next client enrolls and identifies. Codes are without their \`WINBIO_\`; \`-\`: cannot happen then.

`;

const STORAGE = `
A storage that fails in the middle of an enrollment, at each call the commit makes:

`;

const END = `
A call to an adapter has 60 seconds, and 5 after a cancel; what throws no code of the table or answers nonsense has failed.
A unit whose adapters fail three times in a row is set up anew (its enrollment ends, the sensor is reset, engine and database
are attached again); one that then fails three times more leaves its pool until its device comes again, and the
others go on. When a write failed without saying whether it happened, the database is read anew before it is next used.
A sensor that fails while another unit of its pool could serve the same operation ends nothing: the other one serves it, and
the sensor rests for a second.

A module of the configuration runs in a process of its own. A throw outside a call, an end, an event loop that stands still
(60 seconds) or too much memory (1 GB) ends that process: what waits for a reader of it ends with E_SENSOR_UNAVAILABLE and the
unit is gone, what waits for an engine or a storage of it ends with E_DEVICE_FAILURE. It is started again after a second, and
after twice as long each further time, at most a minute; then readers arrive with new unit numbers, galleries are filled and
databases opened again.

When the disk is full at any of the writes of an enrollment (\`npm run -s test:faults\`, as root), the commit fails with
WINBIO_E_DATABASE_FULL, what was there is still found, and the same enrollment succeeds once there is room.
`;

/** The whole page. */
export function faultPage(faults: readonly FaultObservation[], storage: readonly FaultObservation[]): string {
  return BEGINNING + faultTable(faults) + STORAGE + faultTable(storage) + END;
}

/** One row per moment, one column per fault. */
function faultTable(seen: readonly FaultObservation[]): string {
  const faults = [...new Set(seen.map(({ fault }) => fault))];
  const moments = Map.groupBy(seen, ({ operation, during }) => `${operation} | ${inWords(during)}`);
  const rows = [...moments].map(([moment, cells]) => {
    const outcomes = faults.map((fault) => cells.find((cell) => cell.fault === fault)?.outcome ?? '-');
    return `| ${moment} | ${outcomes.map(short).join(' | ')} |`;
  });
  const rule = '---|'.repeat(faults.length + 2);
  return [`| operation | in the middle of | ${faults.join(' | ')} |`, `|${rule}`, ...rows, ''].join('\n');
}

function inWords(during: string): string {
  if (during === 'finger') return 'waiting for a finger';
  if (during === 'turn') return 'waiting for its turn';
  return during === 'nothing' ? 'about to begin' : `\`${during}\``;
}

function short(outcome: string): string {
  return outcome.replace(/^WINBIO_([EI])_/, '$1_');
}
