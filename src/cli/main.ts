#!/usr/bin/env node
/** The `whorl` command. Each action loads only what it uses. */

import { Command } from 'commander';
import type { ConvertOptions } from './convert.ts';
import { reportFault } from './report-fault.ts';
import type { ServeCommandOptions } from './serve.ts';

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
  .command('serve')
  .description('run the service for all processes of this machine, until SIGTERM or Ctrl+C')
  .option('--config <file>', 'configuration; whorl.config.json of this folder if there is one')
  .option('--json', 'print where it serves as one line of JSON; the log goes to standard error')
  .addHelpText('after', '\nExample:\n  whorl serve --config /etc/whorl/whorl.config.json')
  .action(async (options: ServeCommandOptions) => {
    const { serve } = await import('./serve.ts');
    await serve(options);
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

program
  .command('convert')
  .description('convert an image, a sample or a minutiae record; what it is is told by its content')
  .argument('<in>', 'file to read')
  .argument('<out>', 'file to write; its ending says the format')
  .option('--to <format>', 'format to write, where the ending does not say it')
  .option('--ppi <n>', 'pixels per inch, where the file does not say it', Number)
  .option('--from raw', 'the input is bare pixels, of --width and --height')
  .option('--width <n>', 'pixels a row of a raw input', Number)
  .option('--height <n>', 'rows of a raw input', Number)
  .option('--compression <none|wsq|png>', 'how finger image records store their pixels')
  .option('--position <n>', 'finger position of records and samples', Number)
  .option('--bit-rate <n>', 'bits per pixel of WSQ', Number)
  .option('--lenient', 'read minutiae records that deviate from their standard, and list how')
  .option('--json', 'print what was done as JSON')
  .addHelpText(
    'after',
    '\nExamples:\n  whorl convert print.wsq print.png --ppi 500\n  whorl convert a.fmr b.fmr --to ansi-378-2004',
  )
  .action(async (input: string, target: string, options: ConvertOptions) => {
    const { convert } = await import('./convert.ts');
    await convert(input, target, options);
  });

try {
  await program.parseAsync();
} catch (thrown) {
  process.exitCode = reportFault(thrown);
}
