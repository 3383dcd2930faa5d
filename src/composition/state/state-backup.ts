/**
 * A backup of a whole state directory while its service goes on: a folder with every database as of one moment, each
 * record sealed as it is, the ledger that belongs to them, and the files beside. It is written under another name,
 * synced, read again, and then gets its name.
 */

import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import { ownNumberOf } from '../../storage/sealed/seal.ts';
import { copyDatabase, readContent, snapshotDatabase } from '../../storage/sqlite/sqlite-snapshot.ts';
import { auditTail, BEFORE_FIRST } from './audit-line.ts';
import { auditSegments } from './audit-segments.ts';
import { readAuthenticated, writeAuthenticated } from './authenticated-file.ts';
import { KEY_FILE } from './key-store.ts';
import { makePrivateFolder } from './private-folder.ts';
import { RecordLedger, type RecordNumbers } from './record-ledger.ts';
import { JOURNAL_FILE, PEOPLE_FILE, PROVEN_FILES, WEBHOOK_KEY_FILE } from './state-directory.ts';
import { readHead, writeHead } from './state-head.ts';
import { ENROLLED_FILE } from './state-keeper.ts';
import { verifyAuditLog } from './verify-audit-log.ts';
import { syncFolder } from './write-durably.ts';

/** What is backed up. */
export interface BackedUpState {
  readonly directory: string;
  readonly keyring: Keyring;
  readonly databases: readonly { readonly databaseId: DatabaseId; readonly path?: string | undefined }[];
}

