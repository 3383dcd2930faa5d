/** Searches a gallery that many nodes hold. */

import type { Candidate } from '../../adapters/engine-adapter.ts';
import type { RemoteAnswer, RemoteProbe, RemoteSearch } from '../../adapters/remote-search.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { type Logger, SILENT_LOGGER } from '../../core/logger.ts';
import { type Member, Members } from '../members/members.ts';
import { MAX_PROBE_BYTES, MAX_PROBES } from '../messages/match-messages.ts';
import { MatchSubjects } from '../messages/match-subjects.ts';
import { MessageCodec } from '../messages/message-codec.ts';
import type { MessageSeal } from '../messages/message-seal.ts';
import type { MatchTransport } from '../transport/match-transport.ts';
import { HedgeBudget } from './hedge-budget.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { NodeLoad } from './node-load.ts';
import { type RoundQuestion, type RoundResult, type RoundSurroundings, SearchRound } from './search-round.ts';

/** What a coordinator is made of. */
export interface MatchCoordinatorOptions {
  readonly databaseId: DatabaseId;
  /** Parts of the gallery, the same for all nodes and all who ask them. */
  readonly parts: number;
  /** Closed with the coordinator. */
  readonly transport: MatchTransport;
  readonly seal: MessageSeal;
  /** How long a search may take, milliseconds. Default: 5000. */
  readonly deadlineMs?: number | undefined;
  /** When a request is repeated at another node, milliseconds. Default: three times the usual duration. */
  readonly hedgeAfterMs?: number | undefined;
  /** Share of requests that may be repeated so. Default: 0.05. */
  readonly hedgeShare?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** Numbers in 0..1, for the choice among nodes. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** Several probes of one kind. */
export interface BatchProbe extends Pick<RemoteProbe, 'kind' | 'through' | 'signal'> {
  /** 1 to 64. */
  readonly probes: readonly Uint8Array[];
  /** The record that each probe is of, which does not count as found. Default: none. */
  readonly own?: readonly number[] | undefined;
  /** How long it may take, milliseconds. */
  readonly deadlineMs: number;
  /** Looks that are taken. Default: all. */
  readonly looks?: number | undefined;
}

/** What was found for each of several probes. */
export interface BatchAnswer extends Pick<RemoteAnswer, 'missing' | 'searched'> {
  readonly found: readonly (readonly Candidate[])[];
}

/** Asks nodes, and puts their answers together. */
export class MatchCoordinator implements RemoteSearch {
  readonly #options: MatchCoordinatorOptions;
  readonly #clock: Clock;
  readonly #members: Members;
  readonly #surroundings: RoundSurroundings;
  readonly #closed = new AbortController();
  readonly #watch: Disposable;
  #downSinceMs: number | undefined;

  /**
   * Listens for nodes from then on.
   */
  constructor(options: MatchCoordinatorOptions) {
    this.#options = options;
    const { transport, databaseId, seal, clock = SYSTEM_CLOCK, logger = SILENT_LOGGER } = options;
    this.#clock = clock;
    const codec = new MessageCodec(seal, databaseId);
    this.#members = new Members({ transport, codec, databaseId, clock, logger });
    this.#surroundings = {
      transport,
      codec,
      subjects: new MatchSubjects(databaseId),
      members: this.#members,
      load: new NodeLoad(),
      budget: new HedgeBudget(options.hedgeShare ?? 0.05),
      clock,
      logger,
      random: options.random ?? Math.random,
      hedgeAfterMs: options.hedgeAfterMs,
    };
    const noteDown = (): void => {
      this.#downSinceMs = transport.connected ? undefined : (this.#downSinceMs ?? clock.nowMs());
    };
    noteDown();
    this.#watch = transport.watch(noteDown);
  }

  /** The nodes that are alive. */
  get members(): readonly Member[] {
    return this.#members.all;
  }

  /** Whether messages can be sent, and why not. */
  get connection(): Pick<MatchTransport, 'connected' | 'fault'> {
    return this.#options.transport;
  }

  /** How many parts the gallery has. */
  get parts(): number {
    return this.#options.parts;
  }

  /** Calls when a node came, went, or said something new. */
  watch(onChange: () => void): Disposable {
    return this.#members.watch(onChange);
  }

