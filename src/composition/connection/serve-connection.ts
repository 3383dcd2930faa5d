/** Joins one transport with the service: messages to calls, answers to messages. */

import { type BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { Completion } from '../../core/operation-result.ts';
import { E_OUTOFMEMORY } from '../../core/result-constants.ts';
import { Budget } from '../../protocol/budget.ts';
import { type ClientMessage, PROTOCOL_VERSION, type ServiceMessage } from '../../protocol/messages.ts';
import type { Transport } from '../../protocol/transport.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { Connection } from '../../service/connection.ts';
import { failure } from '../../service/outcome.ts';
import type { Service } from '../../service/service.ts';
import { type Extensions, runExtension } from './extensions.ts';

/** Told what passes; has no say in it. */
export interface ConnectionObserver {
  opened?(connection: Connection): void;
  /** A request is about to reach the service. */
  asked?(connection: Connection, message: Extract<ClientMessage, { readonly request: unknown }>): void;
  /** It is answered; `handle` after a successful open. */
  answered?(connection: Connection, requestId: number, completion: Completion, handle?: number): void;
  closed?(connection: Connection, fault?: BiometricError): void;
}

/** What is served beside the service itself. */
export interface ServeOptions {
  readonly extensions?: Extensions;
  readonly observers?: readonly ConnectionObserver[];
  /** What the unanswered requests of the client's account are counted in. Default: without bound. */
  readonly operations?: Budget;
}

/** Serves a client until its transport ends; then everything the client owned ends too. */
export function serveConnection(
  service: Service,
  transport: Transport<ServiceMessage, ClientMessage>,
  principal: Principal,
  { extensions = new Map(), observers = [], operations = new Budget(Number.POSITIVE_INFINITY) }: ServeOptions = {},
): Connection {
  let unanswered = 0;
  const connection: Connection = service.connect(principal, {
    done: (id, completion, handle) => {
      unanswered -= 1;
      operations.give(1);
      transport.send({ type: 'done', id, completion, ...(handle !== undefined && { handle }) });
      for (const observer of observers) observer.answered?.(connection, id, completion, handle);
    },
    event: (id, event, completion) => transport.send({ type: 'event', id, event, completion }),
  });
  for (const observer of observers) observer.opened?.(connection);
  transport.onMessage((message) => {
    if ('request' in message) {
      if (!operations.take(1)) return transport.send(tooMany(message.id));
      unanswered += 1;
      for (const observer of observers) observer.asked?.(connection, message);
    }
    switch (message.type) {
      case 'hello':
        transport.send({ type: 'welcome', version: PROTOCOL_VERSION });
        break;
      case 'open':
        void connection.open(message.id, message.request);
        break;
      case 'submit':
        connection.submit(message.id, message.handle, message.request);
        break;
      case 'call':
        void connection.call(message.id, message.request);
        break;
      case 'withdraw':
        connection.withdraw(message.id);
        break;
      case 'extension':
        runExtension(extensions, message.name, message.body, principal).then(
          (body) => transport.send({ type: 'answer', id: message.id, body }),
          (thrown: unknown) =>
            transport.send({ type: 'fault', id: message.id, error: toBiometricError(thrown).serialize() }),
        );
        break;
      default:
        message satisfies never;
    }
  });
  transport.onClose((fault) => {
    operations.give(unanswered);
    unanswered = 0;
    for (const observer of observers) observer.closed?.(connection, fault);
    void service.disconnect(connection);
  });
  return connection;
}

/** The answer to a request that its account has no room for. */
function tooMany(id: number): ServiceMessage {
  const message = 'too many requests of this account are not answered yet';
  return { type: 'done', id, completion: { ...failure(E_OUTOFMEMORY), message, sequence: 0, startedAtMs: Date.now() } };
}
