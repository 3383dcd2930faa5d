/** A transport over a MessagePort: inside one thread, between threads, or between browser contexts. */

import type { Transport } from './transport.ts';

/** The last message, because not every host tells a port that its peer was closed. */
const GOODBYE = 'whorl:goodbye';

/** The part of a MessagePort that is needed; only Node has `ref` and `unref`. */
interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
  ref?(): void;
  unref?(): void;
}

/** Wraps one end of a MessageChannel. */
export function messagePortTransport<Out, In>(messagePort: MessagePort): Transport<Out, In> {
  const port = messagePort as unknown as Port;
  let onMessage: (message: In) => void = () => {};
  let onClose: () => void = () => {};
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    port.close();
    onClose();
  };
  port.addEventListener('message', ({ data }) => {
    if (data === GOODBYE) end();
    else if (open) onMessage(data as In);
  });
  port.addEventListener('close', end);
  port.start();
  port.unref?.();
  return {
    send: (message) => {
      if (open) port.postMessage(message);
    },
    onMessage: (listener) => {
      onMessage = listener;
    },
    onClose: (listener) => {
      onClose = listener;
    },
    hold: (alive) => {
      if (alive) port.ref?.();
      else port.unref?.();
    },
    close: () => {
      if (open) port.postMessage(GOODBYE);
      end();
    },
  };
}
