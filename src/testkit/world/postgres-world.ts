/** Templates of a world in PostgreSQL, for running what is tested in memory on a server: `WHORL_TEST_POSTGRES`, a URL. */

import { randomBytes } from 'node:crypto';
import type { StorageAdapter, TemplateDatabase } from '../../adapters/storage-adapter.ts';

/** What was asked of servers, and how much of it is not answered. */
const asked = { calls: 0, open: 0 };

/** Calls that were made of servers, to see whether there were more. */
export function postgresCalls(): number {
  return asked.calls;
}

/** Resolves when servers have answered all that they were asked; at once where there is none. */
export async function postgresSettled(): Promise<void> {
  while (asked.open > 0) await new Promise<void>((resolve) => setTimeout(resolve, 1));
}

/** A storage with tables of its own on the server of the environment; undefined without one. */
export async function postgresOfEnvironment(): Promise<StorageAdapter | undefined> {
  const url = process.env.WHORL_TEST_POSTGRES;
  if (url === undefined) return undefined;
  const [{ PostgresConnection }, { PostgresStorageAdapter }, { makeTables }] = await Promise.all([
    import('../../storage/postgres/postgres-connection.ts'),
    import('../../storage/postgres/postgres-storage-adapter.ts'),
    import('../../storage/postgres/postgres-migration.ts'),
  ]);
  const schema = `world_${randomBytes(8).toString('hex')}`;
  const connection = new PostgresConnection({ url, schema, connections: 2 });
  await makeTables(connection);
  const storage = new PostgresStorageAdapter({ connection });
  const close = async () => {
    await storage.close();
    await connection.close();
  };
  return {
    info: storage.info,
    open: async (...given) => counted(await count(() => storage.open(...given))),
    erase: (...given) => storage.erase(...given),
    control: (...given) => storage.control(...given),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function count<T>(call: () => Promise<T>): Promise<T> {
  asked.calls += 1;
  asked.open += 1;
  try {
    return await call();
  } finally {
    asked.open -= 1;
  }
}

/** A database whose calls are counted. */
function counted(database: TemplateDatabase): TemplateDatabase {
  return new Proxy(database, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== 'function') return value;
      if (name === 'query' || name === 'changes')
        return (...given: unknown[]) => countedBatches(value.apply(target, given));
      if (name === 'watch' || typeof name === 'symbol') return value.bind(target);
      return (...given: unknown[]) => count(async () => (await value.apply(target, given)) as unknown);
    },
  });
}

async function* countedBatches<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await count(() => iterator.next());
      if (done === true) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
