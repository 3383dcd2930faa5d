/** Nodes, a coordinator and the database between them, in one process. */

import { randomBytes } from 'node:crypto';
import type { EngineAdapter } from '../../src/adapters/engine-adapter.ts';
import type { RemoteAnswer } from '../../src/adapters/remote-search.ts';
import type { TemplateDatabase } from '../../src/adapters/storage-adapter.ts';
import type { Logger } from '../../src/core/logger.ts';
import { MatchCoordinator, type MatchCoordinatorOptions } from '../../src/matching/coordinator/match-coordinator.ts';
import { AesMessageSeal } from '../../src/matching/messages/message-seal.ts';
import type { GallerySource } from '../../src/matching/node/gallery-source.ts';
import { MatcherNode, type MatcherNodeOptions } from '../../src/matching/node/matcher-node.ts';
import { MemoryMatchBus } from '../../src/matching/transport/memory-match-bus.ts';
import { MemoryStorageAdapter } from '../../src/storage/memory/memory-storage-adapter.ts';
import { PLAIN_FORMAT, PlainEngine, plainTemplate } from './plain-engine.ts';

export const DATABASE_ID = 'B0000000-0000-4000-8000-00000000000B';

/** A shared database, as the tests use it. */
export type Shared = TemplateDatabase & GallerySource & Required<Pick<TemplateDatabase, 'addAll'>>;

export class Cluster implements AsyncDisposable {
  readonly bus = new MemoryMatchBus();
  readonly seal = new AesMessageSeal(randomBytes(32));
  readonly parts: number;
  readonly #stack = new AsyncDisposableStack();
  readonly database: Shared;
  /** What was logged as a warning. */
  readonly warnings: string[] = [];
  readonly logger: Logger = {
    debug() {},
    info() {},
    warn: (message, fields) => this.warnings.push(`${message} ${JSON.stringify(fields)}`),
    error: (message) => this.warnings.push(message),
  };

  private constructor(parts: number, storage: MemoryStorageAdapter, database: Shared) {
    this.parts = parts;
    this.database = database;
    this.#stack.use(storage);
  }

  static async open(parts: number, templateFormat = PLAIN_FORMAT): Promise<Cluster> {
    const storage = new MemoryStorageAdapter({ shared: true });
    const descriptor = { databaseId: DATABASE_ID, factor: 8, templateFormat } as const;
    const database = (await storage.open(descriptor, { create: true })) as Shared;
    return new Cluster(parts, storage, database);
  }

  /** A database of another history under the same name: as after the loss of the one that was followed. */
  async restore(): Promise<Shared> {
    const storage = this.#stack.use(new MemoryStorageAdapter({ shared: true }));
    return (await storage.open(this.database.descriptor, { create: true })) as Shared;
  }

  /** Enrolls fingers; returns their record numbers. */
  async enroll(templates: readonly Uint8Array[], database = this.database): Promise<readonly number[]> {
    return await database.addAll(
      templates.map((template, i) => ({
        identity: { type: 'guid', guid: crypto.randomUUID().toUpperCase() },
        subFactor: 1 + (i % 10),
        template,
      })),
    );
  }

  async enrollFingers(count: number): Promise<readonly number[]> {
    return await this.enroll(Array.from({ length: count }, (_, finger) => plainTemplate(finger)));
  }

  async node(
    node: string,
    engine: EngineAdapter = new PlainEngine(),
    options: Partial<MatcherNodeOptions> = {},
  ): Promise<MatcherNode> {
    const { seal, parts, database, logger } = this;
    const transport = this.bus.connect();
    const common = { databaseId: DATABASE_ID, seal, parts, source: database, transport, logger, aliveMs: 50 };
    return this.#stack.use(await MatcherNode.start({ ...common, node, engine, ...options }));
  }

  coordinator(options: Partial<MatchCoordinatorOptions> = {}): MatchCoordinator {
    const { seal, parts, logger } = this;
    const transport = this.bus.connect();
    const common = { databaseId: DATABASE_ID, seal, parts, transport, logger, deadlineMs: 10_000 };
    return this.#stack.use(new MatchCoordinator({ ...common, ...options }));
  }

  /** Searches for a finger that has to be found by now. */
  async search(coordinator: MatchCoordinator, features: Uint8Array): Promise<RemoteAnswer> {
    const through = await this.database.position();
    return await coordinator.search({
      kind: 'identify',
      probe: features,
      through,
      signal: new AbortController().signal,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** Waits until something is so that others tell of. */
export async function until(watched: { watch(onChange: () => void): Disposable }, isSo: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (isSo()) resolve();
  };
  using _watch = watched.watch(look);
  look();
  await promise;
}

/** Waits until each part has so many holders. */
export async function untilHeld(coordinator: MatchCoordinator, copies: number): Promise<void> {
  await until(coordinator, () => {
    const holders = Array.from({ length: coordinator.parts }, () => new Set<string>());
    for (const { node, held, parts } of coordinator.members) {
      if (parts === coordinator.parts) for (const { part } of held) holders[part]?.add(node);
    }
    return holders.every(({ size }) => size >= copies);
  });
}
