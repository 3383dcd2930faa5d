/**
 * Nodes that answer searches, event by event: tasks that wait in line at a node, some that take much longer, repetitions at
 * another holder, and nodes that fail. A seed repeats it.
 */

import { EventQueue } from './event-queue.ts';

/** What is simulated. */
export interface SimulationOptions {
  /** Groups of parts; each search has a task for each. */
  readonly groups: number;
  /** Nodes of a group; each can take its tasks. */
  readonly replicas: number;
  /** Usual duration of a task, seconds. */
  readonly taskSeconds: number;
  readonly queriesPerSecond: number;
  readonly queries: number;
  /** Share of the tasks that take longer, and how much. Default: 0.01 and 5. */
  readonly slowShare?: number | undefined;
  readonly slowFactor?: number | undefined;
  /** Share of the tasks that may be repeated; 0 for none. Default: 0.05. */
  readonly hedgeShare?: number | undefined;
  /** Tasks after which a node fails, on average. Default: never. */
  readonly tasksToFailure?: number | undefined;
  /** Until others know that a node has failed, and until it is back, seconds. Default: 2 and 10. */
  readonly noticeSeconds?: number | undefined;
  readonly backSeconds?: number | undefined;
  /** After this a search ends incomplete, seconds. Default: never. */
  readonly deadlineSeconds?: number | undefined;
  /** Numbers in 0..1. */
  readonly random: () => number;
}

/** What came of it. */
export interface SimulationResult {
  /** Duration of complete searches, seconds. */
  readonly p50: number;
  readonly p99: number;
  readonly complete: number;
  /** Searches that ended without all groups. */
  readonly incomplete: number;
  /** Tasks that were begun, repetitions included. */
  readonly tasks: number;
  /** Of them, repetitions. */
  readonly hedges: number;
  readonly failures: number;
  /** Share of the time that nodes were busy. */
  readonly busy: number;
}

/** A node: when it has done all that waits, and until when it is away. */
interface SimulatedNode {
  freeAt: number;
  downUntil: number;
  /** Others send it tasks until they have noticed. */
  noticedAt: number;
  epoch: number;
}

/** A group of one search that was not answered yet. */
interface OpenTask {
  readonly search: OpenSearch;
  readonly group: number;
  isDone: boolean;
}

interface OpenSearch {
  readonly atSeconds: number;
  left: number;
  isOver: boolean;
}

/** Runs the simulation. */
export function simulateCluster(options: SimulationOptions): SimulationResult {
  const { groups, replicas, queries, queriesPerSecond, random, deadlineSeconds } = options;
  const cluster = new SimulatedCluster(options);
  let atSeconds = 0;
  for (let query = 0; query < queries; query++) {
    // Arrivals do not know of each other.
    atSeconds -= Math.log(1 - random()) / queriesPerSecond;
    cluster.arrive(atSeconds, deadlineSeconds);
  }
  const endSeconds = cluster.run();
  const { tookSeconds, incomplete, tasks, hedges, failures, busySeconds } = cluster;
  tookSeconds.sort((a, b) => a - b);
  const at = (share: number): number => tookSeconds[Math.floor(share * (tookSeconds.length - 1))] ?? Number.NaN;
  const busy = busySeconds / Math.max(endSeconds, atSeconds) / (groups * replicas);
  return { p50: at(0.5), p99: at(0.99), complete: tookSeconds.length, incomplete, tasks, hedges, failures, busy };
}

/** How much later than usual a task is repeated. */
const LATE = 3;
/** Repetitions saved up at most. */
const MOST_SAVED = 10;

class SimulatedCluster {
  readonly tookSeconds: number[] = [];
  incomplete = 0;
  tasks = 0;
  hedges = 0;
  failures = 0;
  busySeconds = 0;
  readonly #options: SimulationOptions;
  readonly #events = new EventQueue();
  readonly #nodes: SimulatedNode[];
  #saved = 1;

  constructor(options: SimulationOptions) {
    this.#options = options;
    const count = options.groups * options.replicas;
    this.#nodes = Array.from({ length: count }, () => ({ freeAt: 0, downUntil: 0, noticedAt: 0, epoch: 0 }));
  }

