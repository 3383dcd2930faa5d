/** The backup that a running service is asked for: one at a time, watched and ended by further requests. */

import { isAbsolute } from 'node:path';
import type { UpkeepJob } from '../../core/backup-report.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { BackedUpState, StateBackupReport } from './state-backup.ts';

/** How far a backup is; both 0 while there is none. */
export interface BackupProgress {
  readonly done: number;
  readonly total: number;
}

type UpkeepKind = NonNullable<UpkeepJob['kind']>;

const BUSY_WORDS: Readonly<Record<UpkeepKind, string>> = {
  backup: 'a backup is being made',
  keys: 'the keys are being rotated',
  restore: 'a backup is being restored',
};

const NONE: BackupProgress = { done: 0, total: 0 };

export class BackupWork {
  readonly #state: BackedUpState;
  #progress = NONE;
  #busy: UpkeepKind | undefined;
  #ended = false;

  constructor(state: BackedUpState) {
    this.#state = state;
  }

  /** What is being done, and how far it is. */
  get job(): UpkeepJob {
    return { ...(this.#busy !== undefined && { kind: this.#busy }), ...this.#progress };
  }

  get progress(): BackupProgress {
    return this.#progress;
  }

  /** Makes a backup. Rejects as {@link backupState} does, with E_INVALIDARG for a relative path, WINBIO_E_CANCELED. */
  async run(path: string, withoutKey: boolean): Promise<StateBackupReport> {
    if (!isAbsolute(path)) throw new BiometricError('E_INVALIDARG', 'backup: give an absolute path');
    this.#ended = false;
    return await this.alone('backup', async () => {
      const { backupState } = await import('./state-backup.ts');
      return await backupState(this.#state, path, {
        withoutKey,
        onProgress: (done, total) => {
          this.#progress = { done, total };
          if (this.#ended) throw new BiometricError('WINBIO_E_CANCELED', 'the backup was ended');
        },
      });
    }).finally(() => {
      this.#progress = NONE;
    });
  }

  /** Does what cannot be done during a backup. Rejects with WINBIO_E_SESSION_BUSY while something else is being done. */
  async alone<T>(what: UpkeepKind, work: () => Promise<T>): Promise<T> {
    if (this.#busy !== undefined) {
      throw new BiometricError('WINBIO_E_SESSION_BUSY', `${BUSY_WORDS[this.#busy]}: try again later`);
    }
    this.#busy = what;
    try {
      return await work();
    } finally {
      this.#busy = undefined;
    }
  }

  /** Ends the backup that is being made, if any. */
  end(): void {
    this.#ended = true;
  }
}
