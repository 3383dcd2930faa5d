/**
 * Speed of sessions: the budgets of an embedded service, each beside a floor measured in the same process. One process
 * per trial, medians over trials. Usage: npm run -s bench -- sessions [--json] [--trials 5]
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Row, report } from './rows.ts';
import { GALLERY_SIZE, prepareGallery } from './session-gallery.ts';
import { SOCKET_ROUND_TRIP, SOCKET_ROUND_TRIP_CPU } from './socket-rows.ts';

const ROWS: readonly Row[] = [
  {
    id: 'round-trip',
    name: 'async operation round trip, embedded, no sensor',
    unit: 'us',
    floorIs: 'bare MessagePort round trip of the same payload between two threads',
    budget: '<= 2x floor',
    met: (value, floor) => value <= 2 * floor,
    program: 'session-trial',
  },
  {
    id: 'round-trip-cpu',
    name: 'CPU time of a round trip, embedded, both threads',
    unit: 'us',
    floorIs: 'CPU time of the bare MessagePort round trip',
    budget: '<= 1.5x floor',
    met: (value, floor) => value <= 1.5 * floor,
    program: 'session-trial',
    oneCpu: true,
  },
  SOCKET_ROUND_TRIP,
  SOCKET_ROUND_TRIP_CPU,
  {
    id: 'cancel',
    name: 'cancel of a waiting capture: call to last notice, p99',
    unit: 'us',
    floorIs: 'bare MessagePort round trip, p99',
    budget: '< 1000 us',
    met: (value) => value < 1000,
    program: 'session-trial',
  },
  {
    id: 'throughput',
    name: 'operations per second, one session, queue full',
    unit: '1/s',
    floorIs: 'bare MessagePort echoes per second, as many under way',
    budget: '> 30000 /s',
    met: (value) => value > 30_000,
    program: 'session-trial',
  },
  {
    id: 'open-close',
    name: 'open + close',
    unit: 'us',
    floorIs: 'two bare MessagePort round trips',
    budget: '< 1000 us',
    met: (value) => value < 1000,
    program: 'session-trial',
  },
  {
    id: 'identify',
    name: `finger down to identified, ${GALLERY_SIZE} enrolled`,
    unit: 'ms',
    floorIs: 'extraction and search of the same image called directly, in one thread',
    budget: '< 100 ms',
    met: (value) => value < 100,
    note: 'one template is of a real synthetic finger, the others are it with minutiae at random places',
    program: 'session-trial',
  },
];

const { values } = parseArgs({ options: { json: { type: 'boolean' }, trials: { type: 'string' } } });
const directory = mkdtempSync(join(tmpdir(), 'whorl-bench-'));
try {
  await prepareGallery(directory);
  report(ROWS, { trials: Number(values.trials ?? 5), json: values.json === true, args: [directory] });
} finally {
  rmSync(directory, { recursive: true, force: true });
}
