/** Who holds what of a gallery, for people to look at. */

import type { Member } from './members.ts';

/** A node. */
export interface NodeCoverage {
  readonly node: string;
  /** Names this start of it. */
  readonly address: string;
  readonly state: Member['state'];
  /** How many parts it holds. */
  readonly held: number;
  readonly references: number;
  /** Changes that it has not heard of, as far as any node has. */
  readonly behind: number;
  /** Searches that wait or run. */
  readonly queue: number;
}

/** The gallery as nodes tell of it. */
export interface GalleryCoverage {
  readonly nodes: readonly NodeCoverage[];
  readonly parts: number;
  /** References of the parts that are held, each counted once. */
  readonly references: number;
  /** How many parts are held by so many nodes. */
  readonly copies: Readonly<Record<number, number>>;
  /** Parts that nobody holds. */
  readonly missing: readonly number[];
}

/** What nodes tell of a gallery of so many parts; nodes of another number of parts are shown and do not count. */
export function galleryCoverage(members: readonly Member[], parts: number): GalleryCoverage {
  const holders = Array.from({ length: parts }, () => ({ nodes: new Set<string>(), size: 0 }));
  const last = Math.max(0, ...members.map(({ change }) => change));
  for (const { node, held, parts: own } of members) {
    if (own !== parts) continue;
    for (const { part, size } of held) {
      const holder = holders[part];
      if (holder === undefined) continue;
      holder.nodes.add(node);
      holder.size = Math.max(holder.size, size);
    }
  }
  const copies: Record<number, number> = {};
  for (const { nodes } of holders) copies[nodes.size] = (copies[nodes.size] ?? 0) + 1;
  return {
    nodes: members
      .map(({ node, address, state, held, change, queue }) => ({
        node,
        address,
        state,
        held: held.length,
        references: held.reduce((sum, { size }) => sum + size, 0),
        behind: last - change,
        queue,
      }))
      .sort((a, b) => a.address.localeCompare(b.address)),
    parts,
    references: holders.reduce((sum, { size }) => sum + size, 0),
    copies,
    missing: holders.flatMap(({ nodes }, part) => (nodes.size === 0 ? [part] : [])),
  };
}
