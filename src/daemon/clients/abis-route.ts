/** `POST /abis`: what a registry asks, and its answer. */

import type { FastifyPluginAsync } from 'fastify';
import type { OpenAbis } from '../../composition/abis/open-abis.ts';

/** A request names thousands of references at most. */
const MOST_BYTES = 1 << 20;

/** The route. Whoever has no token is refused before the request is read. */
export function abisRoute({ answer, admits }: Required<Pick<OpenAbis, 'answer' | 'admits'>>): FastifyPluginAsync {
  return async (server) => {
    // Bytes, whatever they are said to be: what is no JSON is answered as any other fault.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    server.addHook('onRequest', async (request, reply) => {
      if (admits?.(request.headers.authorization) === true) return;
      await reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .send({ error: 'the token of abis.http is missing or wrong' });
    });
    server.post('/abis', { bodyLimit: MOST_BYTES }, async ({ body }, reply) => {
      const response = await answer(body instanceof Uint8Array ? body : new Uint8Array());
      return reply.type('application/json').send(response);
    });
  };
}
