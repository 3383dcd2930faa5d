/** Requests of a registry over NATS: services with one name share them. */

import type { Logger } from '../../core/logger.ts';
import type { MatchTransport } from '../../matching/transport/match-transport.ts';
import type { Abis } from './abis.ts';

/** Takes requests until it is disposed of; answers go to who asked, or to `abis.<name>.responses` where nobody waits. */
export function takeAbisRequests(
  abis: Pick<Abis, 'answer'>,
  transport: Pick<MatchTransport, 'subscribe' | 'publish' | 'connected'>,
  { name, logger }: { readonly name: string; readonly logger: Logger },
): Disposable {
  const answered = `abis.${name}.responses`;
  const listener = async (bytes: Uint8Array, answer: ((bytes: Uint8Array) => void) | undefined): Promise<void> => {
    const response = await abis.answer(bytes);
    if (!transport.connected) logger.warn('an answer to the registry is lost: the message server is not reached');
    if (answer !== undefined) answer(response);
    else transport.publish(answered, response);
  };
  return transport.subscribe(`abis.${name}.requests`, (bytes, answer) => void listener(bytes, answer), `abis.${name}`);
}
