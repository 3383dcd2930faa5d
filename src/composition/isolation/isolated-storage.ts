/** A storage that runs in a process of its own. Its databases are opened again in the next one when it ends. */

import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import type {
  DatabaseDescriptor,
  NewRecord,
  StorageAdapter,
  StorageInfo,
  StoredRecord,
  TemplateDatabase,
} from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { AdapterProcess } from './adapter-process.ts';
import type { ObjectFacts } from './host-messages.ts';
import { type IsolationParts, SupervisedAdapter } from './supervised-adapter.ts';

export class IsolatedStorage implements StorageAdapter {
  readonly #adapter: SupervisedAdapter;

  private constructor(adapter: SupervisedAdapter) {
    this.#adapter = adapter;
  }

  static async start(parts: IsolationParts): Promise<IsolatedStorage> {
    return new IsolatedStorage(await SupervisedAdapter.start({ ...parts, endCode: 'WINBIO_E_DEVICE_FAILURE' }));
  }

  get info(): StorageInfo {
    // What a module shares with other services is not followed across processes.
    const { attributes, durable } = this.#adapter.facts.about as StorageInfo;
    return { attributes, durable };
  }

  async open(descriptor: DatabaseDescriptor, { create }: { readonly create: boolean }): Promise<TemplateDatabase> {
    const process = await this.#adapter.running();
    const object = this.#adapter.nextObject();
    const facts = await process.call<ObjectFacts>(0, 'open', [descriptor, { create }], { keep: object });
    return isolatedDatabase(this.#adapter, descriptor, { process, object, facts });
  }

  erase(descriptor: DatabaseDescriptor): Promise<void> {
    return this.#adapter.call('erase', [descriptor]);
  }

  control(request: Parameters<StorageAdapter['control']>[0], { signal }: AdapterOptions) {
    return this.#adapter.call<Awaited<ReturnType<StorageAdapter['control']>>>('control', [request], { signal });
  }

  close(): Promise<void> {
    return this.#adapter.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** A database as it is open in one process. */
interface Opened {
  readonly process: AdapterProcess;
  readonly object: number;
  readonly facts: ObjectFacts;
}

function isolatedDatabase(adapter: SupervisedAdapter, asked: DatabaseDescriptor, first: Opened): TemplateDatabase {
  let opened: Opened | Promise<Opened> = first;
  let last = first;
  let closed = false;
  const current = async (): Promise<Opened> => {
    if (closed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the database is closed');
    const process = await adapter.running();
    if (last.process !== process && !(opened instanceof Promise)) {
      const object = adapter.nextObject();
      const opening = process.call<ObjectFacts>(0, 'open', [asked, { create: false }], { keep: object });
      opened = opening.then((facts) => ({ process, object, facts }));
    }
    try {
      last = await opened;
    } finally {
      // One that could not be opened is tried again at the next call.
      opened = last;
    }
    return last;
  };
  const call = async <T>(method: string, ...args: readonly unknown[]): Promise<T> => {
    const { process, object } = await current();
    return await process.call<T>(object, method, args);
  };
  return {
    descriptor: first.facts.about as DatabaseDescriptor,
    add: (record) => call('add', record),
    ...(first.facts.members.includes('addAll') && {
      addAll: (records: readonly NewRecord[]) => call<readonly number[]>('addAll', records),
    }),
    replace: (record, template) => call('replace', record, template),
    delete: (selector) => call('delete', selector),
    query: (selector) => batches(adapter, current, selector),
    count: () => call('count'),
    close: async () => {
      if (closed) return;
      closed = true;
      const { process, object } = last;
      if (!process.running) return;
      await process.call(object, 'close', []);
      process.release(object);
    },
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}

async function* batches(
  adapter: SupervisedAdapter,
  current: () => Promise<Opened>,
  selector: unknown,
): AsyncGenerator<readonly StoredRecord[]> {
  const { process, object } = await current();
  const [query, iterator] = [adapter.nextObject(), adapter.nextObject()];
  process.tell(object, 'query', [selector], query);
  process.tell(query, 'iterate', [], iterator);
  try {
    for (;;) {
      const { done, value } = await process.call<IteratorResult<readonly StoredRecord[]>>(iterator, 'next', []);
      if (done === true) return;
      yield value;
    }
  } finally {
    if (process.running) await process.call(iterator, 'return', []).catch(() => undefined);
    for (const each of [iterator, query]) process.release(each);
  }
}
