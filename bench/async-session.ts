/** An asynchronous session of a service, with a promise for the next n notices. */

import type { WhorlService } from '../src/exports/whorl/index.ts';
import * as w from '../src/exports/whorl/winbio.ts';

/** The session. */
export interface AsyncSession {
  readonly winbio: w.WinBio;
  readonly handle: number;
  /** Resolves when this many more notices have come. */
  notice(count: number): Promise<void>;
  /** Starts something and waits for its notice. */
  once(start: () => Promise<number>): Promise<void>;
}

/** Opens a session. A notice that is neither a success nor a cancel fails the trial. */
export async function openAsyncSession(service: WhorlService): Promise<AsyncSession> {
  const winbio = w.bindWinBio(service);
  let missing = 0;
  let arrived = () => {};
  const callback = (result: w.WINBIO_ASYNC_RESULT) => {
    const expected = w.SUCCEEDED(result.ApiStatus) || result.ApiStatus === w.WINBIO_E_CANCELED;
    if (!expected) throw new TypeError(`an operation failed: ${result.ApiStatus}`);
    winbio.WinBioFree(result);
    missing -= 1;
    if (missing === 0) arrived();
  };
  const holder = w.out<number>();
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_FLAG_RAW: flags } = w;
  const method = w.WINBIO_ASYNC_NOTIFY_CALLBACK;
  const open = winbio.WinBioAsyncOpenSession;
  const hr = await open(
    factor,
    pool,
    flags,
    null,
    0,
    w.WINBIO_DB_DEFAULT,
    method,
    null,
    0,
    callback,
    null,
    false,
    holder,
  );
  if (w.FAILED(hr)) throw new TypeError(`the session did not open: ${hr}`);
  const notice = (count: number) => {
    missing = count;
    return new Promise<void>((resolve) => {
      arrived = resolve;
    });
  };
  return {
    winbio,
    handle: holder.value ?? 0,
    notice,
    once: async (start) => {
      const next = notice(1);
      void start();
      await next;
    },
  };
}

/** Asks for a property of a unit: the full path of an operation, without a sensor. */
export function getProperty({ winbio, handle }: AsyncSession): Promise<number> {
  const { WINBIO_PROPERTY_TYPE_UNIT: type, WINBIO_PROPERTY_SAMPLE_HINT: property } = w;
  return winbio.WinBioGetProperty(handle, type, property, 1, null, 0, null, null);
}

/** Microseconds from each cancel of a waiting capture to the last notice, after a warm-up. */
export async function cancelTimes(service: WhorlService, session: AsyncSession): Promise<number[]> {
  const { winbio, handle, notice } = session;
  const times: number[] = [];
  for (let i = 0; i < 1500; i++) {
    await winbio.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, null, null, null, null);
    // The answer to a later request shows that the capture is waiting.
    await service.units();
    const ended = notice(2);
    const start = performance.now();
    await winbio.WinBioCancel(handle);
    await ended;
    if (i >= 500) times.push(1000 * (performance.now() - start));
  }
  return times;
}
