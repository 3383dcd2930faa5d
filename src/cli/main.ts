#!/usr/bin/env node
/** The `whorl` command. Each action loads only what it uses. */

import { enableCompileCache } from 'node:module';
import { Command } from 'commander';
import type { AuditOptions } from './audit.ts';
import type { BackupOptions } from './backup.ts';
import type { AccuracyOptions } from './bench/accuracy.ts';
import type { ExtractBenchOptions } from './bench/extract.ts';
import type { CompareCommandOptions } from './compare.ts';
import type { ConvertOptions } from './convert.ts';
import type { DoctorOptions } from './doctor.ts';
import type { ExtractCommandOptions } from './extract.ts';
import type { KeysOptions } from './keys.ts';
import type { PairOptions } from './pair.ts';
import { reportFault } from './report-fault.ts';
import type { ServeCommandOptions } from './serve.ts';
import type { ServiceCommandOptions } from './status.ts';

// What a command loads is compiled once, not at every start.
enableCompileCache();

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
  .command('status')
  .description('show what a running service has and does')
  .option('--address <socket>', 'socket of the service; found by itself otherwise')
  .option('--json', 'print it as JSON')
  .addHelpText('after', '\nExample:\n  whorl status --json')
  .action(async (options: ServiceCommandOptions) => {
    const { status } = await import('./status.ts');
    await status(options);
  });

program
  .command('doctor')
  .description('check each stage from the configuration to a first capture and explain the first that fails')
  .option('--config <file>', 'configuration of the service')
  .option('--address <socket>', 'socket of the service; found by itself otherwise')
  .option('--seconds <n>', 'how long a finger may take', Number)
  .option('--json', 'print the stages as JSON')
  .addHelpText('after', '\nExample:\n  whorl doctor')
  .action(async (options: DoctorOptions) => {
    const { doctor } = await import('./doctor.ts');
    await doctor(options);
  });

program
  .command('pair')
  .description('let web pages of an origin in, as an account; prints a token once')
  .argument('[origin]', 'such as https://example.org')
  .option('--sid <sid>', 'account; the current user unless given')
  .option('--enroll', 'may enroll for that account')
  .option('--administrator', 'may do everything')
  .option('--list', 'list pairings')
  .option('--revoke <id>', 'end a pairing')
  .option('--config <file>', 'configuration of the service')
  .option('--json', 'print it as JSON')
  .addHelpText('after', '\nExamples:\n  whorl pair https://example.org --enroll\n  whorl pair --list')
  .action(async (origin: string | undefined, options: PairOptions) => {
    const { pair } = await import('./pair.ts');
    await pair(origin, options);
  });

program
  .command('keys')
  .description('keys that templates are sealed with')
  .command('rotate')
  .description('seal every template with a new key; interrupted, it goes on when it is run again')
  .option('--config <file>', 'configuration, when no service runs')
  .option('--address <socket>', 'socket of the service; found by itself otherwise')
  .option('--json', 'print what was done as JSON')
  .addHelpText('after', '\nExample:\n  whorl keys rotate')
  .action(async (options: KeysOptions) => {
    const { rotate } = await import('./keys.ts');
    await rotate(options);
  });

program
  .command('audit')
  .description('the account of changes and exported samples')
  .command('verify')
  .description('check that no line of it was changed, moved or taken out')
  .option('--config <file>', 'configuration of the service')
  .option('--json', 'print the verdict as JSON')
  .addHelpText('after', '\nExample:\n  whorl audit verify')
  .action(async (options: AuditOptions) => {
    const { verifyAudit } = await import('./audit.ts');
    await verifyAudit(options);
  });

for (const [name, description, act] of [
  ['export', 'write the templates of a database to a file under a passphrase; no service may run', 'exportTo'],
  ['import', 'add the templates of such a file to a database; no service may run', 'importFrom'],
] as const) {
  const command = program
    .command(name)
    .description(description)
    .argument('<file>', 'the backup')
    .requiredOption('--passphrase-file <file>', 'holds the passphrase')
    .option('--database <guid>', 'database; that of the system pool unless given')
    .option('--config <file>', 'configuration of the service')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', `\nExample:\n  whorl ${name} backup.whorl --passphrase-file secret`)
    .action(async (file: string, options: BackupOptions) => {
      const backup = await import('./backup.ts');
      await backup[act](file, options);
    });
  if (name === 'export') command.option('--force', 'replace a file that is there');
}

