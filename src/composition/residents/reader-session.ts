/** A session of a resident on one reader, whichever unit it has now. */

import { WINBIO_POOL_PRIVATE, WINBIO_POOL_SYSTEM, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { DatabaseId, UnitId } from '../../core/identifiers.ts';
import type { OpenSessionRequest } from '../../core/operation-request.ts';
import type { Service } from '../../service/service.ts';
import type { ResidentClient } from './resident-client.ts';

/** Number of the reader's unit now; undefined while it is unplugged. */
export function unitOf(service: Service, reader: string): UnitId | undefined {
  return service.activity.find(({ name }) => name === reader)?.unitId;
}

/** Opens one: on the system pool, or on a private pool of this database. Rejects with what the service refuses it with. */
export async function openOnReader(
  client: ResidentClient,
  { reader, unitId }: { readonly reader: string; readonly unitId: UnitId },
  databaseId?: DatabaseId,
): Promise<number> {
  const common = {
    kind: 'open-session',
    handleKind: 'asynchronous',
    factor: WINBIO_TYPE_FINGERPRINT,
    flags: 0,
  } as const;
  const request: OpenSessionRequest =
    databaseId === undefined
      ? { ...common, poolType: WINBIO_POOL_SYSTEM, units: null, unitCount: 0, database: null, readers: [reader] }
      : { ...common, poolType: WINBIO_POOL_PRIVATE, units: [unitId], unitCount: 1, database: { databaseId } };
  return await client.openSession(request);
}

/** Resolves when a unit has come or gone or changed, when the time is over, or when it is aborted. */
export async function nextUnitChange(service: Service, signal: AbortSignal, mostMs: number): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      subscription[Symbol.dispose]();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, mostMs).unref();
    const subscription = service.onUnitChange(finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
