/**
 * One look through all parts of a gallery: asks a holder of each, and others where it does not answer, until every part has
 * answered or time is up. Who answers does not matter, what an answer covers does.
 */

import { randomBytes } from 'node:crypto';
import type { Position } from '../../adapters/shared-history.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Member, Members } from '../members/members.ts';
import type { MatchMessage, SearchedPart, SearchMessage } from '../messages/match-messages.ts';
import type { MatchSubjects } from '../messages/match-subjects.ts';
import type { MessageCodec } from '../messages/message-codec.ts';
import type { MatchTransport } from '../transport/match-transport.ts';
import type { HedgeBudget } from './hedge-budget.ts';
import type { NodeLoad } from './node-load.ts';

/** What rounds share. */
export interface RoundSurroundings {
  readonly transport: MatchTransport;
  readonly codec: MessageCodec;
  readonly subjects: MatchSubjects;
  readonly members: Members;
  readonly load: NodeLoad;
  readonly budget: HedgeBudget;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  /** When a request is repeated elsewhere, milliseconds; undefined for three times the usual. */
  readonly hedgeAfterMs: number | undefined;
}

/** What a round asks. */
export interface RoundQuestion extends Pick<SearchMessage, 'of' | 'purpose' | 'probes' | 'look' | 'size' | 'isBatch'> {
  readonly through: Position;
  /** When it ends without all parts, by the clock. */
  readonly untilMs: number;
  /** Ends it at once, with WINBIO_E_CANCELED. */
  readonly signal: AbortSignal;
}

/** What a round found out. */
export interface RoundResult {
  readonly searched: readonly SearchedPart[];
  readonly missing: readonly number[];
  /** Whether any node answered at all. */
  readonly isHeard: boolean;
}

/** Wait before a request is repeated while nothing was measured, milliseconds. */
const FIRST_HEDGE_MS = 300;

/** A request that was sent and has not been answered. */
interface Asked {
  readonly member: Member;
  readonly id: Uint8Array;
  readonly parts: ReadonlySet<number>;
  readonly canceling: AbortController;
  readonly sentMs: number;
  isHedged: boolean;
}

export class SearchRound {
  readonly #with: RoundSurroundings;
  readonly #question: RoundQuestion;
  readonly #pending: Set<number>;
  readonly #searched = new Map<number, SearchedPart>();
  readonly #asked = new Set<Asked>();
  /** For each part, what its holders said of themselves before they did not search it: each may be asked again later. */
  readonly #refused = new Map<number, Set<Member>>();
  #isHeard = false;
  #fault: BiometricError | undefined;
  #wake = (): void => {};

  constructor(surroundings: RoundSurroundings, question: RoundQuestion) {
    this.#with = surroundings;
    this.#question = question;
    this.#pending = new Set(Array.from({ length: question.of }, (_, part) => part));
  }

