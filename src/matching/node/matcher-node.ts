/**
 * A node: holds those parts of a gallery that fall to it, and searches them for others. It needs nobody's consent: which
 * parts are its own follows from the nodes that are alive, and an answer says itself what it covers.
 */

import { randomBytes } from 'node:crypto';
import type { Candidate, EngineAdapter } from '../../adapters/engine-adapter.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { type Logger, SILENT_LOGGER } from '../../core/logger.ts';
import { LONGEST_LIST } from '../longest-list.ts';
import { Members } from '../members/members.ts';
import { ownersOf } from '../members/owners.ts';
import {
  type AliveMessage,
  type AnswerMessage,
  MAX_PROBE_BYTES,
  type MatchMessage,
  type Refusal,
  type SearchedPart,
  type SearchMessage,
} from '../messages/match-messages.ts';
import { MatchSubjects } from '../messages/match-subjects.ts';
import { MessageCodec } from '../messages/message-codec.ts';
import type { MessageSeal } from '../messages/message-seal.ts';
import type { MatchTransport } from '../transport/match-transport.ts';
import type { GallerySource } from './gallery-source.ts';
import { HeldParts } from './held-parts.ts';
import { SearchQueue } from './search-queue.ts';

/** What a node is made of. */
export interface MatcherNodeOptions {
  /** Names the node: 1 to 32 letters, digits, dashes or underlines. Each has a name of its own. */
  readonly node: string;
  readonly databaseId: DatabaseId;
  /** Parts of the gallery, the same for all nodes and all who ask them. */
  readonly parts: number;
  /** Nodes that hold each part. Default: 2. */
  readonly replicas?: number | undefined;
  readonly transport: MatchTransport;
  readonly seal: MessageSeal;
  readonly engine: EngineAdapter;
  readonly source: GallerySource;
  /** Parts that its memory has room for; what falls to it beyond is left to others. Default: all. */
  readonly mostParts?: number | undefined;
  /** How often it says that it is alive, milliseconds. Default: 1000. */
  readonly aliveMs?: number | undefined;
  /** Searches of a part at once. Default: 2. */
  readonly lanes?: number | undefined;
  /** Searches of a part that may wait; more are refused. Default: 10,000. */
  readonly mostWaiting?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
}

/** Names that may be a word of a subject. */
export const NODE_NAME = /^[A-Za-z0-9_-]{1,32}$/;

/** Codes of an engine that blames the probe. */
const UNUSABLE: readonly string[] = [
  'WHORL_E_MALFORMED',
  'WHORL_E_NEWER_FORMAT',
  'E_INVALIDARG',
  'WHORL_E_LIMIT_EXCEEDED',
];

