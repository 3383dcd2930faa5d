/** Commands for the fingerprint engine and for records, without a service. */

import { command } from '../command-entry.ts';
import type { AccuracyOptions } from '../engine/bench/accuracy.ts';
import type { ExtractBenchOptions } from '../engine/bench/extract.ts';
import type { CompareCommandOptions } from '../engine/compare.ts';
import type { ConformanceOptions } from '../engine/conformance.ts';
import type { ConvertOptions } from '../engine/convert.ts';
import type { ExtractCommandOptions } from '../engine/extract.ts';
import { JSON_OUT, PPI } from './options.ts';

export const ENGINE_COMMANDS = [
  command({
    name: 'extract',
    group: 'engine and records',
    description: 'print the minutiae and quality of a fingerprint image, with advice',
    arguments: [['<image>', 'image file; its format is detected']],
    options: [
      ['--out <file>', 'write the template'],
      ['--to <format>', 'write a minutiae record instead, such as iso-19794-2-2005'],
      PPI,
      JSON_OUT,
    ],
    examples: ['whorl extract print.png --out print.fmr --to iso-19794-2-2005'],
    run: async (image: string, options: ExtractCommandOptions) =>
      (await import('../engine/extract.ts')).extractPrint(image, options),
  }),
  command({
    name: 'compare',
    group: 'engine and records',
    description: 'tell whether two prints come from the same finger',
    arguments: [
      ['<probe>', 'image, template or minutiae record'],
      ['<reference>', 'image, template or minutiae record'],
    ],
    options: [['--max-fmr <n>', 'false match rate of the decision (default: 1e-5)'], PPI, JSON_OUT],
    examples: ['whorl compare a.png b.fmr'],
    run: async (probe: string, reference: string, options: CompareCommandOptions) =>
      (await import('../engine/compare.ts')).comparePrints(probe, reference, options),
  }),
  command({
    name: 'conformance',
    group: 'engine and records',
    description: 'test your own adapter against the clauses of its contract',
    arguments: [
      ['<kind>', 'sensor, engine or storage'],
      ['<module>', 'file that exports rig; see docs/adapters.md'],
    ],
    options: [JSON_OUT],
    examples: ['whorl conformance storage ./my-storage.rig.ts'],
    run: async (kind: string, module: string, options: ConformanceOptions) =>
      (await import('../engine/conformance.ts')).conformance(kind, module, options),
  }),
  command({
    name: 'replay',
    group: 'engine and records',
    description: 'enroll the first four impressions of each finger in a folder and identify the others',
    arguments: [
      ['<folder>', 'holds {finger}_{impression}.png, and dataset.json if they do not state their resolution'],
    ],
    options: [['--json', 'print the counts as JSON']],
    examples: ['whorl replay prints --json'],
    run: async (folder: string, options: { json?: boolean }) =>
      (await import('../engine/replay.ts')).replay(folder, options),
  }),
  command({
    name: 'convert',
    group: 'engine and records',
    description: 'convert an image, a sample or a minutiae record; its format is detected',
    arguments: [
      ['<in>', 'file to read'],
      ['<out>', 'file to write; its extension selects the format'],
    ],
    options: [
      ['--to <format>', 'format to write, if the extension does not tell'],
      PPI,
      ['--from <format>', 'raw: bare pixels, of --width and --height; or a card format, which content cannot tell'],
      ['--width <n>', 'pixels per row of raw input'],
      ['--height <n>', 'rows of raw input'],
      ['--compression <kind>', 'none, wsq or png: how finger image records store their pixels'],
      ['--position <n>', 'finger position of records and samples'],
      ['--bit-rate <n>', 'bits per pixel of WSQ'],
      ['--lenient', 'accept minutiae records that deviate from their standard, and list how'],
      JSON_OUT,
    ],
    examples: ['whorl convert print.wsq print.png --ppi 500', 'whorl convert a.fmr b.fmr --to ansi-378-2004'],
    run: async (input: string, target: string, options: ConvertOptions) =>
      (await import('../engine/convert.ts')).convert(input, target, options),
  }),
  command({
    name: 'bench accuracy',
    group: 'engine and records',
    description: 'measure error rates by the FVC protocol; the means, if there are several data sets',
    arguments: [
      ['<folder...>', 'each holds {finger}_{impression}.png, and dataset.json if they do not state their resolution'],
    ],
    options: [['--plot <file>', 'write the DET curve and the score distributions as SVG'], JSON_OUT],
    examples: ['whorl bench accuracy prints --plot prints.svg'],
    run: async (folders: readonly string[], options: AccuracyOptions) =>
      (await import('../engine/bench/accuracy.ts')).accuracy(folders, options),
  }),
  command({
    name: 'bench extract',
    group: 'engine and records',
    description: 'measure the time of an extraction and of a comparison on one thread',
    arguments: [['[folder]', 'prints to extract (default: synthetic ones of 388 x 374 pixels)']],
    options: [['--rounds <n>', 'measured extractions of every image (default: 5)'], JSON_OUT],
    examples: ['whorl bench extract --json'],
    run: async (folder: string | undefined, options: ExtractBenchOptions) =>
      (await import('../engine/bench/extract.ts')).extractBench(folder, options),
  }),
  command({
    name: 'bench identify',
    group: 'engine and records',
    description: 'measure the speed and loss of a search; in the source tree only',
    arguments: [['[arguments...]', 'arguments of the benchmark, such as --gallery 10000 --threads 2 --json']],
    options: [],
    passesOn: true,
    examples: ['whorl bench identify --gallery 100000 --json'],
    run: async (args: readonly string[]) => (await import('../engine/bench/identify.ts')).identifyBench(args),
  }),
];
