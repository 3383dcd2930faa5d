/**
 * Every command: its words, what it takes, and what runs it. The command line, its completion and the reference page are
 * made from this; a command loads only what it uses.
 */

import type { CommandEntry, CommandOption } from './command-entry.ts';
import type { AccuracyOptions } from './engine/bench/accuracy.ts';
import type { ExtractBenchOptions } from './engine/bench/extract.ts';
import type { CompareCommandOptions } from './engine/compare.ts';
import type { ConformanceOptions } from './engine/conformance.ts';
import type { ConvertOptions } from './engine/convert.ts';
import type { ExtractCommandOptions } from './engine/extract.ts';
import type { DeleteOptions } from './fingers/delete.ts';
import type { EnrollCommandOptions } from './fingers/enroll.ts';
import type { ListOptions } from './fingers/list.ts';
import type { SessionCommandOptions } from './fingers/on-session.ts';
import type { TouchOptions } from './fingers/touch.ts';
import type { VerifyCommandOptions } from './fingers/verify.ts';
import type { DoctorOptions } from './service/doctor.ts';
import type { EventsOptions } from './service/events.ts';
import type { ServeCommandOptions } from './service/serve.ts';
import type { TourOptions } from './service/tour.ts';
import type { ServiceCommandOptions } from './service-command-options.ts';
import type { InitOptions } from './setup/init.ts';
import type { PairOptions } from './setup/pair.ts';
import type { PoolOptions, RemovePoolOptions } from './setup/pool.ts';
import type { AuditOptions } from './upkeep/audit.ts';
import type { BackupOptions } from './upkeep/backup.ts';
import type { KeysOptions } from './upkeep/keys.ts';

const JSON_OUT: CommandOption = ['--json', 'print the answer as JSON'];
const ADDRESS: CommandOption = ['--address <socket>', 'socket of the service; found by itself otherwise'];
const CONFIG: CommandOption = ['--config <file>', 'configuration; whorl.config.json of this folder unless given'];
const UNIT: CommandOption = ['--unit <n>', 'the one unit to use'];
const FINGER: CommandOption = [
  '--finger <name>',
  'right-thumb, right-index, right-middle, right-ring, right-little, left-...',
];
const IDENTITY: CommandOption = ['--identity <sid|guid>', 'whose; the own account unless given'];
const PPI: CommandOption = ['--ppi <n>', 'pixels per inch, whatever the file states'];
const SESSION: readonly CommandOption[] = [
  UNIT,
  ['--private <guid>', 'take the units into a private pool with this database'],
  ['--seconds <n>', 'how long a finger may take; until Ctrl+C unless given'],
  ADDRESS,
  JSON_OUT,
];

type Written<A extends readonly unknown[]> = Omit<CommandEntry, 'run' | 'arguments'> &
  Partial<Pick<CommandEntry, 'arguments'>> & { readonly run: (...given: A) => Promise<unknown> };

function command<const Name extends string, A extends readonly unknown[]>(
  entry: Written<A> & { readonly name: Name },
): CommandEntry & { readonly name: Name } {
  return { arguments: [], ...entry } as unknown as CommandEntry & { readonly name: Name };
}

/** Words of a command. */
export type CommandName = (typeof COMMANDS)[number]['name'];

