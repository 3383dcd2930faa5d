/** A transport that can be used before it is connected: it sends what was queued once it is. */

import type { Transport } from '../../protocol/transport.ts';

/** `onClosing` is called when this end is closed. */
export function queuedTransport<Out, In>(
  coming: Promise<Transport<Out, In>>,
  onClosing: () => void,
): Transport<Out, In> {
  let actual: Transport<Out, In> | undefined;
  let closed = false;
  const queue: ((transport: Transport<Out, In>) => void)[] = [];
  const act = (action: (transport: Transport<Out, In>) => void) => {
    if (actual === undefined) queue.push(action);
    else action(actual);
  };
  void coming.then((transport) => {
    actual = transport;
    for (const action of queue.splice(0)) action(transport);
  });
  return {
    send: (message) => act((transport) => transport.send(message)),
    onMessage: (listener) => act((transport) => transport.onMessage(listener)),
    onClose: (listener) => act((transport) => transport.onClose(listener)),
    hold: (alive) => act((transport) => transport.hold(alive)),
    close: () => {
      if (closed) return;
      closed = true;
      onClosing();
      act((transport) => transport.close());
    },
  };
}