/** A node of a gallery that many hold. */
export class MatcherNode implements AsyncDisposable {
  readonly #options: MatcherNodeOptions;
  readonly #instance = randomBytes(6).toString('hex');
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #aliveMs: number;
  readonly #codec: MessageCodec;
  readonly #subjects: MatchSubjects;
  readonly #queue: SearchQueue;
  readonly #stack = new AsyncDisposableStack();
  readonly #running = new Map<string, AbortController>();
  readonly #watching = new Set<() => void>();
  #held!: HeldParts;
  #members!: Members;
  #state: AliveMessage['state'] = 'serving';
  #timer: Disposable | undefined;
  #owners: { readonly of: string; readonly parts: ReadonlySet<number> } | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: MatcherNodeOptions) {
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#logger = options.logger ?? SILENT_LOGGER;
    this.#aliveMs = options.aliveMs ?? 1000;
    this.#codec = new MessageCodec(options.seal, options.databaseId);
    this.#subjects = new MatchSubjects(options.databaseId);
    this.#queue = new SearchQueue(options.lanes ?? 2);
  }

  /**
   * Starts a node; it loads its parts from then on. Rejects with WHORL_E_CONFIGURATION for a name that is none, and with
   * WHORL_E_OFFLINE when the shared database cannot be reached.
   */
  static async start(options: MatcherNodeOptions): Promise<MatcherNode> {
    if (!NODE_NAME.test(options.node)) {
      throw new BiometricError(
        'WHORL_E_CONFIGURATION',
        `a node cannot be named ${options.node}: give 1 to 32 letters, digits, dashes or underlines`,
      );
    }
    const node = new MatcherNode(options);
    await node.#start();
    return node;
  }

  /** Names this start of this node. */
  get address(): string {
    return `${this.#options.node}.${this.#instance}`;
  }

  /** Numbers of the parts that it can search. */
  get parts(): readonly number[] {
    return this.#held.numbers;
  }

  /** What it says of itself. */
  get status(): AliveMessage {
    const { node, parts, engine } = this.#options;
    return {
      kind: 'alive',
      node,
      instance: this.#instance,
      parts,
      everyMs: this.#aliveMs,
      state: this.#state,
      incarnation: this.#held.position.incarnation,
      change: this.#held.position.change,
      queue: this.#queue.length,
      looks: engine.info.looks ?? 1,
      held: this.#held.numbers.flatMap((part) => {
        const held = this.#held.at(part);
        return held === undefined ? [] : [{ part, change: held.through.change, size: held.gallery.size }];
      }),
    };
  }

  /** Calls when it holds other parts than before, or other nodes came or went. */
  watch(onChange: () => void): Disposable {
    this.#watching.add(onChange);
    return { [Symbol.dispose]: () => this.#watching.delete(onChange) };
  }

  /**
   * Prepares its end: others take its parts while it still answers. Resolves when each part has as many other holders as it
   * should, or as there are nodes; rejects with WINBIO_E_CANCELED.
   */
  async drain({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    this.#state = 'draining';
    this.#announce();
    while (!this.#isReplaced()) {
      if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
      const { promise, resolve } = Promise.withResolvers<void>();
      using _watch = this.watch(resolve);
      const aborted = (): void => resolve();
      signal.addEventListener('abort', aborted, { once: true });
      await promise;
      signal.removeEventListener('abort', aborted);
    }
  }

  /** Says that it is gone, and ends what it searches; idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #start(): Promise<void> {
    const { transport, databaseId, source, engine, parts, node } = this.#options;
    const logger = this.#logger;
    await using starting = new AsyncDisposableStack();
    const onChange = (): void => this.#announce();
    this.#held = starting.use(await HeldParts.open({ source, engine, parts, logger, onChange }));
    this.#members = starting.use(
      new Members({ transport, codec: this.#codec, databaseId, clock: this.#clock, logger }),
    );
    starting.use(this.#members.watch(() => this.#review()));
    starting.use(
      transport.subscribe(this.#subjects.node(node, this.#instance), (bytes, answer) => this.#take(bytes, answer)),
    );
    starting.use(
      transport.subscribe(this.#subjects.roll, (bytes) => this.#read(bytes)?.kind === 'roll' && this.#announce()),
    );
    starting.use(transport.watch(() => transport.connected && this.#announce()));
    this.#stack.use(starting.move());
    this.#review();
    this.#announce();
  }

  async #close(): Promise<void> {
    this.#state = 'gone';
    this.#announce();
    this.#timer?.[Symbol.dispose]();
    for (const running of this.#running.values()) running.abort();
    await this.#stack.disposeAsync();
  }

  /** Says that it is alive, now and again. */
  #announce(): void {
    this.#timer?.[Symbol.dispose]();
    this.#options.transport.publish(this.#subjects.alive, this.#codec.encode(this.status));
    if (this.#state !== 'gone') this.#timer = this.#clock.after(this.#aliveMs, () => this.#announce());
    for (const watcher of this.#watching) watcher();
  }

  /** Loads and lets go, by the nodes that are alive. */
  #review(): void {
    if (this.#state === 'gone') return;
    const mine = this.#own();
    this.#held.want(mine);
    for (const part of this.#held.numbers) {
      if (!mine.has(part) && this.#state === 'serving' && this.#others(part) >= this.#copies) this.#held.drop(part);
    }
    for (const watcher of this.#watching) watcher();
  }

  /** The parts that fall to this node; while it drains, those that it has. */
  #own(): ReadonlySet<number> {
    if (this.#state !== 'serving') return new Set(this.#held.numbers);
    const { node, parts } = this.#options;
    const names = this.#servingNodes().sort();
    const of = names.join(' ');
    if (this.#owners?.of !== of) {
      const owners = ownersOf(names, { parts, replicas: this.#replicas });
      const mine = owners.flatMap((nodes, part) => (nodes.includes(node) ? [{ part, rank: nodes.indexOf(node) }] : []));
      // Where there is not room for all, each part is to be held once before one is held twice.
      mine.sort((a, b) => a.rank - b.rank || a.part - b.part);
      this.#owners = { of, parts: new Set(mine.slice(0, this.#options.mostParts).map(({ part }) => part)) };
    }
    return this.#owners.parts;
  }

  /** Names of the nodes that serve, its own among them. */
  #servingNodes(): string[] {
    const { node, parts } = this.#options;
    const serving = this.#members.all.filter((member) => member.state === 'serving' && member.parts === parts);
    return [...new Set([node, ...serving.map((member) => member.node)])];
  }

  /** Other nodes that serve a part. */
  #others(part: number): number {
    const holders = this.#members.all.filter(
      ({ node, state, parts, held }) =>
        node !== this.#options.node &&
        state === 'serving' &&
        parts === this.#options.parts &&
        held.some((each) => each.part === part),
    );
    return new Set(holders.map(({ node }) => node)).size;
  }

  #isReplaced(): boolean {
    const copies = Math.min(this.#replicas, this.#servingNodes().length - 1);
    return this.#held.numbers.every((part) => this.#others(part) >= copies);
  }

  get #replicas(): number {
    return this.#options.replicas ?? 2;
  }

  /** Copies that there can be beside its own. */
  get #copies(): number {
    return Math.min(this.#replicas, Math.max(1, this.#servingNodes().length - 1));
  }

  #take(bytes: Uint8Array, answer: ((bytes: Uint8Array) => void) | undefined): void {
    const message = this.#read(bytes);
    if (message?.kind === 'cancel') this.#running.get(keyOf(message.id))?.abort();
    if (message?.kind === 'search' && answer !== undefined) void this.#serve(message, answer);
  }

  /** A message; undefined for what nobody with the key wrote. */
  #read(bytes: Uint8Array): MatchMessage | undefined {
    try {
      return this.#codec.decode(bytes);
    } catch (thrown) {
      this.#logger.warn('a message to a matching node cannot be read', { message: String(thrown) });
      return undefined;
    }
  }

  async #serve(request: SearchMessage, answer: (bytes: Uint8Array) => void): Promise<void> {
    const key = keyOf(request.id);
    const canceling = new AbortController();
    this.#running.set(key, canceling);
    const deadline = this.#clock.after(request.withinMs, () => canceling.abort());
    try {
      const message = await this.#search(request, canceling.signal);
      if (canceling.signal.aborted) return;
      const bytes = this.#codec.encode(message);
      const fits = bytes.length <= this.#options.transport.maxBytes;
      answer(fits ? bytes : this.#codec.encode(this.#refusing(request, 'failed')));
    } catch (thrown) {
      if (canceling.signal.aborted) return;
      if (isBiometricError(thrown) && UNUSABLE.includes(thrown.code)) {
        const message = thrown.message.slice(0, 1000);
        answer(this.#codec.encode({ kind: 'unusable', id: request.id, message }));
        return;
      }
      this.#logger.warn('a search failed', { message: String(thrown) });
      answer(this.#codec.encode(this.#refusing(request, 'failed')));
    } finally {
      deadline[Symbol.dispose]();
      this.#running.delete(key);
    }
  }

  async #search(request: SearchMessage, signal: AbortSignal): Promise<AnswerMessage> {
    const { parts, mostWaiting = 10_000 } = this.#options;
    if (request.of !== parts) return this.#refusing(request, 'other-parts');
    if (this.#queue.length + request.parts.length * request.probes.length > mostWaiting + request.parts.length) {
      return this.#refusing(request, 'busy');
    }
    const tooLong = request.probes.find(({ length }) => length === 0 || length > MAX_PROBE_BYTES);
    if (tooLong !== undefined) throw new BiometricError('E_INVALIDARG', `a probe has ${tooLong.length} bytes`);
    const state = await this.#held.caughtUp(request.through, signal);
    if (state !== 'here') return this.#refusing(request, state);
    const results = await Promise.all(
      [...new Set(request.parts)].map(async (part) => ({
        part,
        result: await this.#searchPart(part, request, signal),
      })),
    );
    return {
      kind: 'answer',
      id: request.id,
      queue: this.#queue.length,
      searched: results.flatMap(({ result }) => (typeof result === 'string' ? [] : [result])),
      refused: results.flatMap(({ part, result }) => (typeof result === 'string' ? [{ part, why: result }] : [])),
    };
  }

  async #searchPart(part: number, request: SearchMessage, signal: AbortSignal): Promise<SearchedPart | Refusal> {
    const held = this.#held.at(part);
    if (held === undefined) return 'not-held';
    if (held.through.incarnation !== request.through.incarnation) return 'other-history';
    if (held.through.change < request.through.change) return 'behind';
    const { gallery, through } = held;
    const { size } = gallery;
    try {
      const found = await Promise.all(
        request.probes.map((probe) =>
          this.#queue.run(() => this.#searchGallery(probe, held.gallery, request, signal), request),
        ),
      );
      // Let go meanwhile, it was emptied while it was searched.
      if (this.#held.at(part)?.gallery !== gallery) return 'not-held';
      return { part, through, size, found: found.map((list) => list.slice(0, LONGEST_LIST)) };
    } catch (thrown) {
      if (this.#held.at(part)?.gallery !== gallery) return 'not-held';
      throw thrown;
    }
  }

  async #searchGallery(
    probe: Uint8Array,
    gallery: Parameters<EngineAdapter['identify']>[1],
    { purpose, look, size }: SearchMessage,
    signal: AbortSignal,
  ): Promise<Candidate[]> {
    const { engine } = this.#options;
    if (signal.aborted || gallery.size === 0) return [];
    const options = { signal, size, look };
    const found =
      purpose === 'identify'
        ? await engine.identify(probe, gallery, options)
        : await engine.findDuplicates(probe, gallery, options);
    return [...found];
  }

  #refusing(request: SearchMessage, why: Refusal): AnswerMessage {
    const refused = request.parts.map((part) => ({ part, why }));
    return { kind: 'answer', id: request.id, queue: this.#queue.length, searched: [], refused };
  }
}

function keyOf(id: Uint8Array): string {
  return Buffer.from(id).toString('hex');
}
