/** `whorl plan`: how many matching nodes a gallery takes. */

import { randomInt } from 'node:crypto';
import { measureRate } from '../../composition/matching/measure-rate.ts';
import { MEASURED_RATES } from '../../matching/plan/measured-rates.ts';
import { type ClusterPlan, planCluster } from '../../matching/plan/plan-cluster.ts';
import { columns, print } from '../print.ts';

/** Options of the command. */
export interface PlanCommandOptions {
  readonly people: number;
  readonly queries: number;
  readonly fingers?: number;
  readonly replicas?: number;
  readonly threads?: number;
  readonly memory?: number;
  readonly measure?: boolean;
  readonly json?: boolean;
}

const RESOLUTION = 2 ** 32;

/** Prints nodes, memory, latency and what they rest on. */
export async function plan({
  people,
  queries,
  fingers = 1,
  replicas,
  threads,
  memory,
  measure = false,
  json = false,
}: PlanCommandOptions): Promise<void> {
  const rates = measure ? { ...MEASURED_RATES, referencesPerThreadSecond: await measureRate() } : MEASURED_RATES;
  const references = people * fingers;
  const planned = planCluster({
    references,
    queriesPerSecond: queries,
    replicas,
    threads,
    memoryBytes: memory === undefined ? undefined : memory * 1e9,
    rates,
    random: () => randomInt(RESOLUTION) / RESOLUTION,
  });
  print(json, { references, queriesPerSecond: queries, rates, ...planned }, inWords(references, queries, planned));
}

function inWords(references: number, queries: number, planned: ClusterPlan): string {
  const { nodes, decidedBy, memoryBytesPerNode, p50Seconds, p99Seconds, busy, assumptions } = planned;
  const coreDays = planned.deduplicationThreadSeconds / 86_400;
  return [
    columns([
      ['references', references],
      ['searches a second', queries],
      ['nodes', `${nodes}, decided by ${decidedBy}`],
      ['memory of a node', `${(memoryBytesPerNode / 1e9).toFixed(2)} GB for references`],
      ['a search takes', `${seconds(p50Seconds)} (median), ${seconds(p99Seconds)} (99th percentile)`],
      ['nodes are busy', `${Math.round(100 * busy)} % of the time`],
      ['whorl deduplicate', `${coreDays < 10 ? coreDays.toFixed(2) : Math.round(coreDays)} days of one thread`],
    ]),
    'assumptions:',
    ...assumptions.map((line) => `  ${line}`),
  ].join('\n');
}

function seconds(value: number): string {
  return `${value.toPrecision(2)} s`;
}
