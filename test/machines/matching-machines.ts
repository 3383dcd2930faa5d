/** A gallery on several machines, of which each is a process here: PostgreSQL, NATS, matching nodes, and who asks them. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { StoredRecord } from '../../src/adapters/storage-adapter.ts';
import type { ServiceConfiguration } from '../../src/composition/configuration/service-configuration.ts';
import { matchingSetting } from '../../src/composition/matching/matching-setting.ts';
import { openRemoteSearch } from '../../src/composition/matching/open-remote-search.ts';
import { openSharedGallery, type SharedGallerySource } from '../../src/composition/matching/shared-gallery.ts';
import { requireSharedKey } from '../../src/composition/shared/shared-key.ts';
import { KeyStore } from '../../src/composition/state/key-store.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { FingerprintEngine } from '../../src/fingerprint/engine/fingerprint-engine.ts';
import { synthesizeMinutiae } from '../../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../../src/fingerprint/synthesis/synthesize-template.ts';
import { TEMPLATE_FORMAT } from '../../src/fingerprint/template/template-codec.ts';
import type { MatchCoordinator } from '../../src/matching/coordinator/match-coordinator.ts';
import { PostgresConnection } from '../../src/storage/postgres/postgres-connection.ts';
import { makeTables } from '../../src/storage/postgres/postgres-migration.ts';
import { PostgresSharedLog } from '../../src/storage/postgres/postgres-shared-log.ts';
import { PostgresStorageAdapter } from '../../src/storage/postgres/postgres-storage-adapter.ts';
import { SealedStorageAdapter } from '../../src/storage/sealed/sealed-storage-adapter.ts';
import { NO_NATS, PrivateNats } from './private-nats.ts';
import { NO_POSTGRES, PrivatePostgres } from './private-postgres.ts';

/** Why there are no such machines here; undefined where there are. */
export const NO_MACHINES: string | undefined = NO_POSTGRES ?? NO_NATS;

const DATABASE_ID = 'B0000000-0000-4000-8000-0000000000AA';
const WHORL = join(import.meta.dirname, '../../src/cli/main.ts');
const KEY = 'WHORL_TEST_MASTER_KEY';
const PARTS = 16;
const { signal } = new AbortController();

/** How large the gallery is, and who holds it. */
export interface MatchingMachinesOptions {
  readonly people: number;
  readonly nodes: readonly string[];
  readonly deadlineMs?: number;
  readonly engineThreads?: number;
  readonly parts?: number;
}

export class MatchingMachines implements AsyncDisposable {
  readonly postgres: PrivatePostgres;
  readonly nats: PrivateNats;
  /** The process of each node that was started and has not ended, by its name; that of a second one of a name is added. */
  readonly processes = new Map<string, Set<ChildProcess>>();
  readonly options: MatchingMachinesOptions;
  /** Templates of those who are enrolled, by their record number. */
  readonly enrolled = new Map<number, Uint8Array>();
  search!: MatchCoordinator;
  source!: SharedGallerySource;
  add!: (template: Uint8Array) => Promise<number>;
  readonly #stack = new AsyncDisposableStack();

  private constructor(postgres: PrivatePostgres, nats: PrivateNats, options: MatchingMachinesOptions) {
    this.postgres = this.#stack.use(postgres);
    this.nats = this.#stack.use(nats);
    this.options = options;
  }

  /** Servers that run, people who are enrolled, nodes that hold them twice. */
  static async start(options: MatchingMachinesOptions): Promise<MatchingMachines> {
    process.env[KEY] ??= randomBytes(32).toString('hex');
    const postgres = await PrivatePostgres.start();
    const nats = await PrivateNats.start([...options.nodes, 'liar'], ['door']);
    const machines = new MatchingMachines(postgres, nats, options);
    try {
      await machines.#enroll();
      for (const name of options.nodes) await machines.startNode(name);
      await machines.untilHeld(Math.min(2, options.nodes.length));
    } catch (thrown) {
      await machines[Symbol.asyncDispose]();
      throw thrown;
    }
    return machines;
  }

  /** A configuration of a node or a service. */
  configuration(name: string): ServiceConfiguration {
    const { ca, certificate, key } = this.nats.certificates(name);
    return {
      keys: { environment: KEY },
      databases: [{ id: DATABASE_ID, pool: 'system' }],
      shared: { site: name, postgres: { url: this.postgres.url(), pollMs: 200, timeoutMs: 2000 } },
      matching: {
        servers: [this.nats.url],
        tls: { ca, certificate, key },
        name,
        parts: this.parts,
        deadlineMs: this.options.deadlineMs ?? 5000,
      },
      engineThreads: this.options.engineThreads ?? 1,
    };
  }

