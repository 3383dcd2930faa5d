/** The files of a state directory: what each is, and whether it is as its service wrote it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { toBiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import type { Anchor } from './anchor.ts';
import { readAuditKey } from './audit-key.ts';
import { readAuthenticated } from './authenticated-file.ts';
import { LEDGER_FILE, RecordLedger } from './record-ledger.ts';
import { PROVEN_FILES, WEBHOOK_KEY_FILE } from './state-directory.ts';
import { HEAD_FILE, parseAnchorLine, readHead } from './state-head.ts';

/** What a check of the files is given. */
export interface StateFilesCheck {
  readonly keyring: Keyring;
  /** Databases of the configuration, by their GUIDs. */
  readonly databaseIds: readonly string[];
  readonly anchor?: Anchor | undefined;
}

/** What a check of the files found. */
export interface StateFilesVerdict {
  /** Files that are known. */
  readonly checked: number;
  /** What is wrong, a sentence each, with the name of the file. */
  readonly wrong: readonly string[];
  /** Files that no part of the service has written. */
  readonly strangers: readonly string[];
}

interface Row {
  readonly name: RegExp;
  /** Throws when the file is not as it was written. Absent where the file is not believed, or has a check of its own. */
  readonly verify?: (directory: string, path: string, keyring: Keyring) => void;
}

const keysOf = (directory: string) => join(directory, 'keys');

/** Names relative to the directory, with `/`. Databases are opened by the service, which opens the seal of each record. */
const FILES: readonly Row[] = [
  { name: /^keys\/master\.keys$/ },
  {
    name: /^keys\/records\.ledger$/,
    verify: (directory, _, keyring) => RecordLedger.read({ keysFolder: keysOf(directory) }, keyring)[Symbol.dispose](),
  },
  { name: /^keys\/state\.head$/, verify: (directory, _, keyring) => void readHead(keysOf(directory), keyring) },
  ...PROVEN_FILES.map((name) => ({
    name: new RegExp(`^keys/${name}$`),
    verify: (_: string, path: string, keyring: Keyring) => void readAuthenticated(path, keyring),
  })),
  { name: new RegExp(`^keys/${WEBHOOK_KEY_FILE}$`) },
  { name: /^keys\/audit\.key$/, verify: (_, path, keyring) => void readAuditKey(path, { keyring }) },
  { name: /^enrollment-committed$/, verify: (_, path, keyring) => void readAuthenticated(path, keyring) },
  // Opened by the service, which opens the seal of each record; the chain of the journal has a check of its own.
  { name: /^(people|journal)\.db(-wal|-shm)?$/ },
  // The chain of the log has a check of its own.
  { name: /^audit(\.\d{12})?\.log$/ },
  // Backups, and what a restoration has put aside, are states of their own.
  { name: /^(backups|before-restore|restoring)\// },
  { name: /^restoring\.(ready|moved)$/ },
  // Nothing in these is believed.
  { name: /^keys\/(pairing-uses\.json|console\.(crt|key))$/ },
  { name: /^((keys\/)?lock(-journal)?|owner\.json|whorl\.sock|whorl\.config\.json)$/ },
];
const DATABASE = /^databases\/(.{36})\.db(-wal|-shm)?$/;
/** Databases of readers that match inside have ids of their own, configured nowhere. */
const OF_READER = /^databases\/.{36}\.reader\.db(-wal|-shm)?$/;

/** Looks at every file; changes nothing. Rejects as the anchor does when it is read. */
export async function checkStateFiles(directory: string, check: StateFilesCheck): Promise<StateFilesVerdict> {
  const { keyring, databaseIds, anchor } = check;
  const ids = new Set(databaseIds.map(normalizeGuid));
  const wrong: string[] = [];
  const strangers: string[] = [];
  let checked = 0;
  for (const name of namesIn(directory)) {
    const databaseId = DATABASE.exec(name)?.[1];
    const isOfReader = OF_READER.test(name);
    const row = FILES.find((each) => each.name.test(name));
    if (row === undefined && !isOfReader && (databaseId === undefined || !ids.has(normalizeGuid(databaseId))))
      strangers.push(name);
    else checked += 1;
    try {
      row?.verify?.(directory, join(directory, name), keyring);
    } catch (thrown) {
      wrong.push(toBiometricError(thrown).message);
    }
  }
  if (wrong.length === 0) wrong.push(...(await olderFiles(directory, keyring, anchor)));
  return { checked, wrong, strangers };
}

function namesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** What is of an earlier day than the head, or the head than the anchor. */
async function olderFiles(directory: string, keyring: Keyring, anchor: Anchor | undefined): Promise<string[]> {
  const keysFolder = keysOf(directory);
  const head = readHead(keysFolder, keyring);
  const older: string[] = [];
  if (head !== undefined && existsSync(join(keysFolder, LEDGER_FILE))) {
    using ledger = RecordLedger.read({ keysFolder }, keyring);
    if (!ledger.hasBeenAt(head.ledger)) older.push(`${LEDGER_FILE} is of an earlier day than ${HEAD_FILE}`);
  }
  const pairings = join(keysFolder, 'pairings.json');
  if (head !== undefined && existsSync(pairings)) {
    const { generation = 0 } = JSON.parse(readAuthenticated(pairings, keyring)) as { readonly generation?: number };
    if (generation < head.pairings) older.push('pairings.json is of an earlier day: remove it and pair again');
  }
  const line = await anchor?.read?.();
  const seen = line === undefined ? 0 : parseAnchorLine(line).counter;
  if (seen > (head?.counter ?? 0)) {
    older.push(`${anchor?.name} has seen ${seen} changes of the state, and ${HEAD_FILE} is at ${head?.counter ?? 0}`);
  }
  return older;
}

/** True for a state directory that a service has been in. */
export function hasState(directory: string): boolean {
  const keys = join(directory, 'keys', 'master.keys');
  return existsSync(join(directory, 'keys', LEDGER_FILE)) || (existsSync(keys) && readFileSync(keys).length > 0);
}
