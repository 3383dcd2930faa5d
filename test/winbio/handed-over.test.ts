/** Whatever the interface hands over goes back when it cannot be delivered, and whatever a callback fails with is told. */

import { expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';

type Host = Awaited<ReturnType<typeof createHost>>;

/** Opens in the background, a private pool of unit 1, with messages to a window. */
function openLater(host: Host, process: ReturnType<Host['process']>, window: w.MessageWindow): Promise<w.HRESULT> {
  return process.winbio.WinBioAsyncOpenSession(
    w.WINBIO_TYPE_FINGERPRINT,
    w.WINBIO_POOL_PRIVATE,
    0,
    [1],
    1,
    host.privateDatabaseId,
    w.WINBIO_ASYNC_NOTIFY_MESSAGE,
    window,
    w.WM_APP,
    null,
    null,
    true,
    null,
  );
}

/** Whether another process can have unit 1 now. */
async function canTakeUnit(host: Host): Promise<boolean> {
  const session = await host
    .process({ administrator: true })
    .service.openSession({ pool: 'private', databaseId: host.privateDatabaseId, unitIds: [1] })
    .catch(() => undefined);
  await session?.close();
  return session !== undefined;
}

test('a closed window takes no notices, so no open begins', async () => {
  await using host = await createHost();
  const process = host.process({ administrator: true });
  const window = w.createMessageWindow();
  window.close();
  expect(await openLater(host, process, window)).toBe(w.E_INVALIDARG);
  expect(await canTakeUnit(host)).toBe(true);
});

test('a session whose OPEN nobody can take is closed again, and its unit is free', async () => {
  await using host = await createHost();
  const process = host.process({ administrator: true });
  const window = w.createMessageWindow();
  expect(await openLater(host, process, window)).toBe(w.S_OK);
  window.close();
  await host.settle();
  expect(await canTakeUnit(host)).toBe(true);
  expect(process.winbio.liveBlocks()).toBe(0);
  expect(host.idle).toBe(true);
});

test('an asynchronous callback that rejects is reported, and the next notice comes', async () => {
  await using host = await createHost();
  const errors: string[] = [];
  const process = host.process({ onCallbackError: ({ message, cause }) => errors.push(`${message} ${String(cause)}`) });
  const session = w.out(0);
  const operations: number[] = [];
  const onNotice = async (result: w.WINBIO_ASYNC_RESULT) => {
    operations.push(result.Operation);
    process.winbio.WinBioFree(result);
    throw new TypeError('a mistake of the program');
  };
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_ASYNC_NOTIFY_CALLBACK: method } = w;
  const open = process.winbio.WinBioAsyncOpenSession;
  await open(factor, pool, 0, null, 0, null, method, null, 0, onNotice, null, false, session);
  for (const _ of [1, 2]) {
    await process.winbio.WinBioLocateSensor(session.value, w.out());
    await host.touch(1);
  }
  expect(operations).toEqual([w.WINBIO_OPERATION_LOCATE_SENSOR, w.WINBIO_OPERATION_LOCATE_SENSOR]);
  expect(errors).toHaveLength(2);
  expect(errors[0]).toContain('a mistake of the program');
});

test.each([
  ['an array', [1, 2]],
  ['a Uint32Array', Uint32Array.of(1, 2)],
])('units are taken from %s', async (_, units) => {
  await using host = await createHost({ readers: 3 });
  const process = host.process({ administrator: true });
  const session = w.out(0);
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_PRIVATE: pool } = w;
  const open = process.winbio.WinBioOpenSession(factor, pool, 0, units, 2, host.privateDatabaseId, session);
  await host.settle();
  expect(await open).toBe(w.S_OK);
  const taken = (await process.service.units()).filter(({ poolType }) => poolType === pool);
  expect(taken.map(({ unitId }) => unitId)).toEqual([1, 2]);
});

test('handles and blocks belong to the connection, whichever binding opened or made them', async () => {
  await using host = await createHost();
  const { winbio, service } = host.process();
  const other = w.bindWinBio(service);
  const [session, units, count] = [w.out(0), w.out<w.WINBIO_UNIT_SCHEMA[] | null>(null), w.out(0)];
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool } = w;
  expect(await winbio.WinBioOpenSession(factor, pool, 0, null, 0, null, session)).toBe(w.S_OK);
  expect(await winbio.WinBioEnumBiometricUnits(factor, units, count)).toBe(w.S_OK);
  expect(other.liveBlocks()).toBe(1);
  expect(other.WinBioFree(units.value)).toBe(w.S_OK);
  expect(await other.WinBioCloseSession(session.value)).toBe(w.S_OK);
  expect(await winbio.WinBioCloseSession(session.value)).toBe(w.E_HANDLE);
});
