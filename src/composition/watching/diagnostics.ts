/**
 * Diagnostics channels of a service, for tracers: what was asked and how it ended, never of whom or with what.
 *
 * `whorl:request:asked` {connection, id, kind}, `whorl:request:answered` {connection, id, code, unitId},
 * `whorl:connection:opened` {connection}, `whorl:connection:closed` {connection, code?}. `connection` is a number of this process.
 */

import { channel } from 'node:diagnostics_channel';
import { codeName } from '../../core/codes.ts';
import type { Connection } from '../../service/connection.ts';
import type { ConnectionObserver } from '../connection/serve-connection.ts';

const ASKED = channel('whorl:request:asked');
const ANSWERED = channel('whorl:request:answered');
const OPENED = channel('whorl:connection:opened');
const CLOSED = channel('whorl:connection:closed');

const numbers = new WeakMap<Connection, number>();
let last = 0;

function numberOf(connection: Connection): number {
  const known = numbers.get(connection);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(connection, last);
  return last;
}

/** Publishes to whoever subscribed; costs next to nothing while nobody has. */
export const DIAGNOSTICS: ConnectionObserver = {
  opened(connection) {
    if (OPENED.hasSubscribers) OPENED.publish({ connection: numberOf(connection) });
  },
  asked(connection, { id, request }) {
    if (ASKED.hasSubscribers) ASKED.publish({ connection: numberOf(connection), id, kind: request.kind });
  },
  answered(connection, id, { hresult, unitId }) {
    if (!ANSWERED.hasSubscribers) return;
    ANSWERED.publish({ connection: numberOf(connection), id, code: codeName(hresult), unitId });
  },
  closed(connection, fault) {
    if (CLOSED.hasSubscribers) CLOSED.publish({ connection: numberOf(connection), ...(fault && { code: fault.code }) });
  },
};
