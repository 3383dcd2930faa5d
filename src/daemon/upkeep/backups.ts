/** Backups of a service in the folder for them: made on request and by a schedule, checked, removed, put back. */

import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../composition/compose/version.ts';
import type { FileKeys } from '../../composition/state/authenticated-file.ts';
import type { BackupWork } from '../../composition/state/backup-work.ts';
import { KEY_FILE } from '../../composition/state/key-store.ts';
import { makePrivateFolder } from '../../composition/state/private-folder.ts';
import { markReady, RESTORING_FOLDER } from '../../composition/state/restore-in-place.ts';
import type { BackupCheck, BackupReport, BackupSchedule } from '../../core/backup-report.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';

const HOUR_MS = 60 * 60 * 1000;
/** How often the schedule is looked at. */
const LOOK_MS = 60_000;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/;

/** What backups need. */
export interface BackupsParts {
  readonly directory: string;
  readonly folder: string;
  readonly work: BackupWork;
  readonly keyring: FileKeys;
  readonly schedule: BackupSchedule | undefined;
  readonly logger: Logger;
}

export class Backups implements Disposable {
  readonly folder: string;
  readonly schedule: BackupSchedule | undefined;
  readonly #parts: BackupsParts;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(parts: BackupsParts) {
    this.#parts = parts;
    this.folder = parts.folder;
    this.schedule = parts.schedule;
    if (parts.schedule !== undefined) this.#timer = setInterval(() => void this.#keepUp(), LOOK_MS).unref();
  }

  /** All of them, newest first. */
  async list(): Promise<readonly BackupReport[]> {
    const { describeBackup } = await import('../../composition/state/state-backup.ts');
    const names = existsSync(this.folder) ? readdirSync(this.folder).filter((name) => NAME.test(name)) : [];
    const reports = names.flatMap((name) => {
      try {
        const { createdAt, holdsKey, bytes } = describeBackup(join(this.folder, name));
        return { name, madeAtMs: Date.parse(createdAt), bytes, withKey: holdsKey, version: VERSION };
      } catch {
        // What is no backup, or is being written, is not listed.
        return [];
      }
    });
    return reports.sort((a, b) => b.madeAtMs - a.madeAtMs);
  }

  /** Makes one, named by the moment. */
  async make(withKey: boolean): Promise<BackupReport> {
    makePrivateFolder(this.folder);
    const name = new Date()
      .toISOString()
      .replaceAll(':', '')
      .replace(/\.\d+Z$/, 'Z');
    await this.#parts.work.run(join(this.folder, name), !withKey);
    const made = (await this.list()).find((each) => each.name === name);
    if (made === undefined) throw new BiometricError('E_UNEXPECTED', 'the backup is not there');
    return made;
  }

  /** Looks at every file of one. */
  async check(name: string): Promise<BackupCheck> {
    const path = this.#pathOf(name);
    const { checkBackup } = await import('../../composition/state/state-backup.ts');
    try {
      return { name, ...(await checkBackup(path, this.#parts.keyring)), problems: [] };
    } catch (thrown) {
      return { name, files: 0, templates: 0, problems: [toBiometricError(thrown).message] };
    }
  }

  /** Removes one. */
  remove(name: string): void {
    rmSync(this.#pathOf(name), { recursive: true, force: true });
  }

  /** Lays one ready: it is moved in at the next start. Rejects with E_INVALIDARG when it has problems. */
  async stage(name: string): Promise<void> {
    const { problems } = await this.check(name);
    if (problems[0] !== undefined)
      throw new BiometricError('E_INVALIDARG', `the backup cannot be restored: ${problems[0]}`);
    const { directory, keyring, work } = this.#parts;
    const into = join(directory, RESTORING_FOLDER);
    const { restoreState } = await import('../../composition/state/state-backup.ts');
    await work.alone('restore', async () => {
      rmSync(into, { recursive: true, force: true });
      await restoreState(this.#pathOf(name), into, { keyring });
      const key = join('keys', KEY_FILE);
      // A backup without the key opens with the one of now.
      if (!existsSync(join(into, key)) && existsSync(join(directory, key)))
        cpSync(join(directory, key), join(into, key));
      markReady(directory);
    });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #pathOf(name: string): string {
    const path = join(this.folder, name);
    if (NAME.test(name) && existsSync(join(path, 'backup.json'))) return path;
    throw new BiometricError('E_INVALIDARG', `there is no backup ${NAME.test(name) ? name : 'of this name'}`);
  }

  /** Makes one when it is time, and removes those that are too many. Never rejects. */
  async #keepUp(): Promise<void> {
    const { schedule, logger } = this.#parts;
    if (schedule === undefined) return;
    try {
      const [newest] = await this.list();
      if (Date.now() - (newest?.madeAtMs ?? 0) < schedule.everyHours * HOUR_MS) return;
      const { name } = await this.make(false);
      logger.info('a backup was made', { name });
      for (const old of (await this.list()).slice(schedule.keep)) this.remove(old.name);
    } catch (thrown) {
      const { code, message } = toBiometricError(thrown);
      logger.error(`no backup was made: ${message}`, { code });
    }
  }
}
