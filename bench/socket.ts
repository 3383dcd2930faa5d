/**
 * Speed over the socket of a daemon, and of the daemon itself. Usage: npm run -s bench -- socket [--json] [--trials 5]
 */

import { parseArgs } from 'node:util';
import { type Row, report } from './rows.ts';
import { SOCKET_ROUND_TRIP, SOCKET_ROUND_TRIP_CPU } from './socket-rows.ts';

const ROWS: readonly Row[] = [
  SOCKET_ROUND_TRIP,
  SOCKET_ROUND_TRIP_CPU,
  {
    id: 'socket-cancel',
    name: 'cancel of a waiting capture over the socket: call to last notice, p99',
    unit: 'us',
    floorIs: 'bare length-prefixed echo, p99',
    budget: '< 2000 us',
    met: (value) => value < 2000,
    program: 'socket-trial',
  },
  {
    id: 'first-session',
    name: 'start of the service to first session, warm cache',
    unit: 'ms',
    floorIs: 'a Node process that prints a line',
    budget: '< 300 ms',
    met: (value) => value < 300,
    program: 'socket-trial',
  },
  {
    id: 'idle-memory',
    name: 'resident memory of an idle service',
    unit: 'MB',
    floorIs: 'a Node process that does nothing',
    budget: '< 120 MB',
    met: (value) => value < 120,
    program: 'socket-trial',
  },
];

const { values } = parseArgs({ options: { json: { type: 'boolean' }, trials: { type: 'string' } } });
report(ROWS, { trials: Number(values.trials ?? 5), json: values.json === true });
