/** The row that the benchmarks of sessions and of the socket share. */

import type { Row } from './rows.ts';

export const SOCKET_ROUND_TRIP: Row = {
  id: 'socket-round-trip',
  name: 'async operation round trip, Unix socket',
  unit: 'us',
  floorIs: 'bare length-prefixed echo of another process',
  budget: '<= 2x floor',
  met: (value, floor) => value <= 2 * floor,
  program: 'socket-trial',
};