program
  .command('config')
  .description('the configuration of a service')
  .command('check')
  .description('check a configuration; each fault names the field and the remedy')
  .argument('[file]', 'whorl.config.json of this folder unless given')
  .addHelpText('after', '\nExample:\n  whorl config check whorl.config.json')
  .action(async (file?: string) => {
    const { readConfiguration } = await import('../daemon/read-configuration.ts');
    const { path } = await readConfiguration(file);
    process.stdout.write(path === undefined ? 'there is none; everything is as by default\n' : `${path} is good\n`);
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
  .command('extract')
  .description('minutiae, quality and advice of a fingerprint image')
  .argument('<image>', 'file of any image format; what it is is told by its content')
  .option('--out <file>', 'write the template')
  .option('--to <format>', 'write a minutiae record instead, such as iso-19794-2-2005')
  .option('--ppi <n>', 'pixels per inch, where the file does not say it; 500', Number)
  .option('--json', 'print everything as JSON')
  .addHelpText('after', '\nExample:\n  whorl extract print.png --out print.fmr --to iso-19794-2-2005')
  .action(async (image: string, options: ExtractCommandOptions) => {
    const { extractPrint } = await import('./extract.ts');
    await extractPrint(image, options);
  });

program
  .command('compare')
  .description('whether two prints are of one finger')
  .argument('<probe>', 'image, template or minutiae record')
  .argument('<reference>', 'image, template or minutiae record')
  .option('--max-fmr <rate>', 'false match rate at which they match; 1e-5', Number)
  .option('--ppi <n>', 'pixels per inch of images that do not say it; 500', Number)
  .option('--json', 'print the answer as JSON')
  .addHelpText('after', '\nExample:\n  whorl compare a.png b.fmr')
  .action(async (probe: string, reference: string, options: CompareCommandOptions) => {
    const { comparePrints } = await import('./compare.ts');
    await comparePrints(probe, reference, options);
  });

const bench = program.command('bench').description('measure the fingerprint engine on this machine');

bench
  .command('accuracy')
  .description('error rates on data sets by the FVC protocol; of several, their means')
  .argument('<folder...>', 'each holds {finger}_{impression}.png and, for their resolution, dataset.json')
  .option('--plot <file>', 'draw error rates (DET) and scores as SVG')
  .option('--json', 'print the figures as JSON')
  .addHelpText('after', '\nExample:\n  whorl bench accuracy prints --plot prints.svg')
  .action(async (folders: readonly string[], options: AccuracyOptions) => {
    const { accuracy } = await import('./bench/accuracy.ts');
    await accuracy(folders, options);
  });

bench
  .command('extract')
  .description('time of an extraction and of a comparison on one thread')
  .argument('[folder]', 'prints to extract; synthetic ones of 388 x 374 unless given')
  .option('--rounds <n>', 'times every image is extracted, after a first', Number)
  .option('--json', 'print the figures as JSON')
  .addHelpText('after', '\nExample:\n  whorl bench extract --json')
  .action(async (folder: string | undefined, options: ExtractBenchOptions) => {
    const { extractBench } = await import('./bench/extract.ts');
    await extractBench(folder, options);
  });

bench
  .command('identify')
  .description('speed and loss of a search; only in the source tree')
  .allowUnknownOption()
  .allowExcessArguments()
  .argument('[arguments...]', 'of the benchmark, such as --gallery 10000 --threads 2 --json')
  .addHelpText('after', '\nExample:\n  whorl bench identify --gallery 100000 --json')
  .action(async (args: readonly string[]) => {
    const { identifyBench } = await import('./bench/identify.ts');
    await identifyBench(args);
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
