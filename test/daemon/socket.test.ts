import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, stayConnected } from '../../src/exports/whorl/index.ts';
import { decodeFrame, encodeFrame } from '../../src/protocol/binary-codec.ts';
import { FrameSplitter } from '../../src/protocol/frame-splitter.ts';
import { PROTOCOL_VERSION, type ServiceMessage } from '../../src/protocol/messages.ts';
import { startHere, startProcess, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** A client that sends arbitrary messages; resolves to the answers it got before the connection ended. */
async function rawClient(address: string, say: (socket: Socket) => void): Promise<readonly ServiceMessage[]> {
  const socket = createConnection(address);
  socket.on('error', () => {});
  await once(socket, 'connect');
  const heard: ServiceMessage[] = [];
  const splitter = new FrameSplitter(1 << 20);
  socket.on('data', (bytes) => {
    for (const content of splitter.push(bytes)) heard.push(decodeFrame(content) as ServiceMessage);
  });
  say(socket);
  await once(socket, 'close');
  return heard;
}

describe('staying connected', () => {
  test('work goes on with the next life of the service, and ends with what it resolves to', async () => {
    let daemon = await startHere(folder.path);
    const { address } = daemon;
    const unreachable: unknown[] = [];
    let lives = 0;
    const restarted = Promise.withResolvers<void>();
    const working = stayConnected(
      () => connect({ address }),
      async (service, lost) => {
        lives += 1;
        if (lives === 2) return (await service.units()).length;
        restarted.resolve();
        await once(lost, 'abort');
        // Operations begun on a connection fail when it is lost.
        return (await service.units()).length;
      },
      { onUnreachable: (cause) => unreachable.push(cause) },
    );
    await restarted.promise;
    await daemon[Symbol.asyncDispose]();
    daemon = await startHere(folder.path);
    expect(await working).toBe(1);
    expect(lives).toBe(2);
    expect(unreachable[0]).toMatchObject({ code: 'WHORL_E_CONNECTION_LOST' });
    await daemon[Symbol.asyncDispose]();
  });

  test('an abort ends it, while it works and while nothing answers; any other fault too', async () => {
    const stop = new AbortController();
    const address = join(folder.path, 'nobody.sock');
    const nowhere = stayConnected(
      () => connect({ address }),
      async () => {},
      { signal: stop.signal },
    );
    await using daemon = await startHere(folder.path);
    const here = () => connect({ address: daemon.address });
    const working = stayConnected(here, (_, lost) => once(lost, 'abort').then(() => lost.throwIfAborted()), {
      signal: stop.signal,
    });
    const faulty = stayConnected(here, () => Promise.reject(new RangeError('of the work')));
    await expect(faulty).rejects.toThrow('of the work');
    stop.abort(new RangeError('enough'));
    await expect(nowhere).rejects.toThrow('enough');
    await expect(working).rejects.toThrow('enough');
  });
});

describe('a daemon', () => {
  test('serves two processes, one finger each in its turn', async () => {
    await using daemon = await startHere(folder.path);
    const { address } = daemon;
    await using first = await connect({ address });
    await using second = await connect({ address });
    const [a, b] = await Promise.all([first.openSession(), second.openSession()]);
    const early = a.identify();
    // An answer shows that the service has received the earlier request.
    await first.units();
    const late = b.identify();
    await second.units();
    const reader = first.virtualReader();
    // The last to ask has the focus; then it goes back.
    await reader.touch({ person: 1, finger: 'right-index' });
    expect((await late).kind).toBe('unknown-identity');
    await reader.touch({ person: 1, finger: 'right-index', impression: 1 });
    expect((await early).kind).toBe('unknown-identity');
  });

  test('gives back at once what a client held that is gone', async () => {
    await using daemon = await startHere(folder.path);
    const { address } = daemon;
    const first = await connect({ address });
    const holder = await first.openSession();
    const [unit] = await first.units();
    await holder.lockUnit(unit!.unitId);
    await using second = await connect({ address });
    await using session = await second.openSession();
    const lock = session.lockUnit(unit!.unitId);
    first.channel.close();
    await lock;
  });

  test('cancels what waits and says so when it ends', async () => {
    const daemon = await startProcess(folder.path);
    await using service = await connect({ address: daemon.address });
    await using session = await service.openSession();
    const waiting = session.identify();
    await service.units();
    const [code] = await Promise.all([
      daemon.end('SIGTERM'),
      expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' }),
    ]);
    expect(code).toBe(0);
    await expect(service.units()).rejects.toMatchObject({ code: 'WHORL_E_CONNECTION_LOST' });
  });

  test('can be waited for', async () => {
    const address = join(folder.path, 'whorl.sock');
    const coming = connect({ address, waitMs: 10_000 });
    await using _daemon = await startHere(folder.path);
    await using service = await coming;
    expect(await service.units()).toHaveLength(1);
  });

  test('that does not run is a stage of its own', async () => {
    await expect(connect({ address: join(folder.path, 'whorl.sock') })).rejects.toMatchObject({
      code: 'WHORL_E_SERVICE_NOT_RUNNING',
      stage: 'reach',
      message: expect.stringContaining(folder.path),
      remedy: 'Start the service: whorl serve. Or embed one in this process: connect({ embedded: true }).',
    });
  });

  test('owns its state directory, and says who it is', async () => {
    await using _daemon = await startHere(folder.path);
    await expect(startHere(folder.path)).rejects.toMatchObject({
      code: 'WHORL_E_STATE_LOCKED',
      message: expect.stringContaining(String(process.pid)),
    });
  });

  test('takes over the socket of one that was killed', async () => {
    const killed = await startProcess(folder.path);
    expect(await killed.end('SIGKILL')).toBe('SIGKILL');
    expect(statSync(killed.address).isSocket()).toBe(true);
    await using daemon = await startHere(folder.path);
    await using service = await connect({ address: daemon.address });
    expect(await service.units()).toHaveLength(1);
  });

  test('has a socket for its user alone', async () => {
    await using daemon = await startHere(folder.path);
    expect(statSync(daemon.address).mode & 0o077).toBe(0);
  });

  test.each([
    [{ access: { users: ['alice'] } }, /socket: other users cannot reach/],
    [{ socket: `/tmp/${'x'.repeat(120)}` }, /socket: 125 bytes, at most 107/],
    [{ readers: [{ kind: 'module', module: 'no-such-reader' }] }, /adapter no-such-reader/],
    [{ keys: { environment: 'WHORL_NO_SUCH_KEY' } }, /WHORL_NO_SUCH_KEY is not set/],
    [{ keys: { command: ['false'] } }, /keys.command: false failed/],
    [{ http: { port: 70_000 } }, /http.port: give 0 to 65535/],
    [{ colour: 'red' }, /colour: there is no such field/],
  ] as const)('says what is wrong with %j', async (change, message) => {
    await expect(startHere(folder.path, change as object)).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
      message: expect.stringMatching(message),
    });
  });

  test('does not repeat a key that is malformed', async () => {
    await using _daemon = await startHere(folder.path);
    await _daemon[Symbol.asyncDispose]();
    writeFileSync(join(folder.path, 'keys', 'master.keys'), 'c0ffee');
    const failure = await startHere(folder.path).catch((thrown: Error) => thrown);
    expect(String(failure)).toContain('64 hexadecimal digits');
    expect(String(failure)).not.toContain('c0ffee');
  });
});

