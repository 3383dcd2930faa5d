/** The thread that owns the connection: runs the ordinary binding for the threads that block on it. */

import type { WhorlService } from '../../client/whorl-service.ts';
import { toBiometricError } from '../../core/biometric-error.ts';
import { type HRESULT, SUCCEEDED } from '../../core/hresult.ts';
import { E_UNEXPECTED } from '../../core/result-constants.ts';
import { bindWinBio, type WinBio } from '../bind-winbio.ts';
import { LiveBlocks } from '../blocks.ts';
import { type Out, out } from '../out.ts';
import { ForwardingWindow } from './forwarding-window.ts';
import type { BlockingAttachment, BlockingReply, BlockingRequest, HandedOut } from './messages.ts';

type Call = Extract<BlockingRequest, { type: 'call' }>;

/** Serves the first thread and those that attach later; each gets every function of the binding. */
export function serveBlocking(service: WhorlService, first: BlockingAttachment): void {
  const winbio = bindWinBio(service);
  const attached: BlockingAttachment[] = [];
  const serve = (attachment: BlockingAttachment) => {
    attached.push(attachment);
    attachment.port.on('message', (request: BlockingRequest) => void receive(attachment, request));
    send(attachment, { type: 'ready', names: Object.keys(winbio) });
  };
  const receive = async (attachment: BlockingAttachment, request: BlockingRequest) => {
    switch (request.type) {
      case 'call':
        return await run(winbio, attachment, request);
      case 'touch':
        return await answer(attachment, request.id, async () => {
          const result = await service.virtualReader().touch(request.finger);
          return { type: 'touched', id: request.id, result };
        });
      case 'attach':
        return serve(request.attachment);
      case 'close':
        await answer(attachment, request.id, async () => {
          await service.close();
          return { type: 'closed', id: request.id };
        });
        for (const other of attached) {
          send(other, { type: 'gone' });
          other.port.close();
        }
        return;
      default:
        return request satisfies never;
    }
  };
  // However this thread dies, no caller stays asleep.
  process.once('exit', () => {
    for (const attachment of attached) send(attachment, { type: 'gone' });
  });
  serve(first);
}

/** Posts a message and wakes the thread it is for. */
export function send({ port, word }: BlockingAttachment, message: BlockingReply): void {
  port.postMessage(message);
  const counter = new Int32Array(word);
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
}

async function answer(attachment: BlockingAttachment, id: number, work: () => Promise<BlockingReply>): Promise<void> {
  try {
    send(attachment, await work());
  } catch (thrown) {
    send(attachment, { type: 'failed', id, error: toBiometricError(thrown).serialize() });
  }
}

async function run(winbio: WinBio, attachment: BlockingAttachment, { id, name, args }: Call): Promise<void> {
  const scratch = new LiveBlocks();
  /** The program gets a copy and frees that; ours is wiped here. */
  const handOut = (value: unknown): HandedOut => {
    if (typeof value !== 'object' || value === null) return { value, isBlock: false };
    const copy = scratch.issue(structuredClone(value));
    return { value: copy, isBlock: SUCCEEDED(winbio.WinBioFree(value)) };
  };
  const reply = (message: BlockingReply, handed: Iterable<HandedOut>) => {
    send(attachment, message);
    for (const { value, isBlock } of handed) if (isBlock) scratch.free(value);
  };
  const holders = new Map<number, Out<unknown>>();
  const buffers = new Map<number, Uint8Array>();
  const real = args.map((argument, i) => {
    switch (argument.kind) {
      case 'plain':
        if (argument.value instanceof Uint8Array) buffers.set(i, argument.value);
        return argument.value;
      case 'holder': {
        const holder = out<unknown>();
        holders.set(i, holder);
        return holder;
      }
      case 'symbol':
        return Symbol.for(argument.key);
      case 'context':
        return { whorlContext: argument.id };
      case 'window':
        return new ForwardingWindow(argument.words, (code, result) => {
          const handed = handOut(result);
          reply({ type: 'message', window: argument.id, code, result: handed }, [handed]);
        });
      case 'callback':
        return (...values: unknown[]) => {
          const handed = values.map(handOut);
          reply({ type: 'callback', callback: argument.id, args: handed }, handed);
        };
      default:
        return argument satisfies never;
    }
  });
  const functions = winbio as unknown as Record<string, (...values: unknown[]) => Promise<HRESULT>>;
  try {
    const hresult = (await functions[name]?.(...real)) ?? E_UNEXPECTED;
    const filled = new Map([...holders].map(([i, { value }]) => [i, handOut(value)] as const));
    reply({ type: 'returned', id, hresult, holders: filled, buffers }, filled.values());
  } catch (thrown) {
    send(attachment, { type: 'failed', id, error: toBiometricError(thrown).serialize() });
  }
}