  get parts(): number {
    return this.options.parts ?? PARTS;
  }

  /** Starts the process of a node. */
  async startNode(name: string): Promise<ChildProcess> {
    const file = this.writeConfiguration(name);
    const started = spawn(process.execPath, [WHORL, 'match', '--config', file, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    createInterface({ input: started.stderr! }).on('line', (line) => lines.push(line));
    const ready = Promise.withResolvers<void>();
    createInterface({ input: started.stdout! }).once('line', () => ready.resolve());
    const own = this.processes.get(name) ?? new Set();
    this.processes.set(name, own.add(started));
    started.once('exit', () => {
      own.delete(started);
      ready.reject(new TypeError(`node ${name} did not start:\n${lines.join('\n')}`));
    });
    await ready.promise;
    return started;
  }

  /** Ends all processes of a name: at once, or as an administrator does. */
  async endNode(name: string, how: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await Promise.all(
      [...(this.processes.get(name) ?? [])].map(async (child) => {
        const exited = once(child, 'exit');
        child.kill(how);
        await exited;
      }),
    );
  }

  /** Signals all processes of a name. */
  signalNode(name: string, what: 'SIGSTOP' | 'SIGCONT'): void {
    for (const child of this.processes.get(name) ?? []) child.kill(what);
  }

  /** What a command prints. */
  async whorl(...words: string[]): Promise<{ readonly stdout: string; readonly code: number }> {
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [WHORL, ...words]);
      return { stdout, code: 0 };
    } catch (thrown) {
      const { stdout, code } = thrown as { stdout: string; code: number };
      return { stdout, code };
    }
  }

  writeConfiguration(name: string): string {
    const file = join(this.nats.folder, `${name}.json`);
    const { keys, databases, shared, matching, engineThreads } = this.configuration(name);
    writeFileSync(file, JSON.stringify({ keys, databases, shared, matching, engineThreads }));
    return file;
  }

  /** Waits until each part has so many holders. */
  async untilHeld(copies: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      const holders = Array.from({ length: this.parts }, () => new Set<string>());
      for (const { node, state, held } of this.search.members) {
        if (state === 'serving') for (const { part } of held) holders[part]?.add(node);
      }
      if (holders.every(({ size }) => size >= copies)) resolve();
    };
    using _watch = this.search.watch(look);
    look();
    await promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.processes.keys()) {
      this.signalNode(name, 'SIGCONT');
      await this.endNode(name, 'SIGKILL');
    }
    await this.#stack.disposeAsync();
  }

  async #enroll(): Promise<void> {
    const { people } = this.options;
    await using connection = new PostgresConnection({ url: this.postgres.url() });
    await makeTables(connection);
    const configuration = this.configuration('door');
    const keyring = await KeyStore.open(configuration.keys!, { keysFolder: '', databasesFolder: '' });
    const writing = this.#stack.use(new PostgresConnection({ url: this.postgres.url(), site: 'door' }));
    await using told = new PostgresSharedLog({ connection, stream: 'keys' });
    await requireSharedKey(told, keyring);
    const storage = this.#stack.use(
      new SealedStorageAdapter(new PostgresStorageAdapter({ connection: writing }), {
        keyring,
        deletedRecords: { has: () => false, remember: async (_id, _numbers, deletion) => await deletion() },
        onUnreadable: (_database, _record, error) => {
          throw error;
        },
      }),
    );
    const descriptor = { databaseId: DATABASE_ID, factor: 8, templateFormat: TEMPLATE_FORMAT } as const;
    const database = await storage.open(descriptor, { create: true });
    const engine = new FingerprintEngine();
    const newRecord = async (template: Uint8Array) => {
      const [searchCodes] = await engine.searchCodes([template], { signal });
      const identity: StoredRecord['identity'] = { type: 'guid', guid: crypto.randomUUID().toUpperCase() };
      return { identity, subFactor: 2, template, ...(searchCodes && { searchCodes }) };
    };
    this.add = async (template) => await database.add(await newRecord(template));
    for (let first = 0; first < people; first += 250) {
      const templates = Array.from({ length: Math.min(250, people - first) }, (_, i) =>
        synthesizeTemplate(synthesizeMinutiae(first + i + 1), 1),
      );
      const recordIds = (await database.addAll?.(await Promise.all(templates.map(newRecord)))) ?? [];
      for (const [i, recordId] of recordIds.entries()) this.enrolled.set(recordId, templates[i]!);
    }
    const setting = matchingSetting(configuration);
    this.source = this.#stack.use(await openSharedGallery(configuration, setting, SILENT_LOGGER)).source;
    this.search = this.#stack.use(await openRemoteSearch(configuration, { keyring }));
  }
}