describe('a client that breaks the protocol', () => {
  const hello = encodeFrame({ type: 'hello', version: PROTOCOL_VERSION });

  test('of another version is told so', async () => {
    await using daemon = await startHere(folder.path);
    const heard = await rawClient(daemon.address, (socket) => {
      socket.write(encodeFrame({ type: 'hello', version: 99 }));
    });
    expect(heard).toMatchObject([{ type: 'refused', error: { stage: 'version' } }]);
  });

  test('that does not greet is told so', async () => {
    await using daemon = await startHere(folder.path);
    const heard = await rawClient(daemon.address, (socket) => {
      socket.write(encodeFrame({ type: 'call', id: 1, request: { kind: 'get-setting', setting: 'enabled' } }));
    });
    expect(heard).toMatchObject([{ type: 'refused', error: { stage: 'request' } }]);
  });

  test.each([
    ['a field too many', { type: 'call', id: 1, request: { kind: 'get-setting', setting: 'enabled', more: 1 } }],
    ['an unknown operation', { type: 'submit', id: 1, handle: 1, request: { kind: 'format-disk' } }],
    ['a text for a number', { type: 'submit', id: 1, handle: 'x', request: { kind: 'identify' } }],
    ['no message', 7],
  ])('with %s is given up, and nobody else', async (_, message) => {
    await using daemon = await startHere(folder.path);
    await using other = await connect({ address: daemon.address });
    const heard = await rawClient(daemon.address, (socket) => {
      socket.write(hello);
      socket.once('data', () => socket.write(encodeFrame(message)));
    });
    expect(heard).toEqual([{ type: 'welcome', version: PROTOCOL_VERSION }]);
    expect(await other.units()).toHaveLength(1);
    expect(await daemon.metrics()).toContain('whorl_connection_faults_total{code="WHORL_E_PROTOCOL"} 1');
  });

  test('with a frame that is too large is given up before it is sent', async () => {
    await using daemon = await startHere(folder.path);
    await rawClient(daemon.address, (socket) => socket.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0)));
  });
});
