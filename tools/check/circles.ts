/** Circles of imports, between files and between the folders that hold them. */

import { dirname, join, relative, sep } from 'node:path';

type Graph = ReadonlyMap<string, Iterable<string>>;

/** All circles of a graph, each once, by depth-first search. */
export function circlesOf(edges: Graph): string[][] {
  const found: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (node: string): void => {
    state.set(node, 'open');
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      if (state.get(next) === 'open') found.push([...path.slice(path.indexOf(next)), next]);
      else if (!state.has(next) && edges.has(next)) visit(next);
    }
    path.pop();
    state.set(node, 'done');
  };
  for (const node of edges.keys()) if (!state.has(node)) visit(node);
  return found;
}

/**
 * For each folder, the imports between its children. An import counts in the lowest folder that holds both files, as an
 * edge between the children that are or contain them. Without circles, every folder can be read bottom up.
 */
export function folderGraphs(files: Graph): Map<string, Map<string, Set<string>>> {
  const graphs = new Map<string, Map<string, Set<string>>>();
  for (const [file, imports] of files) {
    for (const target of imports) {
      if (!files.has(target)) continue;
      const folder = commonFolder(file, target);
      const [from, to] = [childOf(folder, file), childOf(folder, target)];
      if (from === to) continue;
      const graph = graphs.get(folder) ?? new Map<string, Set<string>>();
      graphs.set(folder, graph);
      for (const child of [from, to]) if (!graph.has(child)) graph.set(child, new Set());
      graph.get(from)?.add(to);
    }
  }
  return graphs;
}

function commonFolder(one: string, other: string): string {
  let folder = dirname(one);
  while (relative(folder, other).startsWith('..')) folder = dirname(folder);
  return folder;
}

function childOf(folder: string, file: string): string {
  const [child = ''] = relative(folder, file).split(sep);
  return join(folder, child);
}