export const COMMANDS = [
  command({
    name: 'tour',
    group: 'service',
    description:
      'walk through open, enroll, identify, verify and cancel with a virtual reader and synthetic fingers, then serve the console',
    options: [
      ['--once', 'end after the walk'],
      ['--http <port>', 'port of the console; 17737 unless given'],
      ['--json', 'print one line of JSON per step'],
    ],
    examples: ['whorl tour --once'],
    run: async (options: TourOptions) => (await import('./service/tour.ts')).tour(options),
  }),
  command({
    name: 'serve',
    group: 'service',
    description: 'run the service for all processes of this machine, until SIGTERM or Ctrl+C',
    options: [
      CONFIG,
      ['--http [port]', 'serve the web console too, on loopback; port 17737 unless given or configured'],
      ['--json', 'print where it serves as one line of JSON; the log goes to standard error'],
    ],
    examples: ['whorl serve --http', 'whorl serve --config /etc/whorl/whorl.config.json'],
    run: async (options: ServeCommandOptions) => (await import('./service/serve.ts')).serve(options),
  }),
  command({
    name: 'console',
    group: 'service',
    description: 'print an address that opens the web console once, already paired with this account',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl console'],
    run: async (options: ServiceCommandOptions) => (await import('./service/console.ts')).consoleAddress(options),
  }),
  command({
    name: 'status',
    group: 'service',
    description: 'show what a running service has and does',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl status --json'],
    run: async (options: ServiceCommandOptions) => (await import('./service/status.ts')).status(options),
  }),
  command({
    name: 'doctor',
    group: 'service',
    description: 'check each stage from the configuration to a first capture and explain the first that fails',
    options: [CONFIG, ADDRESS, ['--seconds <n>', 'how long a finger may take'], JSON_OUT],
    examples: ['whorl doctor'],
    run: async (options: DoctorOptions) => (await import('./service/doctor.ts')).doctor(options),
  }),
  command({
    name: 'units',
    group: 'service',
    description: 'list the biometric units that are attached',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl units'],
    run: async (options: ServiceCommandOptions) => (await import('./service/units.ts')).units(options),
  }),
  command({
    name: 'databases',
    group: 'service',
    description: 'list the databases that are installed',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl databases'],
    run: async (options: ServiceCommandOptions) => (await import('./service/units.ts')).databases(options),
  }),
  command({
    name: 'events',
    group: 'service',
    description: 'print units that come and go, as it happens',
    options: [
      ['--touches', 'also touches that nobody waits for, and whose they are'],
      ['--requests', 'also every request that is answered; for administrators'],
      ...SESSION,
    ],
    examples: ['whorl events --touches --json', 'whorl events --requests'],
    run: async (options: EventsOptions) => (await import('./service/events.ts')).events(options),
  }),
  command({
    name: 'enroll',
    group: 'fingers',
    description: 'enroll a finger, touch by touch',
    options: [
      ['--finger <name>', `${FINGER[1]}; asked for unless given`],
      ['--identity <sid>', 'make sure that this is whose it will be; the own account'],
      ...SESSION,
    ],
    examples: ['whorl enroll', 'whorl enroll --finger right-index'],
    run: async (options: EnrollCommandOptions) => (await import('./fingers/enroll.ts')).enroll(options),
  }),
  command({
    name: 'identify',
    group: 'fingers',
    description: 'say whose finger touches a reader',
    options: SESSION,
    examples: ['whorl identify --seconds 10 --json'],
    run: async (options: SessionCommandOptions) => (await import('./fingers/identify.ts')).identify(options),
  }),
  command({
    name: 'verify',
    group: 'fingers',
    description: 'say whether it is a finger of an account',
    options: [IDENTITY, FINGER, ...SESSION],
    examples: ['whorl verify --finger right-index'],
    run: async (options: VerifyCommandOptions) => (await import('./fingers/verify.ts')).verify(options),
  }),
  command({
    name: 'locate',
    group: 'fingers',
    description: 'name the unit whose reader is touched',
    options: SESSION,
    examples: ['whorl locate'],
    run: async (options: SessionCommandOptions) => (await import('./fingers/locate.ts')).locate(options),
  }),
  command({
    name: 'capture',
    group: 'fingers',
    description: 'write one sample to a .png or .bir file; for administrators',
    arguments: [['<file>', 'what to write']],
    options: SESSION,
    examples: ['whorl capture finger.png'],
    run: async (file: string, options: SessionCommandOptions) =>
      (await import('./fingers/capture.ts')).capture(file, options),
  }),
  command({
    name: 'list',
    group: 'fingers',
    description: 'list the enrolled fingers of an account',
    options: [IDENTITY, ...SESSION],
    examples: ['whorl list'],
    run: async (options: ListOptions) => (await import('./fingers/list.ts')).list(options),
  }),
  command({
    name: 'delete',
    group: 'fingers',
    description: 'delete templates of an account',
    options: [IDENTITY, FINGER, ['--all', 'all fingers'], ...SESSION],
    examples: ['whorl delete --finger right-index'],
    run: async (options: DeleteOptions) => (await import('./fingers/delete.ts')).deleteTemplates(options),
  }),
  command({
    name: 'touch',
    group: 'fingers',
    description: 'touch a virtual reader, or do something to its cable; for administrators',
    arguments: [['[what]', 'a finger such as right-index, or unplug, plug, hang, release, fault']],
    options: [
      ['--reader <name>', 'name of the virtual reader'],
      ['--person <n>', 'whose synthetic finger, any number; 1 unless given'],
      ['--impression <n>', 'which impression of it; 0 unless given'],
      ['--image <file>', 'an image file instead'],
      PPI,
      ['--bad <n>', 'a touch that is rejected with this detail'],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ['whorl touch right-index --person 7', 'whorl touch --image print.png', 'whorl touch unplug'],
    run: async (what: string | undefined, options: TouchOptions) =>
      (await import('./fingers/touch.ts')).touch(what, options),
  }),
  command({
    name: 'init',
    group: 'setting up',
    description: 'ask what a service needs to know, and write its configuration',
    options: [
      CONFIG,
      ['--yes', 'ask nothing, take the defaults'],
      ['--force', 'replace a file that is there'],
      JSON_OUT,
    ],
    examples: ['whorl init'],
    run: async (options: InitOptions) => (await import('./setup/init.ts')).init(options),
  }),
  command({
    name: 'config check',
    group: 'setting up',
    description: 'check a configuration; each fault names the field and the remedy',
    arguments: [['[file]', 'whorl.config.json of this folder unless given']],
    options: [JSON_OUT],
    examples: ['whorl config check whorl.config.json'],
    run: async (file: string | undefined, options: { json?: boolean }) =>
      (await import('./setup/config-check.ts')).configCheck(file, options),
  }),
  command({
    name: 'pool create',
    group: 'setting up',
    description: 'add a database for private pools to the configuration',
    options: [
      ['--id <guid>', 'its id; a new one unless given'],
      ['--record-limit <n>', 'most records it may hold'],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl pool create --record-limit 1000'],
    run: async (options: PoolOptions) => (await import('./setup/pool.ts')).createPool(options),
  }),
  command({
    name: 'pool remove',
    group: 'setting up',
    description: 'take one out again; its file stays',
    arguments: [['<guid>', 'its id']],
    options: [CONFIG, JSON_OUT],
    examples: ['whorl pool remove A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038'],
    run: async (id: string, options: RemovePoolOptions) => (await import('./setup/pool.ts')).removePool(id, options),
  }),
  command({
    name: 'pair',
    group: 'setting up',
    description: 'let web pages of an origin in, as an account; prints a token once',
    arguments: [['[origin]', 'such as https://example.org']],
    options: [
      ['--sid <sid>', 'account; the current user unless given'],
      ['--enroll', 'may enroll for that account'],
      ['--administrator', 'may do everything'],
      ['--list', 'list pairings'],
      ['--revoke <id>', 'end a pairing'],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl pair https://example.org --enroll', 'whorl pair --list'],
    run: async (origin: string | undefined, options: PairOptions) =>
      (await import('./setup/pair.ts')).pair(origin, options),
  }),
  command({
    name: 'completion',
    group: 'setting up',
    description: 'print a script that completes commands and options',
    arguments: [['<shell>', 'bash, zsh or fish']],
    options: [],
    examples: ['source <(whorl completion bash)', 'whorl completion fish > ~/.config/fish/completions/whorl.fish'],
    run: async (shell: string): Promise<void> => (await import('./setup/completion.ts')).completion(shell, COMMANDS),
  }),
  command({
    name: 'keys rotate',
    group: 'upkeep',
    description: 'seal every template with a new key; interrupted, it goes on when it is run again',
    options: [['--config <file>', 'configuration, when no service runs'], ADDRESS, JSON_OUT],
    examples: ['whorl keys rotate'],
    run: async (options: KeysOptions) => (await import('./upkeep/keys.ts')).rotate(options),
  }),
  command({
    name: 'audit verify',
    group: 'upkeep',
    description: 'check that no line of the account of changes was changed, moved or taken out',
    options: [CONFIG, JSON_OUT],
    examples: ['whorl audit verify'],
    run: async (options: AuditOptions) => (await import('./upkeep/audit.ts')).verifyAudit(options),
  }),
  command({
    name: 'export',
    group: 'upkeep',
    description: 'write the templates of a database to a file under a passphrase; no service may run',
    arguments: [['<file>', 'the backup']],
    options: [
      ['--passphrase-file <file>', 'needed: holds the passphrase'],
      ['--database <guid>', 'database; that of the system pool unless given'],
      ['--force', 'replace a file that is there'],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl export backup.whorl --passphrase-file secret'],
    run: async (file: string, options: BackupOptions) => (await import('./upkeep/backup.ts')).exportTo(file, options),
  }),
  command({
    name: 'import',
    group: 'upkeep',
    description: 'add the templates of such a file to a database; no service may run',
    arguments: [['<file>', 'the backup']],
    options: [
      ['--passphrase-file <file>', 'needed: holds the passphrase'],
      ['--database <guid>', 'database; that of the system pool unless given'],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl import backup.whorl --passphrase-file secret'],
    run: async (file: string, options: BackupOptions) => (await import('./upkeep/backup.ts')).importFrom(file, options),
  }),
  command({
    name: 'extract',
    group: 'engine and records',
    description: 'minutiae, quality and advice of a fingerprint image',
    arguments: [['<image>', 'file of any image format; what it is is told by its content']],
    options: [
      ['--out <file>', 'write the template'],
      ['--to <format>', 'write a minutiae record instead, such as iso-19794-2-2005'],
      PPI,
      JSON_OUT,
    ],
    examples: ['whorl extract print.png --out print.fmr --to iso-19794-2-2005'],
    run: async (image: string, options: ExtractCommandOptions) =>
      (await import('./engine/extract.ts')).extractPrint(image, options),
  }),
  command({
    name: 'compare',
    group: 'engine and records',
    description: 'whether two prints are of one finger',
    arguments: [
      ['<probe>', 'image, template or minutiae record'],
      ['<reference>', 'image, template or minutiae record'],
    ],
    options: [['--max-fmr <n>', 'false match rate at which they match; 1e-5 unless given'], PPI, JSON_OUT],
    examples: ['whorl compare a.png b.fmr'],
    run: async (probe: string, reference: string, options: CompareCommandOptions) =>
      (await import('./engine/compare.ts')).comparePrints(probe, reference, options),
  }),
  command({
    name: 'conformance',
    group: 'engine and records',
    description: 'hold an adapter of your own against the clauses of its contract',
    arguments: [
      ['<kind>', 'sensor, engine or storage'],
      ['<module>', 'file that exports rig, as docs/adapters.md tells'],
    ],
    options: [JSON_OUT],
    examples: ['whorl conformance storage ./my-storage.rig.ts'],
    run: async (kind: string, module: string, options: ConformanceOptions) =>
      (await import('./engine/conformance.ts')).conformance(kind, module, options),
  }),
  command({
    name: 'replay',
    group: 'engine and records',
    description: 'enroll the first four impressions of each finger in a folder and identify the others',
    arguments: [['<folder>', 'holds {finger}_{impression}.png and, for their resolution, dataset.json']],
    options: [['--json', 'print the counts as JSON']],
    examples: ['whorl replay prints --json'],
    run: async (folder: string, options: { json?: boolean }) =>
      (await import('./engine/replay.ts')).replay(folder, options),
  }),
  command({
    name: 'convert',
    group: 'engine and records',
    description: 'convert an image, a sample or a minutiae record; what it is is told by its content',
    arguments: [
      ['<in>', 'file to read'],
      ['<out>', 'file to write; its ending says the format'],
    ],
    options: [
      ['--to <format>', 'format to write, where the ending does not say it'],
      PPI,
      ['--from <format>', 'raw: bare pixels, of --width and --height; or a card format, which nothing else tells'],
      ['--width <n>', 'pixels a row of a raw input'],
      ['--height <n>', 'rows of a raw input'],
      ['--compression <kind>', 'none, wsq or png: how finger image records store their pixels'],
      ['--position <n>', 'finger position of records and samples'],
      ['--bit-rate <n>', 'bits per pixel of WSQ'],
      ['--lenient', 'read minutiae records that deviate from their standard, and list how'],
      JSON_OUT,
    ],
    examples: ['whorl convert print.wsq print.png --ppi 500', 'whorl convert a.fmr b.fmr --to ansi-378-2004'],
    run: async (input: string, target: string, options: ConvertOptions) =>
      (await import('./engine/convert.ts')).convert(input, target, options),
  }),
  command({
    name: 'bench accuracy',
    group: 'engine and records',
    description: 'error rates on data sets by the FVC protocol; of several, their means',
    arguments: [['<folder...>', 'each holds {finger}_{impression}.png and, for their resolution, dataset.json']],
    options: [['--plot <file>', 'draw error rates (DET) and scores as SVG'], JSON_OUT],
    examples: ['whorl bench accuracy prints --plot prints.svg'],
    run: async (folders: readonly string[], options: AccuracyOptions) =>
      (await import('./engine/bench/accuracy.ts')).accuracy(folders, options),
  }),
  command({
    name: 'bench extract',
    group: 'engine and records',
    description: 'time of an extraction and of a comparison on one thread',
    arguments: [['[folder]', 'prints to extract; synthetic ones of 388 x 374 unless given']],
    options: [['--rounds <n>', 'times every image is extracted, after a first'], JSON_OUT],
    examples: ['whorl bench extract --json'],
    run: async (folder: string | undefined, options: ExtractBenchOptions) =>
      (await import('./engine/bench/extract.ts')).extractBench(folder, options),
  }),
  command({
    name: 'bench identify',
    group: 'engine and records',
    description: 'speed and loss of a search; only in the source tree',
    arguments: [['[arguments...]', 'of the benchmark, such as --gallery 10000 --threads 2 --json']],
    options: [],
    passesOn: true,
    examples: ['whorl bench identify --gallery 100000 --json'],
    run: async (args: readonly string[]) => (await import('./engine/bench/identify.ts')).identifyBench(args),
  }),
];
