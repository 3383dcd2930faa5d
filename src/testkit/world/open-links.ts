/** Chooses how processes reach the service of a scripted world. */

import { type HostLinks, MEMORY_LINKS } from './host-links.ts';
import { SocketLinks } from './socket-links.ts';

/** Transport of worlds that name none, so that a whole suite can be run over a socket. */
const DEFAULT_TRANSPORT = process.env.WHORL_TEST_TRANSPORT === 'socket' ? 'socket' : 'memory';

/** Opens the links of a world. Rejects with WHORL_E_CONFIGURATION when the socket cannot listen. */
export async function openLinks(transport: 'memory' | 'socket' = DEFAULT_TRANSPORT): Promise<HostLinks> {
  return transport === 'socket' ? await SocketLinks.open() : MEMORY_LINKS;
}
