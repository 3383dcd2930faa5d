import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { FINGERS } from '../../src/core/sub-factor.ts';
import * as w from '../../src/exports/whorl/winbio/blocking.ts';
import { startProcess, temporaryFolder } from '../daemon/start.ts';

const connect = () => w.connectBlocking({ embedded: { state: 'memory', engineThreads: 1 } });

function open({ winbio }: w.BlockingConnection, flags: number = w.WINBIO_FLAG_DEFAULT): number {
  const handle = w.out<number>();
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool } = w;
  expect(winbio.WinBioOpenSession(factor, pool, flags, null, 0, w.WINBIO_DB_DEFAULT, handle)).toBe(w.S_OK);
  return handle.value ?? 0;
}

/** Another thread of the process: it attaches, runs a script on the connection, and ends. */
function secondThread(connection: w.BlockingConnection, script: string): Promise<number> {
  const attachment = connection.attachment();
  const entry = new URL('../../src/exports/whorl/winbio/blocking.ts', import.meta.url).href;
  const code = `import { workerData } from 'node:worker_threads';
    const { attachBlocking } = await import(${JSON.stringify(entry)});
    const connection = attachBlocking(workerData.attachment);
    const { winbio } = connection;
    ${script}
    connection.detach();`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(url, { workerData: { attachment }, transferList: [attachment.port] });
  return new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
}

