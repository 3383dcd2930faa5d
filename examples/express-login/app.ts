// A web application whose people register and log in with a finger at the reader of the machine it runs on, such as a
// counter or a kiosk. The server asks the reader: a page could claim anything.
import { randomBytes } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { BiometricError, isBiometricError, type OwnerIdentity, type Session, sameIdentity } from 'whorl';

/** How long the server waits for a finger. */
const PATIENCE_MS = 20_000;

export function loginApp(session: Session): Express {
  // An application keeps these in its database: whose GUID is whose, and who is logged in.
  const people = new Map<string, OwnerIdentity>();
  const loggedIn = new Map<string, string>();
  const app = express();
  app.use(express.json());

  app.post('/register', async (request, response) => {
    const { name } = request.body as { readonly name: string };
    if (people.has(name)) return void response.status(409).json({ error: 'the name is taken' });
    await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
    const signal = patience(request, response);
    for (let enough = false; !enough; ) enough = (await enrollment.capture({ signal })).kind === 'sufficient';
    const outcome = await enrollment.commit();
    if (outcome.kind === 'duplicate') return void response.status(409).json({ error: 'the finger is known already' });
    people.set(name, outcome.identity);
    response.status(201).json({ name });
  });

  // No name to type: the finger says who it is.
  app.post('/login', async (request, response) => {
    const outcome = await session.identify({ signal: patience(request, response) });
    if (outcome.kind === 'rejected') return void response.status(422).json({ advice: outcome.report?.advice ?? [] });
    const name = outcome.kind === 'identified' ? nameOf(outcome.identity) : undefined;
    if (name === undefined) return void response.status(401).json({ error: 'not registered' });
    const ticket = randomBytes(32).toString('base64url');
    loggedIn.set(ticket, name);
    response.cookie('ticket', ticket, { httpOnly: true, sameSite: 'strict' }).json({ name });
  });

  app.get('/me', (request, response) => {
    const ticket = /(?:^|; )ticket=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const name = loggedIn.get(ticket);
    if (name === undefined) return void response.status(401).json({ error: 'log in first' });
    response.json({ name });
  });

  // A code and a remedy for the kiosk's operator; 504 when no finger came.
  app.use((fault: unknown, _request: Request, response: Response, _next: () => void) => {
    const { name, code, remedy } = isBiometricError(fault) ? fault : new BiometricError('E_UNEXPECTED');
    if (!response.writableEnded) response.status(name === 'AbortError' ? 504 : 503).json({ code, remedy });
  });
  return app;

  function nameOf(identity: OwnerIdentity): string | undefined {
    return [...people].find(([, of]) => sameIdentity(of, identity))?.[0];
  }
}

/** Ends the wait for a finger when time is up, or when the page is gone. */
function patience(request: Request, response: Response): AbortSignal {
  const gone = new AbortController();
  request.socket.once('close', () => gone.abort());
  response.once('finish', () => gone.abort());
  return AbortSignal.any([gone.signal, AbortSignal.timeout(PATIENCE_MS)]);
}
