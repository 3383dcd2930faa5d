/** The nodes that are alive, by what they say themselves. Whoever is silent for some time is not. */

import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { AliveMessage } from '../messages/match-messages.ts';
import { MatchSubjects } from '../messages/match-subjects.ts';
import type { MessageCodec } from '../messages/message-codec.ts';
import type { MatchTransport } from '../transport/match-transport.ts';

/** Times that a node may be silent before it counts as gone. */
const SILENCES = 4;

/** A node as it was heard last. */
export interface Member extends AliveMessage {
  /** Names this start of this node. */
  readonly address: string;
}

/** What the view needs. */
export interface MembersOptions {
  readonly transport: MatchTransport;
  readonly codec: MessageCodec;
  readonly databaseId: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The nodes that are alive. */
export class Members implements Disposable {
  readonly #options: MembersOptions;
  readonly #subjects: MatchSubjects;
  readonly #members = new Map<string, { readonly member: Member; readonly timer: Disposable }>();
  readonly #watching = new Set<() => void>();
  readonly #stack = new DisposableStack();

  constructor(options: MembersOptions) {
    this.#options = options;
    this.#subjects = new MatchSubjects(options.databaseId);
    const { transport } = options;
    this.#stack.use(transport.subscribe(this.#subjects.alive, (bytes) => this.#take(bytes)));
    this.#stack.use(transport.watch(() => transport.connected && this.call()));
    this.call();
  }

  /** All that are alive, the same start of a node once. */
  get all(): readonly Member[] {
    return [...this.#members.values()].map(({ member }) => member);
  }

  /** The node at an address; undefined when it is not alive. */
  at(address: string): Member | undefined {
    return this.#members.get(address)?.member;
  }

  /** Asks all nodes to say at once that they are alive. */
  call(): void {
    this.#options.transport.publish(this.#subjects.roll, this.#options.codec.encode({ kind: 'roll' }));
  }

  /** Takes away a node that does not answer, until it says again that it is alive. */
  forget(address: string): void {
    const known = this.#members.get(address);
    if (known === undefined) return;
    known.timer[Symbol.dispose]();
    this.#members.delete(address);
    this.#tell();
  }

  /** Calls when a node came, went, or said something new. */
  watch(onChange: () => void): Disposable {
    this.#watching.add(onChange);
    return { [Symbol.dispose]: () => this.#watching.delete(onChange) };
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
    for (const { timer } of this.#members.values()) timer[Symbol.dispose]();
    this.#members.clear();
    this.#watching.clear();
  }

  #take(bytes: Uint8Array): void {
    const { codec, clock, logger } = this.#options;
    let message: ReturnType<MessageCodec['decode']>;
    try {
      message = codec.decode(bytes);
    } catch (thrown) {
      logger.warn('a message of a matching node cannot be read', { message: String(thrown) });
      return;
    }
    if (message.kind !== 'alive') return;
    const address = `${message.node}.${message.instance}`;
    this.#members.get(address)?.timer[Symbol.dispose]();
    this.#members.delete(address);
    if (message.state !== 'gone') {
      const timer = clock.after(SILENCES * message.everyMs, () => this.forget(address));
      this.#members.set(address, { member: { ...message, address }, timer });
    }
    this.#tell();
  }

  #tell(): void {
    for (const watcher of this.#watching) watcher();
  }
}
