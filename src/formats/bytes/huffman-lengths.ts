/** Lengths of a Huffman code, limited as deflate demands. */

/**
 * Bits per symbol, 0 for symbols that never occur; a lone symbol gets one bit. A code longer than `maxBits` is built
 * again from flatter counts, which costs next to nothing: only symbols that almost never occur are that long.
 */
export function huffmanLengths(counts: Uint32Array, maxBits: number): Uint8Array {
  for (let flatter = counts; ; flatter = flatter.map((count) => (count + 1) >> 1)) {
    const lengths = unlimitedLengths(flatter);
    if (lengths.every((length) => length <= maxBits)) return lengths;
  }
}

/**
 * Huffman's construction with two queues: the leaves by rising count, and the joined nodes, which come about in order.
 */
function unlimitedLengths(counts: Uint32Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const leaves = [...counts.keys()].filter((symbol) => counts[symbol]! > 0).sort((a, b) => counts[a]! - counts[b]!);
  if (leaves.length === 1) lengths[leaves[0]!] = 1;
  if (leaves.length < 2) return lengths;
  const weights = leaves.map((symbol) => counts[symbol]!);
  const parents: number[] = [];
  let leaf = 0;
  let joined = leaves.length;
  const takeLightest = (): number => (leaf < leaves.length && !(weights[joined]! < weights[leaf]!) ? leaf++ : joined++);
  while (weights.length < 2 * leaves.length - 1) {
    const [a, b] = [takeLightest(), takeLightest()];
    parents[a] = parents[b] = weights.length;
    weights.push(weights[a]! + weights[b]!);
  }
  const depths = new Uint8Array(weights.length);
  for (let node = weights.length - 2; node >= 0; node--) depths[node] = depths[parents[node]!]! + 1;
  for (const [i, symbol] of leaves.entries()) lengths[symbol] = depths[i]!;
  return lengths;
}
