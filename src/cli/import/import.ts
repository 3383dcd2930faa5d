/** `whorl import`: a backup into an offline database, or prints of other products into the running service. */

import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { connect, SYSTEM_DATABASE_ID } from '../../exports/whorl/index.ts';
import { EXIT_ROWS_REFUSED } from '../exit-codes.ts';
import { interruptSignal } from '../interruption.ts';
import { reportFault } from '../report-fault.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { importFrom } from '../upkeep/backup.ts';
import { inputFile } from '../value-rules.ts';
import { csvRows } from './csv-rows.ts';
import { folderRows } from './folder-rows.ts';
import { ImportProgress } from './import-progress.ts';
import type { ImportSource, SourceRow } from './import-source.ts';
import { ImportTally } from './import-tally.ts';
import { JsonReport } from './json-report.ts';
import { plainReport, ReportFile } from './report-file.ts';
import { transactionRows } from './transaction-rows.ts';

/** Options of the command. */
export interface ImportCommandOptions extends ServiceCommandOptions {
  readonly from?: 'backup' | 'csv' | 'folder' | 'an2';
  readonly passphraseFile?: string;
  readonly config?: string;
  readonly database?: string;
  readonly columns?: string;
  readonly pattern?: string;
  readonly personFrom?: string;
  readonly ppi?: number;
  readonly lenient?: boolean;
  readonly replace?: boolean;
  /** Changes templates that are there, from the pictures they were made of; see {@link upgradeCommand}. */
  readonly upgrade?: boolean;
  readonly refuseDuplicates?: boolean;
  readonly dryRun?: boolean;
  readonly report?: string;
}

/** Options of the one kind of import, which the other would ignore. */
const OF_PRINTS = [
  ...['address', 'columns', 'pattern', 'personFrom', 'ppi', 'lenient', 'replace', 'refuseDuplicates', 'dryRun'],
  'report',
] as readonly (keyof ImportCommandOptions)[];
const OF_BACKUPS: readonly (keyof ImportCommandOptions)[] = ['passphraseFile', 'config'];
/** Options that belong to one kind of source. */
const OWN: Readonly<Partial<Record<keyof ImportCommandOptions, string>>> = {
  columns: 'csv',
  pattern: 'folder',
  personFrom: 'an2',
};

/** Imports a backup, or prints. Rows that were refused make the exit code 5. */
export async function importCommand(path: string, options: ImportCommandOptions): Promise<void> {
  const { from = 'backup', passphraseFile } = options;
  refuseOthers(from, options);
  if (from !== 'backup') return await importPrints(path, from, options);
  if (passphraseFile === undefined) {
    const text = 'a backup needs --passphrase-file; prints of other products need --from csv, folder or an2';
    throw new BiometricError('E_INVALIDARG', text);
  }
  const wanted = inputFile(path);
  if (wanted !== undefined) throw new BiometricError('E_INVALIDARG', `${path} is no backup: give ${wanted}`);
  await importFrom(path, { ...options, passphraseFile });
}

/** `whorl templates upgrade`: what this version sees, for templates of an earlier one, where their pictures were kept. */
export async function upgradeCommand(path: string, options: ImportCommandOptions): Promise<void> {
  const { from = 'folder' } = options;
  if (from === 'backup')
    throw new BiometricError('E_INVALIDARG', 'pictures are in a folder, a table (csv) or transactions (an2)');
  refuseOthers(from, options);
  await importPrints(path, from, { ...options, upgrade: true });
}

function refuseOthers(from: string, options: ImportCommandOptions): void {
  const wrong = (from === 'backup' ? OF_PRINTS : OF_BACKUPS).find((name) => options[name] !== undefined);
  const foreign = (Object.keys(OWN) as (keyof ImportCommandOptions)[]).find(
    (name) => options[name] !== undefined && OWN[name] !== from,
  );
  const name = wrong ?? foreign;
  if (name === undefined) return;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const owner = foreign === undefined ? (from === 'backup' ? 'csv, folder or an2' : 'backup') : OWN[foreign];
  throw new BiometricError('E_INVALIDARG', `--${flag} is for --from ${owner}, and this is --from ${from}`);
}

function sourceOf(path: string, from: 'csv' | 'folder' | 'an2', options: ImportCommandOptions): Promise<ImportSource> {
  const { columns, pattern, personFrom } = options;
  if (from === 'csv') return csvRows(path, columns);
  return from === 'folder' ? folderRows(path, pattern) : transactionRows(path, personFrom);
}

async function importPrints(
  path: string,
  from: 'csv' | 'folder' | 'an2',
  options: ImportCommandOptions,
): Promise<void> {
  const {
    address,
    database = SYSTEM_DATABASE_ID,
    dryRun,
    replace,
    upgrade,
    refuseDuplicates,
    lenient,
    ppi,
    json,
  } = options;
  const source = await sourceOf(path, from, options);
  await using service = await connect({ ...(address !== undefined && { address }) });
  await using file = options.report === undefined ? undefined : new ReportFile(options.report);
  using interruption = interruptSignal();
  using progress = new ImportProgress();
  const all = json === true ? new JsonReport() : undefined;
  const tally = new ImportTally();
  const places: string[] = [];
  const settings = {
    databaseId: database,
    signal: interruption.signal,
    ...(dryRun && { dryRun }),
    ...(replace && { replace }),
    ...(upgrade && { upgrade }),
    ...(refuseDuplicates && { refuseDuplicates }),
    ...(lenient && { lenient }),
    ...(ppi !== undefined && { resolutionPpi: ppi }),
  };
  let fault: unknown;
  try {
    for await (const report of service.administration.importTemplates(rowsOf(source.rows, places), settings)) {
      const plain = plainReport(report, places.shift() ?? '');
      tally.add(plain);
      await file?.write(plain);
      await all?.write(plain);
      progress.show(tally.rows, source.done());
    }
  } catch (thrown) {
    fault = thrown;
  }
  progress[Symbol.dispose]();
  const { rows, counts } = tally;
  if (json)
    await all?.end({ database, dryRun: dryRun === true, rows, counts, ...(fault !== undefined && faultFields(fault)) });
  else if (rows > 0 || fault === undefined) process.stdout.write(`${tally.words}\n`);
  if (fault !== undefined) process.exitCode = reportFault(fault, false);
  else if (tally.refused > 0) process.exitCode = EXIT_ROWS_REFUSED;
}

/** Remembers the places of rows whose reports are still to come; reports come in the order of the rows. */
async function* rowsOf(rows: AsyncIterable<SourceRow>, places: string[]) {
  for await (const { place, row } of rows) {
    places.push(place);
    yield row;
  }
}

function faultFields(thrown: unknown) {
  const { code, message, remedy } = toBiometricError(thrown);
  return { code, message, remedy };
}
