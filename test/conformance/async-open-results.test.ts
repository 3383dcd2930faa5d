import { describe, expect, test } from 'vitest';
import { createHost, type Host, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { notices } from '../support/notices.ts';
import { openArguments, openAsync, type SessionChoice } from '../support/sessions.ts';

/** Opens in the background. */
function openLater(
  host: Host,
  process: HostProcess,
  choice: SessionChoice & { args?: Partial<{ factor: number }> } = {},
) {
  const collected = notices();
  const holder = w.out<number>();
  const [factor, ...rest] = openArguments(host, choice);
  const call = process.winbio.WinBioAsyncOpenSession(
    choice.args?.factor ?? factor,
    ...rest,
    w.WINBIO_ASYNC_NOTIFY_CALLBACK,
    null,
    0,
    collected.callback,
    'mine',
    true,
    holder,
  );
  return { call, holder, notices: collected };
}

describe('asynchronous open: results', () => {
  test('C-036: AsynchronousOpen FALSE: the outcome is the return value and the handle non-zero', async () => {
    await using host = await createHost();
    const { handle } = await openAsync(host, host.process());
    expect(handle).toBeGreaterThan(0);
  });

  test('C-037: AsynchronousOpen FALSE: no OPEN notice on success or failure', async () => {
    await using host = await createHost();
    const process = host.process();
    const opened = await openAsync(host, process);
    const failed = notices();
    const hr = await process.winbio.WinBioAsyncOpenSession(
      ...openArguments(host, { flags: w.WINBIO_FLAG_RAW }),
      w.WINBIO_ASYNC_NOTIFY_CALLBACK,
      null,
      0,
      failed.callback,
      null,
      false,
      w.out<number>(),
    );
    await host.settle();
    expect([hr, opened.notices.results.length, failed.results.length]).toEqual([w.E_ACCESSDENIED, 0, 0]);
  });

  test('C-038: AsynchronousOpen FALSE: the first notice is for an operation requested after the open', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    await process.winbio.WinBioLocateSensor(handle, null);
    await host.touch(1);
    expect((await collected.at(0)).Operation).toBe(w.WINBIO_OPERATION_LOCATE_SENSOR);
  });

  test('C-039: AsynchronousOpen TRUE returns S_OK without waiting, handle null', async () => {
    await using host = await createHost();
    const { call, holder, notices: collected } = openLater(host, host.process());
    // Filled inside the call, before anything can have been answered.
    expect(holder.value).toBe(0);
    expect(await call).toBe(w.S_OK);
    expect([holder.value, collected.results.length]).toEqual([0, 0]);
    await host.settle();
    expect([holder.value, collected.results.length]).toEqual([0, 1]);
  });

  test('C-040: AsynchronousOpen TRUE: the first notice has Operation OPEN', async () => {
    await using host = await createHost();
    const { notices: collected } = openLater(host, host.process());
    expect(await collected.at(0)).toMatchObject({ Operation: w.WINBIO_OPERATION_OPEN, ApiStatus: w.S_OK });
  });

  test('C-041: AsynchronousOpen TRUE: an error found after validation appears only in the notice', async () => {
    await using host = await createHost();
    const { call, notices: collected } = openLater(host, host.process(), { args: { factor: w.WINBIO_TYPE_VOICE } });
    expect(await call).toBe(w.S_OK);
    expect((await collected.at(0)).ApiStatus).toBe(w.WINBIO_E_UNSUPPORTED_FACTOR);
  });

  test.each([
    ['E_ACCESSDENIED', w.E_ACCESSDENIED, { flags: w.WINBIO_FLAG_RAW }],
    ['INVALID_UNIT', w.WINBIO_E_INVALID_UNIT, { privateUnits: [99] }],
    ['NOT_ACTIVE_CONSOLE', w.WINBIO_E_NOT_ACTIVE_CONSOLE, {}],
    ['SENSOR_UNAVAILABLE', w.WINBIO_E_SENSOR_UNAVAILABLE, { privateUnits: [1] }],
    ['DISABLED', w.WINBIO_E_DISABLED, {}],
  ] as [string, number, SessionChoice][])('C-042: %s is notified, not returned', async (name, hresult, choice) => {
    await using host = await createHost({ readers: 2 });
    const other = host.process({ administrator: true });
    if (name === 'SENSOR_UNAVAILABLE') await openAsync(host, other, { privateUnits: [1] });
    if (name === 'DISABLED') host.policy = { ...host.policy, enabled: { value: false, source: 2 } };
    const process = host.process({ remote: name === 'NOT_ACTIVE_CONSOLE' });
    const { call, notices: collected } = openLater(host, process, choice);
    expect(await call).toBe(w.S_OK);
    expect(await collected.at(0)).toMatchObject({ Operation: w.WINBIO_OPERATION_OPEN, ApiStatus: hresult });
  });

  test('C-043: AsynchronousOpen TRUE with bad arguments returns the error at once, no notice', async () => {
    await using host = await createHost();
    const { call, notices: collected } = openLater(host, host.process(), { flags: w.WINBIO_FLAG_BASIC });
    expect(await call).toBe(w.E_INVALIDARG);
    await host.settle();
    expect(collected.results).toHaveLength(0);
  });

  test('C-044: a successful OPEN notice carries the handle, a failed one 0 and nothing follows', async () => {
    await using host = await createHost();
    const process = host.process();
    const good = openLater(host, process);
    const { SessionHandle } = await good.notices.at(0);
    expect(SessionHandle).toBeGreaterThan(0);
    expect(await process.winbio.WinBioCancel(SessionHandle)).toBe(w.S_OK);
    const bad = openLater(host, process, { flags: w.WINBIO_FLAG_RAW });
    expect(await bad.notices.at(0)).toMatchObject({ SessionHandle: 0, ApiStatus: w.E_ACCESSDENIED });
    await host.settle();
    expect(bad.notices.results).toHaveLength(1);
  });

  test('C-045: AsynchronousOpen does not influence later calls', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const later = openLater(host, process);
    const { SessionHandle } = await later.notices.at(0);
    const now = await openAsync(host, process);
    const seen: unknown[] = [];
    for (const [handle, collected, first] of [
      [SessionHandle, later.notices, 1],
      [now.handle, now.notices, 0],
    ] as const) {
      expect(await winbio.WinBioIdentify(handle, null, null, null, null)).toBe(w.S_OK);
      await host.touch(5);
      const { Operation, ApiStatus, SequenceNumber } = await collected.at(first);
      expect(await winbio.WinBioCloseSession(handle)).toBe(w.S_OK);
      const close = await collected.at(first + 1);
      seen.push([Operation, ApiStatus, SequenceNumber, close.Operation, close.SequenceNumber]);
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  test('C-046: a failed open leaves SessionHandle null in every mode', async () => {
    await using host = await createHost();
    const process = host.process();
    for (const [flags, asynchronousOpen] of [
      [w.WINBIO_FLAG_RAW, false],
      [w.WINBIO_FLAG_RAW, true],
      [w.WINBIO_FLAG_BASIC, false],
      [w.WINBIO_FLAG_BASIC, true],
    ] as const) {
      const holder: w.Out<number> = { value: 4711 };
      await process.winbio.WinBioAsyncOpenSession(
        ...openArguments(host, { flags }),
        w.WINBIO_ASYNC_NOTIFY_CALLBACK,
        null,
        0,
        () => {},
        null,
        asynchronousOpen,
        holder,
      );
      await host.settle();
      expect(holder.value).toBe(0);
    }
  });

  test('C-047: UserData is returned unchanged in every result', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const userData = Object.freeze({ bytes: Uint8Array.of(1, 2, 3), self: undefined as unknown });
    const collected = notices();
    await winbio.WinBioAsyncOpenSession(
      ...openArguments(host),
      w.WINBIO_ASYNC_NOTIFY_CALLBACK,
      null,
      0,
      collected.callback,
      userData,
      true,
      null,
    );
    const { SessionHandle } = await collected.at(0);
    await winbio.WinBioIdentify(SessionHandle, null, null, null, null);
    await winbio.WinBioCancel(SessionHandle);
    await winbio.WinBioCloseSession(SessionHandle);
    await collected.at(3);
    expect(collected.results.map(({ Operation }) => Operation)).toEqual([
      w.WINBIO_OPERATION_OPEN,
      w.WINBIO_OPERATION_IDENTIFY,
      w.WINBIO_OPERATION_NONE,
      w.WINBIO_OPERATION_CLOSE,
    ]);
    for (const result of collected.results) {
      expect(result.UserData).toBe(userData);
      winbio.WinBioFree(result);
    }
    // Freeing a result does not touch it either.
    expect([...userData.bytes]).toEqual([1, 2, 3]);
  });

  const windowSession = async (host: Host, process: HostProcess) => {
    const window = w.createMessageWindow();
    await process.winbio.WinBioAsyncOpenSession(
      ...openArguments(host),
      w.WINBIO_ASYNC_NOTIFY_MESSAGE,
      window,
      w.WM_APP + 7,
      null,
      'mine',
      true,
      null,
    );
    return { window, message: await window.getMessage() };
  };

  test('C-048: with MESSAGE the notice is a posted message with the window, the code and the result', async () => {
    await using host = await createHost();
    const { window, message } = await windowSession(host, host.process());
    expect(message?.hwnd).toBe(window);
    expect(message?.message).toBe(w.WM_APP + 7);
    expect(message?.lParam).toMatchObject({ Operation: w.WINBIO_OPERATION_OPEN, ApiStatus: w.S_OK, UserData: 'mine' });
    expect(window.peekMessage()).toBeUndefined();
  });

  test('C-049: WPARAM of the message is 0', async () => {
    await using host = await createHost();
    expect((await windowSession(host, host.process())).message?.wParam).toBe(0);
  });

  test('C-050: each result is released by the client with WinBioFree', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices: collected } = await openAsync(host, process);
    await winbio.WinBioIdentify(handle, null, null, null, null);
    await winbio.WinBioCancel(handle);
    await winbio.WinBioCloseSession(handle);
    await collected.at(2);
    expect(winbio.liveBlocks()).toBe(3);
    expect(collected.results.map((result) => winbio.WinBioFree(result))).toEqual([w.S_OK, w.S_OK, w.S_OK]);
    expect(winbio.liveBlocks()).toBe(0);
  });
});