/** How a backup is made. */
export interface StateBackupOptions {
  /** Whether the master key stays out although it lies in the state directory. Default: false. */
  readonly withoutKey?: boolean | undefined;
  /** Told of the steps that are done, and of how many there are; what it throws ends the backup. Default: nobody. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What is in a backup. */
export interface StateBackupReport {
  readonly path: string;
  readonly templates: number;
  readonly databases: number;
  readonly bytes: number;
  /** The backup holds the master key: whoever reads it has the templates. */
  readonly holdsKey: boolean;
  /** Databases that adapter modules keep elsewhere, and that are not in it. */
  readonly elsewhere: readonly DatabaseId[];
}

/** What a restoration did. */
export interface StateRestoreReport extends Pick<StateBackupReport, 'templates' | 'databases' | 'bytes' | 'holdsKey'> {
  readonly into: string;
  /** When the backup was made, ISO 8601. */
  readonly createdAt: string;
  /** false: the key was not there to prove that the backup is of this service; its digests were compared. */
  readonly authenticated: boolean;
}

const MANIFEST = 'backup.json';
const NAME = /^(?:(?:databases|keys)\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/;
const STEPS_A_DATABASE = 100;

const manifest = z.strictObject({
  format: z.literal('whorl-state-backup'),
  version: z.literal(1),
  createdAt: z.string(),
  holdsKey: z.boolean(),
  templates: z.int().min(0),
  databases: z.int().min(0),
  files: z.array(
    z.strictObject({ name: z.string().regex(NAME), bytes: z.int().min(0), sha256: z.string().length(64) }),
  ),
});

/**
 * Makes a backup. Rejects with E_INVALIDARG for a path where something is, WINBIO_E_DATABASE_CORRUPTED when what was
 * written is not what was read. What ends it early leaves nothing behind; what a killed process left is taken away.
 */
export async function backupState(
  state: BackedUpState,
  target: string,
  options: StateBackupOptions = {},
): Promise<StateBackupReport> {
  if (existsSync(target)) throw new BiometricError('E_INVALIDARG', `${target} exists already: give another path`);
  requireFolder(dirname(target));
  const beside = `${target}.partial`;
  rmSync(beside, { recursive: true, force: true });
  try {
    for (const folder of [beside, join(beside, 'databases'), join(beside, 'keys')]) makePrivateFolder(folder);
    const report = await writeBackup(state, beside, options);
    renameSync(beside, target);
    syncFolder(target);
    return { ...report, path: target };
  } catch (thrown) {
    rmSync(beside, { recursive: true, force: true });
    throw thrown;
  }
}

async function writeBackup(
  { directory, keyring, databases }: BackedUpState,
  beside: string,
  { withoutKey = false, onProgress = () => {} }: StateBackupOptions,
): Promise<Omit<StateBackupReport, 'path'>> {
  const own = databases.flatMap(({ databaseId, path }) =>
    path !== undefined && existsSync(path) ? [{ databaseId, path }] : [],
  );
  const beyond = [PEOPLE_FILE, JOURNAL_FILE].filter((name) => existsSync(join(directory, name)));
  const total = (own.length + beyond.length + 1) * STEPS_A_DATABASE;
  const [from, to] = [join(directory, 'keys'), join(beside, 'keys')];
  const before = numbersIn(from, keyring, databases);
  let templates = 0;
  const present = new Map<DatabaseId, readonly string[]>();
  for (const [i, { databaseId, path }] of own.entries()) {
    const copy = join(beside, 'databases', basename(path));
    const content = await snapshotDatabase(path, copy, numberOf, (done, of) =>
      onProgress(i * STEPS_A_DATABASE + Math.floor((STEPS_A_DATABASE * done) / Math.max(1, of)), total),
    );
    onProgress((i + 1) * STEPS_A_DATABASE, total);
    const written = await readContent(copy);
    if (written.digest !== content.digest) {
      throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `${copy} is not what was read`);
    }
    templates += content.records;
    present.set(databaseId, content.notes);
  }
  // The copies are never behind a head that was there before them.
  const { people, journal } = readHead(from, keyring) ?? {};
  for (const [i, name] of beyond.entries()) {
    const step = own.length + i;
    await copyDatabase(join(directory, name), join(beside, name), (done, of) =>
      onProgress(step * STEPS_A_DATABASE + Math.floor((STEPS_A_DATABASE * done) / Math.max(1, of)), total),
    );
    onProgress((step + 1) * STEPS_A_DATABASE, total);
  }
  const after = numbersIn(from, keyring, databases);
  const ledger = RecordLedger.write(to, keyring, asOf(before, after, present));
  const names = [...PROVEN_FILES, WEBHOOK_KEY_FILE, 'audit.key', ...(withoutKey ? [] : [KEY_FILE])];
  for (const name of names) copyIfThere(join(from, name), join(to, name));
  copyIfThere(join(directory, ENROLLED_FILE), join(beside, ENROLLED_FILE));
  const audit = await copyAudit(directory, beside, keyring);
  const head = readHead(from, keyring);
  if (head !== undefined) {
    const { people: _, journal: __, ...rest } = head;
    writeHead(to, { ...rest, ledger, audit, ...(people && { people }), ...(journal && { journal }) }, keyring);
  }
  const holdsKey = existsSync(join(to, KEY_FILE));
  const files: z.infer<typeof manifest>['files'] = [];
  for (const name of namesIn(beside)) files.push({ name, ...(await digestOf(join(beside, name))) });
  const content: z.infer<typeof manifest> = {
    format: 'whorl-state-backup',
    version: 1,
    createdAt: new Date().toISOString(),
    holdsKey,
    templates,
    databases: own.length,
    files,
  };
  writeAuthenticated(join(beside, MANIFEST), JSON.stringify(content, null, 1), keyring);
  syncAll(beside);
  await verify(beside, keyring);
  onProgress(total, total);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const elsewhere = databases.filter(({ path }) => path === undefined).map(({ databaseId }) => databaseId);
  return { templates, databases: own.length, bytes, holdsKey, elsewhere };
}

/**
 * Puts a backup into a folder that is empty or not there yet. Rejects with E_INVALIDARG for one that is not empty,
 * WHORL_E_MALFORMED for a backup that is not whole. `keyring` proves that the backup is of this service, if it is there.
 */
export async function restoreState(
  path: string,
  into: string,
  {
    keyring,
    onProgress = () => {},
  }: { readonly keyring?: Keyring | undefined } & Pick<StateBackupOptions, 'onProgress'>,
): Promise<StateRestoreReport> {
  if (existsSync(into) && (!statSync(into).isDirectory() || readdirSync(into).length > 0)) {
    throw new BiometricError(
      'E_INVALIDARG',
      `${into} is not an empty folder: give one that is empty, or not there yet`,
    );
  }
  const { files, createdAt, holdsKey, templates, databases } = await verify(path, keyring);
  const beside = `${into}.partial`;
  rmSync(beside, { recursive: true, force: true });
  try {
    for (const folder of [beside, join(beside, 'databases'), join(beside, 'keys')]) makePrivateFolder(folder);
    for (const [i, { name, sha256 }] of files.entries()) {
      onProgress(i, files.length);
      const copy = join(beside, name);
      copyPrivately(join(path, name), copy);
      if ((await digestOf(copy)).sha256 !== sha256)
        throw new BiometricError('WHORL_E_MALFORMED', `${copy} is not what was read`);
    }
    syncAll(beside);
    if (existsSync(into)) rmdirSync(into);
    renameSync(beside, into);
    syncFolder(into);
  } catch (thrown) {
    rmSync(beside, { recursive: true, force: true });
    throw thrown;
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { into, createdAt, holdsKey, templates, databases, bytes, authenticated: keyring !== undefined };
}

/** What is in a backup, as it says itself. Throws WHORL_E_MALFORMED for what is no backup. */
export function describeBackup(
  path: string,
): Pick<StateRestoreReport, 'createdAt' | 'holdsKey' | 'templates' | 'bytes'> {
  const { createdAt, holdsKey, templates, files } = readManifest(path, undefined);
  return { createdAt, holdsKey, templates, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
}

/** Looks at every file of a backup. Rejects as {@link restoreState} does. */
export async function checkBackup(path: string, keyring: Keyring): Promise<{ files: number; templates: number }> {
  const { files, templates } = await verify(path, keyring);
  return { files: files.length, templates };
}

/** Reads every file of a backup. Rejects with WHORL_E_MALFORMED, which names the first that is not as it was written. */
async function verify(path: string, keyring: Keyring | undefined): Promise<z.infer<typeof manifest>> {
  const read = readManifest(path, keyring);
  for (const { name, sha256 } of read.files) {
    const each = join(path, name);
    if (existsSync(each) && (await digestOf(each)).sha256 === sha256) continue;
    throw new BiometricError('WHORL_E_MALFORMED', `${each} is missing, or not as it was written`);
  }
  return read;
}

function readManifest(path: string, keyring: Keyring | undefined): z.infer<typeof manifest> {
  const file = join(path, MANIFEST);
  if (!existsSync(file)) throw new BiometricError('WHORL_E_MALFORMED', `${path} is no backup of a state directory`);
  const text = keyring ? readAuthenticated(file, keyring) : readFileSync(file, 'utf8').replace(/\n# .*\n$/, '');
  const read = manifest.safeParse(parsed(text));
  if (!read.success) throw new BiometricError('WHORL_E_MALFORMED', `${file} is damaged`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function numbersIn(
  keysFolder: string,
  keyring: Keyring,
  databases: BackedUpState['databases'],
): ReadonlyMap<DatabaseId, RecordNumbers> {
  using ledger = RecordLedger.read({ keysFolder }, keyring);
  return new Map(databases.map(({ databaseId }) => [databaseId, ledger.numbersOf(databaseId)]));
}

/**
 * The numbers that belong to the databases as they were copied: what was deleted before, and of what was there every
 * record that was ever stored here, even one that has been deleted since.
 */
function asOf(
  before: ReadonlyMap<DatabaseId, RecordNumbers>,
  after: ReadonlyMap<DatabaseId, RecordNumbers>,
  present: ReadonlyMap<DatabaseId, readonly string[]>,
): ReadonlyMap<DatabaseId, RecordNumbers> {
  return new Map(
    [...before].map(([databaseId, { deleted, stored }]) => {
      const later = after.get(databaseId);
      const known = (number: string) =>
        !deleted.has(number) && (stored.has(number) || later?.stored.has(number) || later?.deleted.has(number));
      return [databaseId, { deleted, stored: new Set((present.get(databaseId) ?? []).filter(known)) }];
    }),
  );
}

function numberOf(template: Uint8Array): string | undefined {
  try {
    return ownNumberOf(template);
  } catch (thrown) {
    // A record that is not sealed is not one of ours, and is found not to be one where it is restored.
    if (isBiometricError(thrown)) return undefined;
    throw thrown;
  }
}

/** Copies the log with all its files; one that is put aside meanwhile is copied under its new name. */
async function copyAudit(
  directory: string,
  beside: string,
  keyring: Keyring,
): Promise<{ number: number; chain: string }> {
  const log = join(directory, 'audit.log');
  const copy = join(beside, 'audit.log');
  if (!existsSync(log)) return { ...BEFORE_FIRST };
  for (let segments = auditSegments(log); ; ) {
    for (const path of [...segments, log]) copyPrivately(path, join(beside, basename(path)));
    const now = auditSegments(log);
    if (now.length === segments.length) break;
    segments = now;
  }
  const file = openSync(copy, 'r');
  try {
    const { end = BEFORE_FIRST } = auditTail(file);
    const { brokenAt } = await verifyAuditLog(copy, join(beside, 'keys', 'audit.key'), { keyring });
    if (brokenAt !== undefined)
      throw new BiometricError('WHORL_E_MALFORMED', `audit.log: line ${brokenAt} was changed`);
    return { ...end };
  } finally {
    closeSync(file);
  }
}

function requireFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new BiometricError('E_INVALIDARG', `${path} is no folder: make it first`);
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) copyPrivately(from, to);
}

function copyPrivately(from: string, to: string): void {
  rmSync(to, { force: true });
  writeFileSync(to, '', { mode: 0o600 });
  copyFileSync(from, to);
}

function namesIn(folder: string): string[] {
  const inside = ['databases', 'keys'].flatMap((each) =>
    readdirSync(join(folder, each)).map((name) => `${each}/${name}`),
  );
  const beside = readdirSync(folder).filter((name) => name !== 'databases' && name !== 'keys');
  return [...beside, ...inside].sort();
}

/** Of a file of any size. */
async function digestOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { bytes: statSync(path).size, sha256: hash.digest('hex') };
}

function syncAll(folder: string): void {
  for (const name of [...namesIn(folder), 'databases', 'keys', '.']) {
    if (process.platform === 'win32' && !name.includes('.')) continue;
    const file = openSync(join(folder, name), 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}
