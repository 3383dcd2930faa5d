/** How many nodes a gallery takes, how much memory, and how long a search will take. */

import { type MatchingRates, MEASURED_RATES } from './measured-rates.ts';
import { simulateCluster } from './simulate-cluster.ts';

/** What is wanted. */
export interface PlanOptions {
  /** References: people times the fingers of each. */
  readonly references: number;
  /** Searches a second. */
  readonly queriesPerSecond: number;
  /** Nodes that hold each reference. Default: 2. */
  readonly replicas?: number | undefined;
  /** Threads of a node. Default: 16. */
  readonly threads?: number | undefined;
  /** Memory of a node that references may take, bytes. Default: 100 GB. */
  readonly memoryBytes?: number | undefined;
  /** Share of the time that nodes may be busy. Default: 0.5. */
  readonly busy?: number | undefined;
  /** Default: {@link MEASURED_RATES}. */
  readonly rates?: MatchingRates | undefined;
  /** Numbers in 0..1. */
  readonly random: () => number;
}

/** What it takes. */
export interface ClusterPlan {
  readonly nodes: number;
  /** What decides about their number. */
  readonly decidedBy: 'copies' | 'memory' | 'computing';
  /** References of a node, bytes. */
  readonly memoryBytesPerNode: number;
  /** Of a search that finds somebody, seconds. */
  readonly p50Seconds: number;
  readonly p99Seconds: number;
  /** Share of the time that nodes are busy. */
  readonly busy: number;
  /** Time of one thread for every reference against every other, seconds. */
  readonly deduplicationThreadSeconds: number;
  /** What it rests on. */
  readonly assumptions: readonly string[];
}

/** Tasks that a simulation takes at most, and searches at least and at most. */
const MOST_TASKS = 400_000;
const FEWEST_SEARCHES = 60;
const MOST_SEARCHES = 4000;

/** Plans a cluster. */
export function planCluster(options: PlanOptions): ClusterPlan {
  const { references, queriesPerSecond, random, rates = MEASURED_RATES } = options;
  const { replicas = 2, threads = 16, memoryBytes = 100e9, busy = 0.5 } = options;
  const rate = rates.referencesPerThreadSecond * threads;
  const needs = {
    copies: replicas,
    memory: (references * rates.bytesPerReference * replicas) / memoryBytes,
    computing: (references * queriesPerSecond) / (rate * busy),
  } as const;
  const most = Math.max(...Object.values(needs));
  // As many holders of each part.
  const groups = Math.max(1, Math.ceil(Math.ceil(most) / replicas));
  const nodes = groups * replicas;
  const decidedBy = needs.computing === most ? 'computing' : needs.memory === most ? 'memory' : 'copies';
  const queries = Math.min(MOST_SEARCHES, Math.max(FEWEST_SEARCHES, Math.floor(MOST_TASKS / groups)));
  const taskSeconds = references / groups / rate;
  const simulated = simulateCluster({ groups, replicas, taskSeconds, queriesPerSecond, queries, random });
  const messagesSeconds = (groups * rates.messageMs) / 1000;
  return {
    nodes,
    decidedBy,
    memoryBytesPerNode: (references * rates.bytesPerReference * replicas) / nodes,
    p50Seconds: simulated.p50 + messagesSeconds,
    p99Seconds: simulated.p99 + messagesSeconds,
    busy: (references * queriesPerSecond) / (rate * nodes),
    deduplicationThreadSeconds: (references * references) / 2 / rates.referencesPerThreadSecond,
    assumptions: [
      `a thread searches ${rates.referencesPerThreadSecond} references in a second, and a node has ${threads}`,
      `a reference takes ${rates.bytesPerReference} bytes, and a node has room for ${memoryBytes / 1e9} GB of them`,
      `${replicas} nodes hold each reference, and nodes are busy ${100 * busy} % of the time at most`,
      `a message to a node adds ${rates.messageMs} ms`,
      'searches arrive at random; 1 % of the tasks take five times as long; 5 % may be repeated at another holder',
      'whoever is enrolled is found as the print lies; that somebody is unknown takes three times as long, unless searchRotation is upright',
      `latencies are those of ${queries} simulated searches`,
    ],
  };
}
