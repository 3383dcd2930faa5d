/** How busy nodes are, by what they said last and what they were asked since; and how long they usually take. */

import type { Member } from '../members/members.ts';

/** Durations that count. */
const KEPT = 64;
/** Shortest wait before a request is repeated, milliseconds. */
const SHORTEST_MS = 50;
/** Times the usual duration after which a request is late. */
const LATE = 3;

/** What a coordinator knows about the load of nodes. */
export class NodeLoad {
  readonly #asked = new Map<string, number>();
  readonly #tookMs: number[] = [];

  /** Notes a request; dispose of it when it has ended. */
  asking(address: string): Disposable {
    this.#asked.set(address, (this.#asked.get(address) ?? 0) + 1);
    return {
      [Symbol.dispose]: () => {
        const left = (this.#asked.get(address) ?? 1) - 1;
        if (left === 0) this.#asked.delete(address);
        else this.#asked.set(address, left);
      },
    };
  }

  /** Notes how long an answer took. */
  took(ms: number): void {
    this.#tookMs.push(ms);
    if (this.#tookMs.length > KEPT) this.#tookMs.shift();
  }

  /** Searches that wait at a node, as far as one knows. */
  of({ address, queue }: Member): number {
    return Math.max(queue, this.#asked.get(address) ?? 0);
  }

  /** When an answer is late, milliseconds: three times the median; undefined before anything was measured. */
  get lateMs(): number | undefined {
    if (this.#tookMs.length === 0) return undefined;
    const sorted = this.#tookMs.toSorted((a, b) => a - b);
    return Math.max(SHORTEST_MS, LATE * sorted[Math.floor(sorted.length / 2)]!);
  }

  /** The less busy of two that are chosen at random. Undefined when there is none. */
  choose(members: readonly Member[], random: () => number): Member | undefined {
    const first = members[Math.floor(random() * members.length)];
    const second = members[Math.floor(random() * members.length)];
    if (first === undefined || second === undefined) return undefined;
    return this.of(second) < this.of(first) ? second : first;
  }
}
