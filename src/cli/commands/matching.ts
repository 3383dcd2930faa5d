/** Commands for a gallery on many machines. */

import { databaseGuid, type OptionRule, wholeNumber } from '../../core/option-rules.ts';
import { command } from '../command-entry.ts';
import type { DeduplicateOptions } from '../matching/deduplicate.ts';
import type { MatchOptions } from '../matching/match.ts';
import type { PlanCommandOptions } from '../matching/plan.ts';
import { outputFile, positive, within } from '../value-rules.ts';
import { CONFIG, JSON_OUT } from './options.ts';

const nodeName: OptionRule = (value) =>
  /^[A-Za-z0-9_-]{1,32}$/.test(String(value)) ? undefined : '1 to 32 letters, digits, dashes or underlines';

export const MATCHING_COMMANDS = [
  command({
    name: 'match',
    group: 'service',
    description: 'hold a share of a shared gallery in memory, and search it for services',
    options: [CONFIG, ['--name <name>', 'name of the node (default: that of the configuration)', nodeName], JSON_OUT],
    examples: ['whorl match --config node.json --name n1'],
    run: async (options: MatchOptions) => (await import('../matching/match.ts')).match(options),
  }),
  command({
    name: 'match status',
    group: 'service',
    description: 'list matching nodes: parts, copies, and how far each is behind',
    options: [CONFIG, JSON_OUT],
    examples: ['whorl match status --json'],
    run: async (options: MatchOptions) => (await import('../matching/match.ts')).matchStatus(options),
  }),
  command({
    name: 'plan',
    group: 'engine and records',
    description: 'tell how many matching nodes a gallery takes, how much memory, and how long a search will take',
    options: [
      ['--people <n>', 'required: people to be enrolled', positive],
      ['--queries <n>', 'required: searches a second', within(0.000_01, 1_000_000, 'searches a second')],
      ['--fingers <n>', 'fingers of each (default: 1)', wholeNumber(1, 10)],
      ['--replicas <n>', 'nodes that hold each reference (default: 2)', wholeNumber(1, 8)],
      ['--threads <n>', 'threads of a node (default: 16)', wholeNumber(1, 256)],
      ['--memory <n>', 'room of a node for references, GB (default: 100)', within(0.1, 100_000, 'GB')],
      ['--measure', 'measure here how fast a thread searches, instead of what was measured elsewhere'],
      JSON_OUT,
    ],
    examples: ['whorl plan --people 10000000 --queries 10'],
    run: async (options: PlanCommandOptions) => (await import('../matching/plan.ts')).plan(options),
  }),
  command({
    name: 'deduplicate',
    group: 'upkeep',
    description: 'find out who is enrolled twice; if interrupted, run it again to go on',
    arguments: [['<report>', 'file to write, a JSON line for each pair', outputFile]],
    options: [
      CONFIG,
      ['--database <guid>', 'database (default: that of the system pool)', databaseGuid],
      ['--turned', 'also find prints that are turned by more than 60 degrees; takes three times as long'],
      ['--at-once <n>', 'records in one message to a matching node (default: 32)', wholeNumber(1, 64)],
      JSON_OUT,
    ],
    examples: ['whorl deduplicate twice.jsonl'],
    run: async (report: string, options: DeduplicateOptions) =>
      (await import('../matching/deduplicate.ts')).deduplicateRecords(report, options),
  }),
];