  /** Parts that some node holds. */
  get heldParts(): ReadonlySet<number> {
    return new Set(this.#ofThisGallery().flatMap(({ held }) => held.map(({ part }) => part)));
  }

  async search({ kind, probe, through, signal }: RemoteProbe): Promise<RemoteAnswer> {
    const { deadlineMs = 5000 } = this.#options;
    const answer = await this.#search({ kind, probes: [probe], through, signal, deadlineMs }, false);
    const { found, missing, searched } = answer;
    return { candidates: found[0] ?? [], missing, searched };
  }

  /** As {@link search}, of many probes at once, and behind what somebody waits for. */
  async searchAll(batch: BatchProbe): Promise<BatchAnswer> {
    return await this.#search(batch, true);
  }

  /** Ends what is under way with WINBIO_E_CANCELED; idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#watch[Symbol.dispose]();
    this.#members[Symbol.dispose]();
    await this.#options.transport[Symbol.asyncDispose]();
  }

  async #search(batch: BatchProbe, isBatch: boolean): Promise<BatchAnswer> {
    const { kind, probes, through, own = [], deadlineMs } = batch;
    const signal = AbortSignal.any([batch.signal, this.#closed.signal]);
    throwIfAborted(signal);
    checkProbes(probes);
    this.#checkReachable(deadlineMs);
    const untilMs = this.#clock.nowMs() + deadlineMs;
    const size = this.#size();
    const common = { of: this.parts, purpose: kind, size, isBatch, through, untilMs, signal };
    const first = await this.#round({ ...common, probes: [...probes], look: 0 });
    if (!first.isHeard) {
      const { fault = 'no node answers' } = this.#options.transport;
      throw new BiometricError('WHORL_E_OFFLINE', `the gallery cannot be searched: ${fault}`);
    }
    const found = probes.map((_, i) => mergeCandidates(first.searched.map((part) => part.found[i]!)));
    const searched = first.searched.reduce((sum, part) => sum + part.size, 0);
    const looks = Math.min(batch.looks ?? Number.POSITIVE_INFINITY, this.#looks());
    let { missing } = first;
    const isUnknown = (i: number): boolean => found[i]!.every(({ recordId }) => recordId === own[i]);
    for (let look = 1; look < looks && missing.length === 0; look++) {
      const left = probes.flatMap((_, i) => (isUnknown(i) ? [i] : []));
      if (left.length === 0) break;
      const next = await this.#round({ ...common, probes: left.map((i) => probes[i]!), look });
      for (const [at, i] of left.entries()) {
        found[i] = mergeCandidates([found[i]!, ...next.searched.map((part) => part.found[at]!)]);
      }
      missing = next.missing;
    }
    return { found, missing: missing.toSorted((a, b) => a - b), searched };
  }

  async #round(question: RoundQuestion): Promise<RoundResult> {
    return await new SearchRound(this.#surroundings, question).run();
  }

  /** What has been away for longer than a search may take is not waited for. */
  #checkReachable(deadlineMs: number): void {
    if (this.#downSinceMs === undefined || this.#clock.nowMs() - this.#downSinceMs < deadlineMs) return;
    const { fault = 'not connected' } = this.#options.transport;
    throw new BiometricError('WHORL_E_OFFLINE', `the nodes of the gallery cannot be reached: ${fault}`);
  }

  #ofThisGallery(): Member[] {
    return this.#members.all.filter(({ parts }) => parts === this.parts);
  }

  /** References of the whole, as far as nodes have told. */
  #size(): number {
    const sizes = new Map<number, number>();
    for (const { held } of this.#ofThisGallery()) {
      for (const { part, size } of held) sizes.set(part, Math.max(size, sizes.get(part) ?? 0));
    }
    return [...sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  #looks(): number {
    return this.#ofThisGallery().reduce((most, { looks }) => Math.max(most, looks), 1);
  }
}

function checkProbes(probes: readonly Uint8Array[]): void {
  const isProbe = (probe: Uint8Array): boolean =>
    probe instanceof Uint8Array && probe.length > 0 && probe.length <= MAX_PROBE_BYTES;
  if (probes.length > 0 && probes.length <= MAX_PROBES && probes.every(isProbe)) return;
  throw new BiometricError('E_INVALIDARG', `give 1 to ${MAX_PROBES} probes of 1 to ${MAX_PROBE_BYTES} bytes each`);
}
