/**
 * A client in its own process that sends small requests without pause and measures the answers. Started with `fork`:
 * `begin` starts a measurement, `end` answers with the 99th percentile in microseconds.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../src/exports/whorl/index.ts';

const PAUSE_MS = 1;

await using service = await connect({ address: process.argv[2] ?? '' });
let times: number[] = [];
let going = true;
process.on('message', (what: 'begin' | 'end') => {
  if (what === 'end') {
    times.sort((a, b) => a - b);
    process.send?.(Math.round(times[Math.floor(0.99 * times.length)] ?? Number.NaN));
  }
  times = [];
});
process.on('disconnect', () => {
  going = false;
});
process.send?.('ready');
while (going) {
  const startMs = performance.now();
  await service.providers();
  times.push(1000 * (performance.now() - startMs));
  await delay(PAUSE_MS);
}