  /** A search that will come. */
  arrive(atSeconds: number, deadlineSeconds: number | undefined): void {
    this.#events.at(atSeconds, () => {
      const search: OpenSearch = { atSeconds, left: this.#options.groups, isOver: false };
      for (let group = 0; group < this.#options.groups; group++) {
        this.#ask({ search, group, isDone: false }, atSeconds, undefined);
      }
      if (deadlineSeconds === undefined) return;
      this.#events.at(atSeconds + deadlineSeconds, () => {
        if (search.isOver) return;
        search.isOver = true;
        this.incomplete += 1;
      });
    });
  }

  /** Until nothing happens any more; returns when that was. */
  run(): number {
    return this.#events.run();
  }

  /** Sends a task to the less busy of two holders, other than `late`. */
  #ask(task: OpenTask, now: number, late: SimulatedNode | undefined): void {
    const { taskSeconds, hedgeShare = 0.05 } = this.#options;
    const holders = this.#holders(task.group).filter((node) => node !== late && !this.#isKnownDown(node, now));
    const [one, other] = [this.#pick(holders), this.#pick(holders)];
    if (one === undefined || other === undefined) {
      // Nobody to ask: again when somebody may be back.
      if (late === undefined) this.#events.at(now + taskSeconds, () => this.#again(task, now + taskSeconds));
      return;
    }
    const node = other.freeAt < one.freeAt ? other : one;
    if (late !== undefined) {
      if (node.freeAt > now || this.#saved < 1) return;
      this.#saved -= 1;
      this.hedges += 1;
    }
    this.#saved = Math.min(MOST_SAVED, this.#saved + hedgeShare);
    this.#begin(task, node, now);
    if (late === undefined && hedgeShare > 0) {
      const lateAt = now + LATE * taskSeconds;
      this.#events.at(lateAt, () => {
        if (!task.isDone && !task.search.isOver) this.#ask(task, lateAt, node);
      });
    }
  }

  #begin(task: OpenTask, node: SimulatedNode, now: number): void {
    const { slowShare = 0.01, slowFactor = 5, taskSeconds, random, noticeSeconds = 2, tasksToFailure } = this.#options;
    this.tasks += 1;
    const isDown = node.downUntil > now;
    const took = taskSeconds * (random() < slowShare ? slowFactor : 1);
    const startAt = Math.max(now, node.freeAt);
    const { epoch } = node;
    if (!isDown) {
      node.freeAt = startAt + took;
      this.busySeconds += took;
      if (tasksToFailure !== undefined && random() < 1 / tasksToFailure) this.#fail(node, startAt + took * random());
    }
    const endAt = isDown ? Math.max(now, node.noticedAt) : startAt + took;
    this.#events.at(endAt, () => {
      if (task.isDone || task.search.isOver) return;
      if (!isDown && node.epoch === epoch) return this.#done(task, endAt);
      // Lost with the node: asked again once that is known.
      const knownAt = Math.max(endAt, node.noticedAt, now + noticeSeconds * Number(!isDown));
      this.#events.at(knownAt, () => this.#again(task, knownAt));
    });
  }

  #again(task: OpenTask, now: number): void {
    if (!task.isDone && !task.search.isOver) this.#ask(task, now, undefined);
  }

  #fail(node: SimulatedNode, atSeconds: number): void {
    const { noticeSeconds = 2, backSeconds = 10 } = this.#options;
    this.#events.at(atSeconds, () => {
      this.failures += 1;
      node.epoch += 1;
      node.noticedAt = atSeconds + noticeSeconds;
      node.downUntil = atSeconds + backSeconds;
      node.freeAt = node.downUntil;
    });
  }

  #done(task: OpenTask, now: number): void {
    const { search } = task;
    task.isDone = true;
    search.left -= 1;
    if (search.left > 0) return;
    search.isOver = true;
    this.tookSeconds.push(now - search.atSeconds);
  }

  #isKnownDown(node: SimulatedNode, now: number): boolean {
    return node.downUntil > now && node.noticedAt <= now;
  }

  #holders(group: number): SimulatedNode[] {
    const { replicas } = this.#options;
    return this.#nodes.slice(group * replicas, (group + 1) * replicas);
  }

  #pick(nodes: readonly SimulatedNode[]): SimulatedNode | undefined {
    return nodes[Math.floor(this.#options.random() * nodes.length)];
  }
}
