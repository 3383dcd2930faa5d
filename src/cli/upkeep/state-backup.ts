/** `whorl backup` and `whorl restore`: a whole state directory, while its service goes on. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { offlineDatabases } from '../../composition/compose/offline-databases.ts';
import type { BackupProgress } from '../../composition/state/backup-work.ts';
import { KEY_FILE, KeyStore } from '../../composition/state/key-store.ts';
import { backupState, restoreState, type StateBackupReport } from '../../composition/state/state-backup.ts';
import { stateDirectoryOf } from '../../composition/state/state-directory.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { connect, type WhorlService } from '../../exports/whorl/index.ts';
import { interruptSignal, requireGoingOn } from '../interruption.ts';
import { print } from '../print.ts';
import { type ProgressBar, progressBar } from '../progress-bar.ts';

/** Options of both commands. */
export interface StateBackupOptions {
  readonly config?: string;
  readonly address?: string;
  /** Leaves the master key out. */
  readonly withoutKey?: boolean;
  /** Folder that a backup is put into. */
  readonly into?: string;
  readonly json?: boolean;
}

const LOOK_MS = 200;

/** Makes a backup: the running service does, or this process when none runs. */
export async function backup(target: string, options: StateBackupOptions): Promise<void> {
  const path = resolve(target);
  const report = (await backupInService(path, options)) ?? (await backupHere(path, options));
  print(options.json, report, wordsOf(report));
}

function wordsOf({ path, templates, databases, bytes, holdsKey, elsewhere }: StateBackupReport): string {
  const key = holdsKey
    ? 'it holds the master key: whoever reads it has the templates'
    : 'it does not hold the master key, without which nothing in it opens: keep the key elsewhere';
  const others = elsewhere.length === 0 ? [] : [`not in it, because a module keeps them: ${elsewhere.join(', ')}`];
  return [
    `${templates} templates of ${databases} databases in ${path}, ${bytes} bytes`,
    key,
    ...others,
    'not in it: the configuration',
  ].join('\n');
}

async function backupInService(
  path: string,
  { address, withoutKey = false }: StateBackupOptions,
): Promise<StateBackupReport | undefined> {
  let service: WhorlService;
  try {
    service = await connect({ ...(address !== undefined && { address }) });
  } catch (thrown) {
    if (isBiometricError(thrown) && thrown.code === 'WHORL_E_SERVICE_NOT_RUNNING') return undefined;
    throw thrown;
  }
  await using connected = service;
  using bar = progressBar('steps');
  using interruption = interruptSignal();
  const ask = (body: object) => connected.channel.ask('administration', body);
  const end = () => void ask({ kind: 'end-backup' }).catch(() => undefined);
  interruption.signal.addEventListener('abort', end);
  using _ = watch(bar, async () => (await ask({ kind: 'backup-progress' })) as BackupProgress);
  const report = (await ask({ kind: 'backup', path, withoutKey })) as StateBackupReport;
  interruption.signal.removeEventListener('abort', end);
  return report;
}

/** Shows now and then how far the service is. */
function watch(bar: ProgressBar, progress: () => Promise<BackupProgress>): Disposable {
  const timer = setInterval(() => {
    progress().then(
      ({ done, total }) => total > 0 && bar.update(done, total),
      () => undefined,
    );
  }, LOOK_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function backupHere(path: string, { config, withoutKey }: StateBackupOptions): Promise<StateBackupReport> {
  const { configuration, folder } = await readConfiguration(config);
  await using databases = await offlineDatabases(configuration, folder);
  const { sealed, registrations, ofDevices } = databases;
  if (sealed === undefined) throw new BiometricError('E_NOTIMPL', 'state in memory is not backed up');
  using bar = progressBar('steps');
  using interruption = interruptSignal();
  const state = {
    directory: stateDirectoryOf(configuration),
    keyring: sealed.keys,
    databases: [...registrations, ...ofDevices].map(({ descriptor }) => descriptor),
  };
  const onProgress = (done: number, total: number) => {
    bar.update(done, total);
    requireGoingOn(interruption.signal);
  };
  return await databases.accountFor('backup', () => backupState(state, path, { withoutKey, onProgress }));
}

/** Puts a backup into an empty folder. */
export async function restore(source: string, { into, config, json }: StateBackupOptions): Promise<void> {
  if (into === undefined) throw new BiometricError('E_INVALIDARG', '--into: name an empty folder, or a new one');
  using keyring = await keysFor(source, config);
  using bar = progressBar('files');
  using interruption = interruptSignal();
  const report = await restoreState(resolve(source), resolve(into), {
    keyring,
    onProgress: (done, total) => {
      bar.update(done, total);
      requireGoingOn(interruption.signal);
    },
  });
  const words = [
    `${report.templates} templates of ${report.databases} databases in ${report.into}, as of ${report.createdAt}`,
    ...(report.authenticated ? [] : ['the key was not there to prove whose backup this is; its digests were compared']),
    ...(report.holdsKey
      ? []
      : [
          `before a service starts there, it needs its master key: ${join(report.into, 'keys', KEY_FILE)}, or keys of the configuration`,
        ]),
    'a service with an anchor starts there with whorl serve --accept-rollback',
  ];
  print(json, report, words.join('\n'));
}

/** The keys of the backup, or those that the configuration names; undefined without either. */
async function keysFor(source: string, config: string | undefined): Promise<KeyStore | undefined> {
  const keysFolder = join(source, 'keys');
  const places = { keysFolder, databasesFolder: join(source, 'databases') };
  if (existsSync(join(keysFolder, KEY_FILE))) return KeyStore.openFile(places);
  const { configuration } = await readConfiguration(config);
  const { keys = 'file' } = configuration;
  if (keys !== 'file') return await KeyStore.open(keys, places);
  const own = join(stateDirectoryOf(configuration), 'keys');
  const hasKey = existsSync(join(own, KEY_FILE)) && statSync(own).isDirectory() && readdirSync(own).length > 0;
  return hasKey ? KeyStore.openFile({ ...places, keysFolder: own }) : undefined;
}
