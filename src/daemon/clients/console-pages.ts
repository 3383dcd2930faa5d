/**
 * Serves the console's pages, and pairs a browser that comes with the token of a console address. The browser keeps the token
 * of its pairing in two halves: a cookie that no script reads, and a key in the storage of the page, which other
 * ports of this host do not get. Neither opens anything alone.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import cookies from '@fastify/cookie';
import files from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { OfferedPairing } from './console-links.ts';
import type { NewPairing } from './pairings.ts';

/** Whatever a page holds comes from here and is no text of the page itself; it is framed nowhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // The engine that compares two pictures in the page is WebAssembly; no text becomes a script by this.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Longest that a browser stays paired, seconds; a year. */
const COOKIE_LIFE_S = 365 * 24 * 60 * 60;

/** Built pages, beside the built service; from sources, what was built last. */
const FOLDERS = ['../../console/', '../../../packages/daemon/dist/console/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** What a page sends: the token of a console address, and the key it has already. */
const PAIRING = z.strictObject({ token: z.string().max(256), key: z.string().max(256).optional() });

/** What the pages need of the service. */
export interface ConsolePagesOptions {
  /** What the token of a console address pairs as; it serves once. */
  readonly takeLink: (token: string) => OfferedPairing | undefined;
  /** Whether the pages are served over TLS. */
  readonly isSecure: boolean;
  /** Makes a pairing and returns its token. */
  readonly pair: (pairing: NewPairing) => string;
  /** Whether the token is that of a pairing with the origin. */
  readonly isPaired: (token: string, origin: string) => boolean;
}

/** Origin of the pages a request was made to. */
export function ownOrigin(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

/** Token of a page's pairing, of its key and the cookie that the browser sends along; the key as it is without one. */
export function consoleToken(request: FastifyRequest, key: string | undefined): string | undefined {
  const cookie = request.cookies[cookieName(request)];
  return cookie === undefined || key === undefined ? key : cookie + key;
}

/** Characters of the token that go into the cookie: half of its bits. */
const COOKIE_CHARACTERS = 22;

/** Cookies do not know ports, and several services may serve one host. */
function cookieName(request: FastifyRequest): string {
  return `whorl-console-${request.port}`;
}

/** Adds the pages to a server. */
export async function serveConsole(server: FastifyInstance, options: ConsolePagesOptions): Promise<void> {
  await server.register(cookies);
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cross-origin-opener-policy': 'same-origin',
      // What pages of other origins may read says so itself.
      'cross-origin-resource-policy': reply.getHeader('cross-origin-resource-policy') ?? 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
  const root = FOLDERS.find((folder) => existsSync(`${folder}index.html`));
  if (root === undefined) {
    server.get('/', async (_request, reply) =>
      reply.code(503).send({ error: 'the console is not built: npm run build' }),
    );
  } else {
    await server.register(files, {
      root,
      // Compressed when they were built, so that nothing is computed here.
      preCompressed: true,
      cacheControl: false,
      // Names of assets change with what they hold; the page itself is asked for anew.
      setHeaders: (response, path) =>
        response.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    });
  }
  server.post('/pair', async (request, reply) => {
    const origin = ownOrigin(request);
    const body = PAIRING.safeParse(request.body);
    if (request.headers.origin !== origin || !body.success)
      return await reply.code(400).send({ error: 'not a pairing' });
    const offered = options.takeLink(body.data.token);
    if (offered === undefined) return await reply.code(403).send({ error: 'used or unknown: run whorl console' });
    const known = consoleToken(request, body.data.key);
    if (known !== undefined && options.isPaired(known, origin)) return await reply.send({ key: body.data.key });
    const token = options.pair({ ...offered, origin });
    reply.setCookie(cookieName(request), token.slice(0, COOKIE_CHARACTERS), {
      path: '/',
      httpOnly: true,
      secure: options.isSecure,
      sameSite: 'strict',
      maxAge: COOKIE_LIFE_S,
    });
    return await reply.send({ key: token.slice(COOKIE_CHARACTERS) });
  });
}
