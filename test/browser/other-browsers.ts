/**
 * Browsers that Playwright cannot drive as Debian ships them, through the standards that they speak: Firefox through
 * WebDriver BiDi, WebKit through WebDriver. Only what a walk through the console needs: go somewhere, run a script there.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A page of some browser. */
export interface DrivenPage extends AsyncDisposable {
  goto(url: string): Promise<void>;
  /** Runs the body of a function in the page; resolves with what it returns, which is a text, a number or a flag. */
  run(body: string): Promise<unknown>;
}

/** Path of a program in the PATH. */
export function programPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A headless Firefox, through WebDriver BiDi. */
export async function openFirefox(path: string): Promise<DrivenPage> {
  const profile = mkdtempSync(join(tmpdir(), 'whorl-firefox-'));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await lineWith(child, /WebDriver BiDi listening on (ws:\/\/\S+)/);
  const socket = new WebSocket(`${address}/session`);
  await once(socket, 'open');
  let last = 0;
  const waiting = new Map<number, (answer: BidiAnswer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as BidiAnswer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  const ask = async (method: string, params: object): Promise<Readonly<Record<string, unknown>>> => {
    last += 1;
    const id = last;
    const answer = await new Promise<BidiAnswer>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.type !== 'success') throw new TypeError(`${method}: ${answer.error}: ${answer.message}`);
    return answer.result ?? {};
  };
  await ask('session.new', { capabilities: {} });
  const { contexts } = (await ask('browsingContext.getTree', {})) as { contexts: readonly { context: string }[] };
  const context = contexts[0]?.context ?? '';
  await ask('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });
  return {
    async goto(url) {
      await ask('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async run(body) {
      const functionDeclaration = `async () => { ${body} }`;
      const answer = await ask('script.callFunction', {
        functionDeclaration,
        awaitPromise: true,
        target: { context },
        userActivation: true,
      });
      const { type, result, exceptionDetails } = answer as unknown as BidiResult;
      if (type !== 'success') throw new TypeError(exceptionDetails?.text ?? type);
      return result?.value;
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await ended(child);
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

interface BidiAnswer {
  readonly id?: number;
  readonly type: string;
  readonly error?: string;
  readonly message?: string;
  readonly result?: Readonly<Record<string, unknown>>;
}

interface BidiResult {
  readonly type: string;
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

/** A WebKit browser on a display of its own, through WebDriver. */
export async function openWebKit(driverPath: string, browserPath: string, display: string): Promise<DrivenPage> {
  const screen = spawn(display, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(createInterface({ input: screen.stdio[3] as NodeJS.ReadableStream }), 'line')) as [
    string,
  ];
  const port = await freePort();
  const driver = spawn(driverPath, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: 'x11', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  });
  const base = `http://127.0.0.1:${port}`;
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new TypeError(`${path}: ${JSON.stringify(value)}`);
    return value;
  };
  await answered(() => ask('GET', '/status'));
  const options = { binary: browserPath, args: ['--automation'] };
  const { sessionId } = (await ask('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options, timeouts: { script: 30_000 } } },
  })) as { sessionId: string };
  const session = `/session/${sessionId}`;
  return {
    async goto(url) {
      await ask('POST', `${session}/url`, { url });
    },
    async run(body) {
      // An asynchronous script answers by its last argument.
      const script = `const done = arguments[0]; (async () => { ${body} })().then(done, (thrown) => done('thrown: ' + thrown));`;
      const value = await ask('POST', `${session}/execute/async`, { script, args: [] });
      if (typeof value === 'string' && value.startsWith('thrown: ')) throw new TypeError(value);
      return value;
    },
    async [Symbol.asyncDispose]() {
      await ask('DELETE', session).catch(() => undefined);
      await ended(driver);
      await ended(screen);
    },
  };
}

/** The first group of a line that a process writes to its error output. */
async function lineWith(child: ChildProcess, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: child.stderr! })) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  throw new TypeError('the browser ended at once');
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Asks until there is an answer: a driver that has just started listens a moment later. */
async function answered(ask: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isThere = await ask().then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new TypeError('the driver does not answer');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