  /** Rejects with WINBIO_E_CANCELED, and with E_INVALIDARG for a probe that is none. */
  async run(): Promise<RoundResult> {
    const { members, transport, clock } = this.#with;
    const { signal, untilMs } = this.#question;
    const wake = (): void => this.#wake();
    using stack = new DisposableStack();
    stack.use(members.watch(wake));
    stack.use(transport.watch(wake));
    // A timer may be early by the clock.
    let isLate = false;
    const late = (): void => {
      isLate = true;
      wake();
    };
    stack.use(clock.after(Math.max(0, untilMs - clock.nowMs()), late));
    signal.addEventListener('abort', wake);
    stack.defer(() => signal.removeEventListener('abort', wake));
    stack.defer(() => this.#cancelAll());
    while (this.#pending.size > 0 && !isLate) {
      if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
      if (this.#fault !== undefined) throw this.#fault;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      this.#abandonGone();
      if (transport.connected) this.#askUnasked();
      await promise;
    }
    if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    if (this.#fault !== undefined) throw this.#fault;
    return { searched: [...this.#searched.values()], missing: [...this.#pending], isHeard: this.#isHeard };
  }

  /** Requests to nodes that are gone will not be answered. */
  #abandonGone(): void {
    for (const asked of this.#asked) {
      if (this.#with.members.at(asked.member.address) === undefined) this.#end(asked);
    }
  }

  #askUnasked(): void {
    const waiting = new Set([...this.#asked].flatMap(({ parts }) => [...parts]));
    const open = [...this.#pending].filter((part) => !waiting.has(part));
    if (open.length > 0) this.#ask(open, (part) => this.#holders(part));
  }

  /** Asks a late node's parts of others that have nothing to do, as far as the budget goes. */
  #hedge(asked: Asked): void {
    if (!this.#asked.has(asked) || asked.isHedged) return;
    asked.isHedged = true;
    const { load, budget, transport } = this.#with;
    if (!transport.connected) return;
    const open = [...asked.parts].filter((part) => this.#pending.has(part));
    const idle = (part: number): Member[] =>
      this.#holders(part).filter((member) => member.node !== asked.member.node && load.of(member) === 0);
    this.#ask(open, idle, () => budget.spend());
  }

  /** Sends one message to each node that is chosen for some of the parts. */
  #ask(parts: readonly number[], holders: (part: number) => Member[], may: () => boolean = () => true): void {
    const { load, random } = this.#with;
    const chosen = new Map<Member, Set<number>>();
    for (const part of parts) {
      const candidates = holders(part);
      const member = load.choose(candidates, random);
      if (member === undefined) continue;
      chosen.set(member, (chosen.get(member) ?? new Set()).add(part));
    }
    for (const [member, own] of chosen) if (may()) void this.#send(member, own);
  }

  /** Nodes that say that they hold a part, but for those that did not search it since they said so. */
  #holders(part: number): Member[] {
    const { of } = this.#question;
    const refused = this.#refused.get(part);
    return this.#with.members.all.filter(
      (member) => member.parts === of && !refused?.has(member) && member.held.some((each) => each.part === part),
    );
  }

  async #send(member: Member, parts: ReadonlySet<number>): Promise<void> {
    const { transport, codec, subjects, load, budget, clock, hedgeAfterMs } = this.#with;
    const { of, purpose, probes, look, size, isBatch, through, untilMs } = this.#question;
    const id = new Uint8Array(randomBytes(16));
    const sentMs = clock.nowMs();
    const asked: Asked = { member, id, parts, canceling: new AbortController(), sentMs, isHedged: false };
    this.#asked.add(asked);
    using _load = load.asking(member.address);
    budget.earn();
    const bytes = codec.encode({
      kind: 'search',
      id,
      of,
      parts: [...parts],
      purpose,
      probes: [...probes],
      look,
      size,
      through,
      withinMs: Math.max(1, Math.ceil(untilMs - sentMs)),
      isBatch,
    });
    const late = hedgeAfterMs ?? load.lateMs ?? FIRST_HEDGE_MS;
    using _late = clock.after(late, () => this.#hedge(asked));
    try {
      const subject = subjects.node(member.node, member.instance);
      const delivery = await transport.request(subject, bytes, { signal: asked.canceling.signal });
      if (!this.#asked.delete(asked)) return;
      if (delivery.kind === 'nobody') this.#with.members.forget(member.address);
      if (delivery.kind === 'answer') this.#take(asked, delivery.bytes);
    } catch (thrown) {
      this.#asked.delete(asked);
      if (asked.canceling.signal.aborted) return;
      for (const part of parts) this.#refuse(part, member);
      this.#with.logger.warn('a matching node could not be asked', { node: member.node, message: String(thrown) });
    }
    this.#wake();
  }

  #take(asked: Asked, bytes: Uint8Array): void {
    const { logger, load, clock, codec } = this.#with;
    let message: MatchMessage | undefined;
    try {
      message = codec.decode(bytes);
    } catch (thrown) {
      logger.warn('the answer of a matching node cannot be read', { node: asked.member.node, message: String(thrown) });
    }
    if ((message?.kind !== 'answer' && message?.kind !== 'unusable') || Buffer.compare(message.id, asked.id) !== 0) {
      for (const part of asked.parts) this.#refuse(part, asked.member);
      return;
    }
    this.#isHeard = true;
    if (message.kind === 'unusable') {
      this.#fault = new BiometricError('E_INVALIDARG', `the probe cannot be searched for: ${message.message}`);
      return;
    }
    load.took(clock.nowMs() - asked.sentMs);
    for (const searched of message.searched) {
      if (!asked.parts.has(searched.part)) continue;
      if (!this.#covers(searched)) {
        logger.warn('a matching node answered for what was not asked', {
          node: asked.member.node,
          part: searched.part,
        });
      } else if (this.#pending.delete(searched.part)) this.#searched.set(searched.part, searched);
    }
    for (const part of asked.parts) this.#refuse(part, asked.member);
    for (const other of this.#asked) {
      if ([...other.parts].every((part) => !this.#pending.has(part))) this.#end(other);
    }
  }

  /** Whether an answer says all that was asked about its part, and nothing about others. */
  #covers({ part, through, found }: SearchedPart): boolean {
    const { through: asked, of, probes } = this.#question;
    return (
      through.incarnation === asked.incarnation &&
      through.change >= asked.change &&
      (through.change > asked.change || through.token === asked.token) &&
      found.length === probes.length &&
      found.every((list) => list.every(({ recordId }) => recordId % of === part))
    );
  }

  #refuse(part: number, member: Member): void {
    if (!this.#pending.has(part)) return;
    const refused = this.#refused.get(part) ?? new Set();
    this.#refused.set(part, refused.add(member));
  }

  #cancelAll(): void {
    for (const asked of this.#asked) this.#end(asked);
  }

  /** Does not wait for an answer any more, and says so. */
  #end(asked: Asked): void {
    const { transport, codec, subjects } = this.#with;
    this.#asked.delete(asked);
    asked.canceling.abort();
    const { node, instance } = asked.member;
    transport.publish(subjects.node(node, instance), codec.encode({ kind: 'cancel', id: asked.id }));
  }
}
