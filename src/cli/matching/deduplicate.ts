/** `whorl deduplicate`: who is enrolled twice. */

import { deduplicateDatabase } from '../../composition/deduplication/deduplicate-database.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { interruptSignal } from '../interruption.ts';
import { print } from '../print.ts';
import { progressBar } from '../progress-bar.ts';

/** Options of the command. */
export interface DeduplicateOptions {
  readonly config?: string;
  readonly database?: string;
  readonly turned?: boolean;
  readonly atOnce?: number;
  readonly json?: boolean;
}

/** Writes the report; exits with 3 when somebody is enrolled twice. Interrupted, it goes on with the same report. */
export async function deduplicateRecords(
  report: string,
  { config, database, turned, atOnce, json = false }: DeduplicateOptions,
): Promise<void> {
  const { configuration, folder } = await readConfiguration(config);
  using bar = progressBar('records');
  using interruption = interruptSignal();
  const { signal } = interruption;
  const onProgress = (seen: number, total: number | undefined) => bar.update(seen, total);
  const result = await deduplicateDatabase(configuration, {
    report,
    folder,
    database,
    turned,
    atOnce,
    signal,
    onProgress,
  });
  const { searched, reported } = result;
  const pairs =
    reported === 0 ? 'no two records hold the same finger' : `${reported} pairs hold the same finger: ${report}`;
  print(json, result, `${searched} records compared with all others; ${pairs}`);
  if (reported > 0) process.exitCode = EXIT_NO;
}
