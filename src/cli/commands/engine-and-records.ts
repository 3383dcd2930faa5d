/** Commands for the fingerprint engine and for records, without a service. */

import { type OptionRule, oneOf, wholeNumber } from '../../core/option-rules.ts';
import { PRINT_CONDITION_NAMES } from '../../evaluation/print-condition-names.ts';
import { type CommandEntry, type CommandOption, command } from '../command-entry.ts';
import type { ConformanceOptions } from '../conformance/conformance.ts';
import type { WinBioConformanceOptions } from '../conformance/winbio.ts';
import type { AccuracyOptions } from '../engine/bench/accuracy.ts';
import type { CalibrationCommandOptions } from '../engine/bench/calibration.ts';
import { CALIBRATION_CONDITIONS, CALIBRATION_VIEWS } from '../engine/bench/calibration-defaults.ts';
import type { ExtractBenchOptions } from '../engine/bench/extract.ts';
import type { QualityBenchOptions } from '../engine/bench/quality.ts';
import type { CompareCommandOptions } from '../engine/compare.ts';
import type { ConvertOptions } from '../engine/convert.ts';
import type { ExtractCommandOptions } from '../engine/extract.ts';
import type { SegmentOptions } from '../engine/segment.ts';
import {
  commaList,
  existing,
  folder,
  freeText,
  guid,
  outputFile,
  positive,
  rate,
  readAtOnce,
  within,
} from '../value-rules.ts';
import { ANY_FINGERS, IMAGE, JSON_OUT, PPI } from './options.ts';

const DATA_SETS: CommandEntry['arguments'][number] = [
  '<folder...>',
  'each holds {finger}_{impression}.png, and dataset.json if they do not state their resolution',
  readAtOnce,
];

/** Two names of one finger. */
const fingerPair: OptionRule = (value) =>
  /^[^=]+\/[^=/]+=[^=]+\/[^=/]+$/.test(String(value)) ? undefined : 'a pair such as set-a/101=set-b/7';

const CONDITION: CommandOption = [
  '--condition <names>',
  `how the prints are given: ${PRINT_CONDITION_NAMES.join(', ')}; several with commas (default: clean)`,
  commaList(oneOf(...PRINT_CONDITION_NAMES)),
];