describe('whorl/winbio/blocking', () => {
  test('functions return their result and fill the holders', () => {
    using connection = connect();
    const units = w.out<w.WINBIO_UNIT_SCHEMA[] | null>();
    const count = w.out<number>();
    const { winbio } = connection;
    expect(winbio.WinBioEnumBiometricUnits(w.WINBIO_TYPE_FINGERPRINT, units, count)).toBe(w.S_OK);
    expect([count.value, units.value?.[0]?.UnitId, winbio.liveBlocks()]).toEqual([1, 1, 1]);
    expect([winbio.WinBioFree(units.value), winbio.WinBioFree(units.value)]).toEqual([w.S_OK, w.E_INVALIDARG]);
    expect(winbio.liveBlocks()).toBe(0);
  });

  test('a fault of the connection is thrown', () => {
    expect(() => w.connectBlocking({ address: '/nowhere/whorl.sock' })).toThrow(
      expect.objectContaining({ code: 'WHORL_E_SERVICE_NOT_RUNNING' }),
    );
  });

  test('works over the socket of a service as well', async () => {
    using folder = temporaryFolder();
    const daemon = await startProcess(folder.path);
    try {
      using connection = w.connectBlocking({ address: daemon.address });
      const handle = open(connection);
      const closing = secondThread(connection, `while (winbio.WinBioCancel(${handle}) === 0) await null;`);
      const unit = w.out<number>();
      expect(connection.winbio.WinBioLocateSensor(handle, unit)).toBe(w.WINBIO_E_CANCELED);
      expect(connection.winbio.WinBioCloseSession(handle)).toBe(w.S_OK);
      expect(await closing).toBe(0);
    } finally {
      await daemon.end('SIGTERM');
    }
  });

  test('bad arguments are results, also those that no thread can copy', () => {
    using connection = connect();
    const handle = open(connection);
    const { winbio } = connection;
    expect(winbio.WinBioIdentify(0, null, null, null, null)).toBe(w.E_HANDLE);
    expect(winbio.WinBioIdentify(handle, null, null, null, null)).toBe(w.E_POINTER);
    const uncloneable = new Proxy({}, {}) as never;
    expect(winbio.WinBioVerify(handle, uncloneable, 2, w.out(), w.out(), w.out())).toBe(w.E_INVALIDARG);
  });

  test('a legacy callback runs inside WinBioWait, with its context, and may not wait itself', () => {
    using connection = connect();
    const handle = open(connection, w.WINBIO_FLAG_RAW);
    const { winbio } = connection;
    const context = { own: Symbol('context') };
    const calls: unknown[] = [];
    const callback: w.PWINBIO_CAPTURE_CALLBACK = (given, status, unit, sample, size) => {
      calls.push(given === context, status, unit, sample?.length === size, winbio.WinBioWait(handle));
      expect(winbio.WinBioFree(sample)).toBe(w.S_OK);
    };
    const { WINBIO_NO_PURPOSE_AVAILABLE: purpose, WINBIO_DATA_FLAG_RAW: flags } = w;
    expect(winbio.WinBioCaptureSampleWithCallback(handle, purpose, flags, callback, context)).toBe(w.S_OK);
    connection.touch({ person: 1, finger: 'right-index' });
    expect(calls).toEqual([]);
    expect(winbio.WinBioWait(handle)).toBe(w.S_OK);
    expect(calls).toEqual([true, w.S_OK, 1, true, w.WINBIO_E_DEADLOCK_DETECTED]);
    expect(winbio.liveBlocks()).toBe(0);
  });

  test('a wait goes on for what a callback has started', () => {
    using connection = connect();
    const handle = open(connection);
    const { winbio } = connection;
    const statuses: number[] = [];
    const callback: w.PWINBIO_LOCATE_SENSOR_CALLBACK = (_, status) => {
      statuses.push(status);
      if (statuses.length > 1) return;
      expect(winbio.WinBioLocateSensorWithCallback(handle, callback)).toBe(w.S_OK);
      connection.touch({ person: 1, finger: 'right-index' });
    };
    winbio.WinBioLocateSensorWithCallback(handle, callback);
    connection.touch({ person: 1, finger: 'right-index' });
    winbio.WinBioWait(handle);
    expect(statuses).toEqual([w.S_OK, w.S_OK]);
  });

  test('notices of an asynchronous session come inside WinBioWait', () => {
    using connection = connect();
    const { winbio } = connection;
    const handle = w.out<number>();
    const userData = { own: true };
    const results: w.WINBIO_ASYNC_RESULT[] = [];
    const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool } = w;
    const { WINBIO_ASYNC_NOTIFY_CALLBACK: method } = w;
    const notice = (result: w.WINBIO_ASYNC_RESULT) => void results.push(result);
    const open = winbio.WinBioAsyncOpenSession;
    open(factor, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, method, null, 0, notice, userData, false, handle);
    const session = handle.value ?? 0;
    expect(winbio.WinBioEnrollBegin(session, FINGERS['right-index'], 1)).toBe(w.S_OK);
    expect(winbio.WinBioWait(session)).toBe(w.S_OK);
    expect(results.map(({ Operation, ApiStatus }) => [Operation, ApiStatus])).toEqual([
      [w.WINBIO_OPERATION_ENROLL_BEGIN, w.S_OK],
    ]);
    expect([results[0]?.UserData === userData, winbio.WinBioFree(results[0])]).toEqual([true, w.S_OK]);
    expect(winbio.liveBlocks()).toBe(0);
  });

  test('a second thread cancels what the first is blocked in', async () => {
    using connection = connect();
    const handle = open(connection);
    // The cancel is repeated until the flag says that there was something to cancel.
    const ended = new Int32Array(new SharedArrayBuffer(4));
    const attachment = connection.attachment();
    const entry = new URL('../../src/exports/whorl/winbio/blocking.ts', import.meta.url).href;
    const code = `import { workerData } from 'node:worker_threads';
      const { attachBlocking } = await import(${JSON.stringify(entry)});
      const connection = attachBlocking(workerData.attachment);
      while (Atomics.load(workerData.ended, 0) === 0) connection.winbio.WinBioCancel(workerData.handle);
      connection.detach();`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      workerData: { attachment, ended, handle },
      transferList: [attachment.port],
    });
    const exited = new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
    expect(connection.winbio.WinBioLocateSensor(handle, w.out())).toBe(w.WINBIO_E_CANCELED);
    Atomics.store(ended, 0, 1);
    expect(await exited).toBe(0);
    expect(connection.winbio.WinBioCloseSession(handle)).toBe(w.S_OK);
  });

  test('a second thread closes the connection under the first', async () => {
    using connection = connect();
    const handle = open(connection);
    const thread = secondThread(connection, 'connection.close();');
    const hr = connection.winbio.WinBioLocateSensor(handle, w.out());
    expect([w.WINBIO_E_CANCELED, w.WHORL_E_CONNECTION_LOST]).toContain(hr);
    expect(await thread).toBe(0);
    expect(connection.winbio.WinBioCancel(handle)).toBe(w.WHORL_E_CONNECTION_LOST);
  });

  test('a second thread touches the reader while the first is blocked', async () => {
    using connection = connect();
    const handle = open(connection);
    const touch = `while (connection.touch({ person: 1, finger: 'right-index' }) === 'lost');`;
    const thread = secondThread(connection, touch);
    const unit = w.out<number>();
    expect(connection.winbio.WinBioLocateSensor(handle, unit)).toBe(w.S_OK);
    expect([unit.value, await thread]).toEqual([1, 0]);
  });

  describe('messages', () => {
    const CODE = w.WM_APP + 1;

    /** An asynchronous session whose notices come to a window, the OPEN first. */
    function openToWindow({ winbio }: w.BlockingConnection, window: w.HWND, userData: unknown = null): number {
      const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_ASYNC_NOTIFY_MESSAGE: method } = w;
      const args = [factor, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, method, window, CODE, null, userData, true] as const;
      return winbio.WinBioAsyncOpenSession(...args, null);
    }

    test('a message loop: GetMessage blocks until a notice comes, and brings what the program gave', () => {
      using connection = connect();
      const { winbio } = connection;
      using window = connection.createMessageWindow();
      const userData = { own: Symbol('context'), act: () => 'acted' };
      expect(openToWindow(connection, window, userData)).toBe(w.S_OK);
      const seen: unknown[] = [];
      for (let message = window.getMessage(); message !== undefined; message = window.getMessage()) {
        const { SessionHandle, Operation, ApiStatus, UserData } = message.lParam;
        seen.push([message.message, message.hwnd === window, Operation, ApiStatus, UserData === userData]);
        if (Operation === w.WINBIO_OPERATION_OPEN) {
          expect(winbio.WinBioIdentify(SessionHandle, null, null, null, null)).toBe(w.S_OK);
          connection.touch({ person: 1, finger: 'right-index' });
        } else if (Operation === w.WINBIO_OPERATION_IDENTIFY) winbio.WinBioCloseSession(SessionHandle);
        expect(winbio.WinBioFree(message.lParam)).toBe(w.S_OK);
        if (Operation === w.WINBIO_OPERATION_CLOSE) break;
      }
      expect(seen).toEqual([
        [CODE, true, w.WINBIO_OPERATION_OPEN, w.S_OK, true],
        [CODE, true, w.WINBIO_OPERATION_IDENTIFY, w.WINBIO_E_UNKNOWN_ID, true],
        [CODE, true, w.WINBIO_OPERATION_CLOSE, w.S_OK, true],
      ]);
      expect(winbio.liveBlocks()).toBe(0);
    });

    test('PeekMessage does not block, GetMessage no longer than it may', () => {
      using connection = connect();
      using window = connection.createMessageWindow<string>();
      expect(window.peekMessage()).toBeUndefined();
      expect(window.getMessage({ timeoutMs: 20 })).toBeUndefined();
      expect(() => window.getMessage({ timeoutMs: -1 })).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
      expect(openToWindow(connection, window)).toBe(w.S_OK);
      // The notice of the open is counted before the next call is answered.
      while (window.length === 0) connection.winbio.WinBioGetEnabledSetting(w.out(), w.out());
      expect(window.postMessage(w.WM_APP + 2, 7, 'own')).toBe(true);
      expect([window.length, typeof window.peekMessage()?.lParam]).toEqual([2, 'object']);
      expect([window.peekMessage()?.lParam, window.length]).toEqual(['own', 0]);
      expect(() => window.postMessage(3, 0, 'own')).toThrow(/WM_APP/);
      const { winbio } = connection;
      const userData = Symbol('of the framework connection');
      const { WINBIO_ASYNC_NOTIFY_MESSAGE: method } = w;
      expect(winbio.WinBioAsyncOpenFramework(method, window, CODE, null, userData, true, null)).toBe(w.S_OK);
      const opened = window.getMessage()?.lParam as w.WINBIO_ASYNC_RESULT;
      expect([opened.Operation, opened.UserData]).toEqual([w.WINBIO_OPERATION_OPEN_FRAMEWORK, userData]);
    });

    test('a closed window frees what waits in it, and takes no session', () => {
      using connection = connect();
      const window = connection.createMessageWindow();
      expect(openToWindow(connection, window)).toBe(w.S_OK);
      while (window.length === 0) connection.winbio.WinBioGetEnabledSetting(w.out(), w.out());
      window.close();
      window.close();
      expect([window.open, window.length, connection.winbio.liveBlocks()]).toEqual([false, 0, 0]);
      expect(window.getMessage()).toBeUndefined();
      expect(openToWindow(connection, window)).toBe(w.E_INVALIDARG);
      expect(openToWindow(connection, w.createMessageWindow())).toBe(w.E_INVALIDARG);
    });

    test('who waits for a message goes on when another thread closes the connection', async () => {
      using connection = connect();
      using window = connection.createMessageWindow();
      const thread = secondThread(connection, 'connection.close();');
      expect(window.getMessage()).toBeUndefined();
      expect(await thread).toBe(0);
    });
  });
});
