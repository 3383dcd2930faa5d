/** What clients may use of a service, each account and all together. A page of the documentation is made from it. */

import { GREETING_BYTES } from '../../protocol/guarded-transport.ts';
import { MAX_DEPTH, MAX_VALUES } from '../../protocol/message-limits.ts';
import { CHANGES_PER_MINUTE } from '../../service/access/change-budget.ts';

/** Limits of clients. */
export interface ClientLimits {
  /** Clients connected by socket at once. */
  readonly connections: number;
  /** Of these, clients of one account that is neither the owner of the service nor an administrator. */
  readonly connectionsPerAccount: number;
  /** Bytes of an account's messages that are not handled yet, unfinished ones included. */
  readonly bytesPerAccount: number;
  /** Requests of an account that are not answered yet. */
  readonly operationsPerAccount: number;
}

/** Bytes of a message of an account that is no administrator: it has no pictures to send. */
export const ORDINARY_MESSAGE_BYTES = 1 << 20;

/** One limit: its value unless configured otherwise, what it bounds, and what happens at it. */
export interface LimitEntry {
  readonly value: number;
  readonly bounds: string;
  readonly atLimit: string;
}

/** The limits that an administrator may change, with their defaults. */
export const CLIENT_LIMITS: Readonly<Record<keyof ClientLimits, LimitEntry>> = {
  connections: {
    value: 4096,
    bounds: 'clients connected by socket at once',
    atLimit: 'a further client is disconnected at once',
  },
  connectionsPerAccount: {
    value: 128,
    bounds: 'of these, clients of one account that is neither the owner of the service nor an administrator',
    atLimit: 'refused with E_OUTOFMEMORY; a socket is closed without a word before it has greeted',
  },
  bytesPerAccount: {
    value: 64 << 20,
    bounds: "bytes of an account's messages that are not handled yet, unfinished ones included",
    atLimit: 'the connection that exceeds it ends with WHORL_E_LIMIT_EXCEEDED',
  },
  operationsPerAccount: {
    value: 20_000,
    bounds: 'requests of an account that are not answered yet',
    atLimit: 'a further request ends with E_OUTOFMEMORY',
  },
};

/** Limits that are fixed, for the same page. */
export const FIXED_LIMITS: readonly LimitEntry[] = [
  { value: GREETING_BYTES, bounds: 'bytes of a message before the client is welcome', atLimit: 'the connection ends' },
  { value: 5, bounds: 'seconds until a client has greeted', atLimit: 'refused with WHORL_E_PROTOCOL' },
  { value: 10, bounds: 'seconds until an unfinished message is complete', atLimit: 'the connection ends' },
  {
    value: ORDINARY_MESSAGE_BYTES,
    bounds: 'bytes of a message of an account that is no administrator',
    atLimit: 'the connection ends',
  },
  { value: 20 << 20, bounds: 'bytes of a message over the socket', atLimit: 'the connection ends' },
  { value: 28 << 20, bounds: 'bytes of a message over a WebSocket', atLimit: 'the connection ends' },
  { value: MAX_DEPTH, bounds: 'levels of a message', atLimit: 'the connection ends with WHORL_E_PROTOCOL' },
  { value: MAX_VALUES, bounds: 'values of a message', atLimit: 'the connection ends with WHORL_E_PROTOCOL' },
  { value: 64, bounds: 'messages of a connection that wait for their turn', atLimit: 'its socket is read again later' },
  { value: 64 << 20, bounds: 'bytes that a client leaves unread', atLimit: 'the connection ends' },
  { value: 1024, bounds: 'open handles of a connection', atLimit: 'E_OUTOFMEMORY' },
  { value: 10_000, bounds: 'operations that wait on a handle', atLimit: 'E_OUTOFMEMORY' },
  {
    value: CHANGES_PER_MINUTE,
    bounds: 'audited changes of an account that is no administrator, each minute',
    atLimit: 'E_OUTOFMEMORY, and nothing is changed',
  },
  { value: 256, bounds: 'connections of the HTTP listener, WebSockets included', atLimit: 'closed at once' },
  { value: 5, bounds: 'seconds for the headers of an HTTP request', atLimit: 'answered 408' },
  { value: 10, bounds: 'seconds for a whole HTTP request', atLimit: 'answered 408' },
];

/** The limits, with what a configuration says instead. */
export function clientLimits(
  configured: { readonly [Name in keyof ClientLimits]?: number | undefined } = {},
): ClientLimits {
  const { connections, connectionsPerAccount, bytesPerAccount, operationsPerAccount } = CLIENT_LIMITS;
  return {
    connections: configured.connections ?? connections.value,
    connectionsPerAccount: configured.connectionsPerAccount ?? connectionsPerAccount.value,
    bytesPerAccount: configured.bytesPerAccount ?? bytesPerAccount.value,
    operationsPerAccount: configured.operationsPerAccount ?? operationsPerAccount.value,
  };
}
