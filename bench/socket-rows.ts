/** The rows that the benchmarks of sessions and of the socket share. */

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

export const SOCKET_ROUND_TRIP_CPU: Row = {
  id: 'socket-round-trip-cpu',
  name: 'CPU time of a round trip, Unix socket, both processes',
  unit: 'us',
  floorIs: 'CPU time of the bare echo, both processes',
  budget: '<= 2x floor',
  met: (value, floor) => value <= 2 * floor,
  program: 'socket-trial',
  oneCpu: true,
};
