/**
 * Which nodes should hold which parts: rendezvous hashing (Thaler and Ravishankar, 1998) with a bound on the load of each.
 * All who see the same nodes decide the same, and few parts move when one comes or goes. Those who see other nodes hold a
 * copy more, never one less that somebody relies on.
 */

import { createHash } from 'node:crypto';

/** Most that a node holds, as a multiple of the mean. */
const LOAD_BOUND = 1.05;

/** How parts are dealt out. */
export interface OwnersOptions {
  /** How many parts there are. */
  readonly parts: number;
  /** Nodes that hold each part. */
  readonly replicas: number;
}

/**
 * Names of the nodes that hold each part, the first choice first: as many as `replicas`, or all nodes where there are fewer.
 */
export function ownersOf(nodes: Iterable<string>, { parts, replicas }: OwnersOptions): readonly (readonly string[])[] {
  const names = [...new Set(nodes)].sort();
  const copies = Math.min(replicas, names.length);
  if (copies === 0) return Array.from({ length: parts }, () => []);
  const seeds = names.map(seedOf);
  const most = Math.ceil((LOAD_BOUND * parts * copies) / names.length);
  const load = new Uint32Array(names.length);
  return Array.from({ length: parts }, (_, part) => {
    const ranked = seeds.map((seed, i) => ({ i, weight: weightOf(seed, part) })).sort((a, b) => b.weight - a.weight);
    const chosen = ranked.filter(({ i }) => load[i]! < most).slice(0, copies);
    // The last parts may find too few nodes below the bound, but never fewer copies.
    for (const other of ranked) if (chosen.length < copies && !chosen.includes(other)) chosen.push(other);
    for (const { i } of chosen) load[i]! += 1;
    return chosen.map(({ i }) => names[i]!);
  });
}

function seedOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0);
}

/** The finalizer of MurmurHash3 over both, twice: parts are small numbers. */
function weightOf(seed: number, part: number): number {
  return mixed(mixed(seed ^ Math.imul(part + 1, 0x9e37_79b1)) ^ seed);
}

function mixed(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
