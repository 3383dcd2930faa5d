/** Touches are for programs of the session in front: at the console, and not locked. */

import { expect, test } from 'vitest';
import { ServiceChannel } from '../../src/client/service-channel.ts';
import { WhorlService } from '../../src/client/whorl-service.ts';
import { compose } from '../../src/composition/compose/compose.ts';
import { serveConnection } from '../../src/composition/connection/serve-connection.ts';
import { turnObserver } from '../../src/composition/connection/turn-observer.ts';
import { messagePortTransport } from '../../src/protocol/message-port-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../src/protocol/messages.ts';

const TOUCH = { person: 1, finger: 'right-index', impression: 1 } as const;

/** A service whose clients run in sessions, of which one is in front. */
async function startService(inFront: number) {
  const composition = await compose({
    state: 'memory',
    readers: [{ kind: 'virtual', name: 'desk' }],
    engineThreads: 1,
  });
  const stack = new AsyncDisposableStack();
  stack.use(composition);
  let front = inFront;
  const observer = turnObserver(composition.service, { isInFront: (session) => session === front });
  await composition.begin([observer]);
  return {
    /** A client of an account of its own in a session. */
    async client(session?: number): Promise<WhorlService> {
      const { port1, port2 } = new MessageChannel();
      const sid = `S-1-5-21-1-2-3-${session ?? 0}`;
      const known = { sid, administrator: true, mayEnroll: true, remote: false };
      const principal = { ...known, ...(session !== undefined && { session }) };
      const transport = messagePortTransport<ServiceMessage, ClientMessage>(port2);
      serveConnection(composition.service, transport, principal, {
        extensions: composition.extensions,
        observers: [observer],
      });
      const channel = new ServiceChannel(messagePortTransport(port1));
      await channel.greet();
      const service = new WhorlService(channel);
      stack.defer(() => service.close());
      return service;
    },
    switchTo(session: number): void {
      front = session;
      composition.service.turned();
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('whoever is at the console has the touch, and the other one after the console was switched', async () => {
  await using world = await startService(1);
  const [alice, bob] = [await world.client(1), await world.client(2)];
  await using atConsole = await alice.openSession();
  await using elsewhere = await bob.openSession();
  const order: string[] = [];
  const waits = elsewhere.locate({ deadlineMs: 20_000 }).then(() => order.push('bob'));
  await bob.units();
  const first = atConsole.locate({ deadlineMs: 20_000 }).then(() => order.push('alice'));
  await alice.units();
  expect(await alice.virtualReader('desk').touch(TOUCH)).toBe('captured');
  await first;
  // Nobody at the console waits: what was touched is nobody's.
  await alice.virtualReader('desk').touch(TOUCH);
  await bob.units();
  expect(order).toEqual(['alice']);
  world.switchTo(2);
  await bob.units();
  expect(await bob.virtualReader('desk').touch(TOUCH)).toBe('captured');
  await waits;
  expect(order).toEqual(['alice', 'bob']);
});

test('a client without a session has its turn wherever the console is', async () => {
  await using world = await startService(1);
  const service = await world.client();
  await using session = await service.openSession();
  const located = session.locate({ deadlineMs: 20_000 });
  await service.units();
  await service.virtualReader('desk').touch(TOUCH);
  expect(await located).toBe(1);
});