export const ENGINE_COMMANDS = [
  command({
    name: 'extract',
    group: 'engine and records',
    description: 'print the minutiae and quality of a fingerprint image, with advice',
    arguments: [['<image>', 'image file; its format is detected', readAtOnce]],
    options: [
      ['--out <file>', 'write the template', outputFile],
      ['--to <format>', 'write a minutiae record instead, such as iso-19794-2-2005', freeText],
      IMAGE,
      ANY_FINGERS,
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
      ['<probe>', 'image, template or minutiae record', readAtOnce],
      ['<reference>', 'image, template or minutiae record', readAtOnce],
    ],
    options: [
      ['--max-fmr <n>', 'false match rate of the decision (default: 1e-5)', rate],
      IMAGE,
      ['--reference-image <n>', 'which image of the reference, if it has several', positive],
      ANY_FINGERS,
      PPI,
      JSON_OUT,
    ],
    examples: ['whorl compare a.png b.fmr'],
    run: async (probe: string, reference: string, options: CompareCommandOptions) =>
      (await import('../engine/compare.ts')).comparePrints(probe, reference, options),
  }),
  command({
    name: 'images',
    group: 'engine and records',
    description: 'list the images of a file: those of a transaction, a record, a travel document, a TIFF',
    arguments: [['<file>', 'file with images; its format is detected', readAtOnce]],
    options: [JSON_OUT],
    examples: ['whorl images card.an2'],
    run: async (file: string, options: { json?: boolean }) =>
      (await import('../engine/images.ts')).images(file, options),
  }),
  command({
    name: 'segment',
    group: 'engine and records',
    description: 'find the fingers of a slap, and write a picture of each',
    arguments: [['<image>', 'image of several fingers of one hand, or of two thumbs', readAtOnce]],
    options: [
      ['--out <folder>', 'write a PNG of each finger into this folder', folder],
      [
        '--hand <hand>',
        'right, left or thumbs (default: as the file states, else guessed)',
        oneOf('right', 'left', 'thumbs'),
      ],
      IMAGE,
      PPI,
      JSON_OUT,
    ],
    examples: ['whorl segment slap.png --hand right --out fingers', 'whorl segment card.an2 --image 13 --json'],
    run: async (image: string, options: SegmentOptions) =>
      (await import('../engine/segment.ts')).segment(image, options),
  }),
  command({
    name: 'conformance',
    group: 'engine and records',
    description: 'test your own adapter against the clauses of its contract',
    arguments: [
      ['<kind>', 'sensor, engine, storage or device', oneOf('sensor', 'engine', 'storage', 'device')],
      ['<module>', 'file that exports rig; see docs/adapters.md', freeText],
    ],
    options: [JSON_OUT],
    examples: ['whorl conformance storage ./my-storage.rig.ts'],
    run: async (kind: string, module: string, options: ConformanceOptions) =>
      (await import('../conformance/conformance.ts')).conformance(kind, module, options),
  }),
  command({
    name: 'conformance winbio',
    group: 'engine and records',
    description: "test this machine's winbio.dll against the clauses of the client interface",
    options: [
      [
        '--touch',
        'also what needs fingers: somebody is at the reader, and enrolls and deletes fingers of this account',
      ],
      ['--private-database <guid>', 'also private pools of the first reader, with this database', guid],
      ['--library <file>', 'another library of winbio.h (default: the winbio.dll of Windows)', existing],
      JSON_OUT,
    ],
    examples: ['whorl conformance winbio', 'whorl conformance winbio --touch --json'],
    run: async (options: WinBioConformanceOptions) =>
      (await import('../conformance/winbio.ts')).winbioConformance(options),
  }),
  command({
    name: 'replay',
    group: 'engine and records',
    description: 'enroll the first four impressions of each finger in a folder and identify the others',
    arguments: [
      [
        '<folder>',
        'holds {finger}_{impression}.png, and dataset.json if they do not state their resolution',
        readAtOnce,
      ],
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
      ['<in>', 'file to read', readAtOnce],
      ['<out>', 'file to write; its extension selects the format', outputFile],
    ],
    options: [
      ['--to <format>', 'format to write, if the extension does not tell', freeText],
      PPI,
      [
        '--from <format>',
        'raw: bare pixels, of --width and --height; or a card format, which content cannot tell',
        oneOf('raw', 'iso-19794-2-2005-card', 'iso-19794-2-2005-compact-card'),
      ],
      ['--width <n>', 'pixels per row of raw input', positive],
      ['--height <n>', 'rows of raw input', positive],
      [
        '--compression <kind>',
        'none, wsq, jpeg, jpeg2000, jpeg2000-lossless or png: how finger image records store their pixels',
        oneOf('none', 'wsq', 'jpeg', 'jpeg2000', 'jpeg2000-lossless', 'png'),
      ],
      ['--position <n>', 'finger position of records and samples', wholeNumber(0, 0xff)],
      ['--quality <n>', 'quality of JPEG, 1 to 100 (default: 90)', wholeNumber(1, 100)],
      ['--ratio <n>', 'how many times smaller JPEG 2000 becomes, with loss', within(1, 1000, 'times smaller')],
      IMAGE,
      ['--bit-rate <n>', 'bits per pixel of WSQ', within(0.01, 8, 'bits per pixel')],
      ['--lenient', 'accept minutiae and finger image records that deviate from their standard, and list how'],
      JSON_OUT,
    ],
    examples: [
      'whorl convert print.wsq print.png --ppi 500',
      'whorl convert card.an2 second.jp2 --image 2',
      'whorl convert a.fmr b.fmr --to ansi-378-2004',
    ],
    run: async (input: string, target: string, options: ConvertOptions) =>
      (await import('../engine/convert.ts')).convert(input, target, options),
  }),
  command({
    name: 'bench accuracy',
    group: 'engine and records',
    description: 'measure error rates by the FVC protocol; the means, if there are several data sets',
    arguments: [DATA_SETS],
    options: [
      ['--plot <file>', 'write the DET curve and the score distributions as SVG', outputFile],
      CONDITION,
      JSON_OUT,
    ],
    examples: ['whorl bench accuracy prints --plot prints.svg', 'whorl bench accuracy prints --condition damaged,8mm'],
    run: async (folders: readonly string[], options: AccuracyOptions) =>
      (await import('../engine/bench/accuracy.ts')).accuracy(folders, options),
  }),
  command({
    name: 'bench calibration',
    group: 'engine and records',
    description:
      'measure whether scores keep the false match rates they promise, of references of one or several views',
    arguments: [DATA_SETS],
    options: [
      [
        '--views <numbers>',
        `views of a reference, with commas (default: ${CALIBRATION_VIEWS}); one view given three times comes in addition`,
        commaList(positive, Number),
      ],
      [
        '--condition <names>',
        `how the prints are given: ${PRINT_CONDITION_NAMES.join(', ')}; several with commas (default: ${CALIBRATION_CONDITIONS})`,
        commaList(oneOf(...PRINT_CONDITION_NAMES)),
      ],
      [
        '--same <pairs>',
        'fingers that are in two sets, whose comparisons are left out: set/finger=set/finger, with commas',
        commaList(fingerPair),
      ],
      JSON_OUT,
    ],
    examples: [
      'whorl bench calibration prints more-prints --views 1,3 --condition clean',
      'whorl bench calibration fvc2002-db3b fvc2004-db3b --same fvc2002-db3b/108=fvc2004-db3b/102 --json',
    ],
    run: async (folders: readonly string[], options: CalibrationCommandOptions) =>
      (await import('../engine/bench/calibration.ts')).calibration(folders, options),
  }),
  command({
    name: 'bench quality',
    group: 'engine and records',
    description: 'measure how far quality and advice predict that a mate is missed: error-versus-discard curves',
    arguments: [DATA_SETS],
    options: [CONDITION, JSON_OUT],
    examples: ['whorl bench quality prints more-prints --condition damaged'],
    run: async (folders: readonly string[], options: QualityBenchOptions) =>
      (await import('../engine/bench/quality.ts')).quality(folders, options),
  }),
  command({
    name: 'bench extract',
    group: 'engine and records',
    description: 'measure the time of an extraction and of a comparison on one thread',
    arguments: [['[folder]', 'prints to extract (default: synthetic ones of 388 x 374 pixels)', readAtOnce]],
    options: [['--rounds <n>', 'measured extractions of every image (default: 5)', positive], JSON_OUT],
    examples: ['whorl bench extract --json'],
    run: async (folder: string | undefined, options: ExtractBenchOptions) =>
      (await import('../engine/bench/extract.ts')).extractBench(folder, options),
  }),
  command({
    name: 'bench identify',
    group: 'engine and records',
    description: 'measure the speed and loss of a search; in the source tree only',
    arguments: [['[arguments...]', 'arguments of the benchmark, such as --gallery 10000 --threads 2 --json', freeText]],
    options: [],
    passesOn: true,
    examples: ['whorl bench identify --gallery 100000 --json'],
    run: async (args: readonly string[]) => (await import('../engine/bench/identify.ts')).identifyBench(args),
  }),
];
