/** What services share, in the memory of this process; the way of each to it can be cut. */

import type { SharedLog } from '../../src/adapters/shared-log.ts';
import type { StorageAdapter, TemplateDatabase } from '../../src/adapters/storage-adapter.ts';
import type { SharedServer } from '../../src/composition/shared/shared-server.ts';
import { BiometricError } from '../../src/core/biometric-error.ts';
import { MemoryLogContent, MemorySharedLog } from '../../src/storage/memory/memory-shared-log.ts';
import { MemoryStorageAdapter } from '../../src/storage/memory/memory-storage-adapter.ts';

/** A server that several services of a test share. */
export class MemoryServer implements AsyncDisposable {
  readonly #storage = new MemoryStorageAdapter({ shared: true });
  readonly #logs = new Map<string, MemoryLogContent>();

  /** The way of one service to it. */
  way(site: string): Way {
    return new Way(site, this.#storage, (stream) => {
      const log = this.#logs.get(stream) ?? new MemoryLogContent();
      this.#logs.set(stream, log);
      return log;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#storage.close();
  }
}

/** The way of one service, which can be cut. */
export class Way implements SharedServer {
  cut = false;
  readonly storage: StorageAdapter;
  readonly #site: string;
  readonly #contentOf: (stream: string) => MemoryLogContent;

  constructor(site: string, storage: StorageAdapter, contentOf: (stream: string) => MemoryLogContent) {
    this.#site = site;
    this.#contentOf = contentOf;
    const close = async () => {};
    this.storage = {
      info: storage.info,
      open: async (...given) => {
        this.#require();
        return this.#cuttable(await storage.open(...given));
      },
      erase: (descriptor) => storage.erase(descriptor),
      control: (...given) => storage.control(...given),
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  log(stream: string): SharedLog {
    return this.#cuttable(new MemorySharedLog(this.#contentOf(stream), this.#site));
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #require(): void {
    if (this.cut) throw new BiometricError('WHORL_E_OFFLINE', 'the way is cut');
  }

  #cuttable<T extends TemplateDatabase | SharedLog>(target: T): T {
    return new Proxy(target, {
      get: (inner, name) => {
        const value = Reflect.get(inner, name, inner) as unknown;
        if (typeof value !== 'function') return value;
        if (name === 'close' || typeof name === 'symbol') return value.bind(inner);
        if (name === 'watch') return (onHint: () => void) => polled(inner.watch?.(onHint), onHint);
        return (...given: unknown[]) => {
          this.#require();
          return value.apply(inner, given) as unknown;
        };
      },
    });
  }
}

/** Asks as often as a real server is asked, only sooner. */
function polled(watching: Disposable | undefined, onHint: () => void): Disposable {
  const timer = setInterval(onHint, 50);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      watching?.[Symbol.dispose]();
    },
  };
}
