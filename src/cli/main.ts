#!/usr/bin/env node
/** The `whorl` command. Each action loads only what it uses. */

import { Command } from 'commander';
import { reportFault } from './report-fault.ts';

const program = new Command('whorl')
  .description('Fingerprint sessions, readers and templates in the model of the Windows Biometric Framework')
  .showHelpAfterError()
  .exitOverride();

program
  .command('tour')
  .description('walk through open, enroll, identify, verify and cancel with a virtual reader and synthetic fingers')
  .option('--once', 'end after the walk')
  .option('--json', 'print one line of JSON per step')
  .addHelpText('after', '\nExample:\n  whorl tour --once')
  .action(async (options: { json?: boolean }) => {
    const { tour } = await import('./tour.ts');
    await tour(options);
  });

program
  .command('replay')
  .description('enroll the first four impressions of each finger in a folder and identify the others')
  .argument('<folder>', 'holds {finger}_{impression}.png and, for their resolution, dataset.json')
  .option('--json', 'print the counts as JSON')
  .addHelpText('after', '\nExample:\n  whorl replay prints --json')
  .action(async (folder: string, options: { json?: boolean }) => {
    const { replay } = await import('./replay.ts');
    await replay(folder, options);
  });

try {
  await program.parseAsync();
} catch (thrown) {
  process.exitCode = reportFault(thrown);
}
