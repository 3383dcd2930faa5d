/**
 * Keeps the head of a state as the state goes on, and compares both at the start: what lies there may be of an earlier
 * day. The head is written after changes, those of half a second together, and when the service ends.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';
import { S_OK } from '../../core/result-constants.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import { ownSid } from '../accounts/own-account.ts';
import type { Anchor } from './anchor.ts';
import type { AuditLog } from './audit-log.ts';
import { readAuthenticated, writeAuthenticated } from './authenticated-file.ts';
import type { RecordLedger } from './record-ledger.ts';
import { type AnchoredHead, anchorLine, parseAnchorLine, readHead, type StateHead, writeHead } from './state-head.ts';

/** What a keeper keeps account of. */
export interface KeptState {
  readonly ledger: RecordLedger;
  readonly audit: AuditLog;
}

/** What a keeper works with. */
export interface KeeperParts {
  /** The state directory. */
  readonly directory: string;
  readonly keyring: Keyring;
  /** Default: none. */
  readonly anchor?: Anchor | undefined;
  readonly logger: Logger;
}

/** Something in the state is not what it should be. */
export interface StateFinding {
  /** Of the line in the audit log. */
  readonly action: string;
  readonly message: string;
  /** What the databases say themselves, when their records are compared. */
  readonly ofRecords: boolean;
}

/** How far people and journal are. */
export type RecordsPosition = Pick<StateHead, 'people' | 'journal'>;

const GROUP_MS = 500;

/** Name of the mark that something was enrolled once, in the state directory. */
export const ENROLLED_FILE = 'enrollment-committed';
const DOCTOR =
  'whorl doctor names the files; whorl serve --accept-rollback takes the state as it is, once, and says so in the audit log';

export class StateKeeper implements AsyncDisposable {
  readonly #parts: KeeperParts;
  readonly #keysFolder: string;
  readonly #before: StateHead | undefined;
  #kept: KeptState | undefined;
  #counter = 0;
  #pairings = 0;
  #enrolled = false;
  #records: RecordsPosition = {};
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #changed = false;
  /** Why the anchor did not take the last line. */
  #fault: BiometricError | undefined;
  readonly #findings: StateFinding[] = [];

  /** Reads the head that was written last. */
  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#keysFolder = join(parts.directory, 'keys');
    this.#before = this.#readHead();
    this.#counter = this.#before?.counter ?? 0;
    this.#pairings = this.#before?.pairings ?? 0;
    this.#enrolled = this.#before?.enrolled ?? false;
    this.#records = this.recordsBefore;
  }

  /** How far people and journal were when the head was written last. */
  get recordsBefore(): RecordsPosition {
    const { people, journal } = this.#before ?? {};
    return { ...(people && { people }), ...(journal && { journal }) };
  }

  /** True where no head was ever written: files of before there was one are believed. */
  get isFirst(): boolean {
    return this.#before === undefined && this.#findings.length === 0;
  }

  /** What is not as it should be, as it was found at the start or happened since. */
  faults(recordsTell: boolean): readonly BiometricError[] {
    const findings = this.#findings.filter(({ ofRecords }) => !(ofRecords && recordsTell));
    const found = findings.map(({ message }) => new BiometricError('WHORL_E_ROLLED_BACK', message));
    return this.#fault === undefined ? found : [...found, this.#fault];
  }

  /**
   * Compares what is there with the head and with the anchor. Rejects with WHORL_E_ROLLED_BACK when the anchor has seen a
   * later state, unless that is accepted.
   */
  async begin(kept: KeptState, acceptRollback: boolean): Promise<readonly StateFinding[]> {
    this.#kept = kept;
    const anchored = await this.#anchored();
    const seen = anchored === undefined ? undefined : this.#laterThanNow(kept, anchored);
    if (seen !== undefined) {
      const message = `${this.#parts.directory} is of an earlier day than ${this.#parts.anchor?.name} remembers: ${seen}. ${DOCTOR}`;
      if (!acceptRollback) throw new BiometricError('WHORL_E_ROLLED_BACK', message);
      this.#counter = Math.max(this.#counter, anchored?.counter ?? 0);
      this.#findings.push({ action: 'accept-rollback', message, ofRecords: true });
    }
    const isFirst = this.isFirst;
    if (this.#before !== undefined) this.#compare(kept, this.#before);
    else if (isFirst && kept.ledger.position.generation > 0 && kept.ledger.position.lines > 0) {
      const message = 'state.head was taken away: nothing tells whether the files beside it are of today';
      this.#findings.push({ action: 'state-head-gone', message, ofRecords: false });
    }
    this.#checkEnrolled();
    for (const { action, message } of this.#findings) this.#parts.logger.error(message, { action });
    if (this.#findings.length > 0 || isFirst) this.changed();
    // From here on a head is there as long as nobody takes it away.
    if (this.#before === undefined) await this.flush();
    return this.#findings;
  }

  /** The least number of writings that the file of pairings must have. */
  get leastPairings(): number {
    return this.#pairings;
  }

  /** The file of pairings was written for this time. */
  sawPairings(generation: number): void {
    if (generation <= this.#pairings) return;
    this.#pairings = generation;
    this.changed();
  }

  /** People or the journal are so far now. */
  sawRecords(position: RecordsPosition): void {
    this.#records = { ...this.#records, ...position };
    this.changed();
  }

  /** A file of people or journal is not what the head knows; has a line in the audit log. Rejects when that has none. */
  async findRecords(name: 'people' | 'journal', what: 'gone' | 'older'): Promise<void> {
    const message =
      what === 'gone'
        ? `${name}.db was taken away`
        : `${name}.db is of an earlier day than state.head, or its end was cut off`;
    const action = `${name}-${what}`;
    this.#findings.push({ action, message, ofRecords: false });
    this.#parts.logger.error(message, { action });
    await this.#kept?.audit.write({ action, sid: ownSid(), hresult: S_OK });
  }

  /** Remembers for ever that something was enrolled here. WBF: service 10.3. */
  markEnrollment(): void {
    if (this.#enrolled) return;
    this.#enrolled = true;
    this.#writeEnrolled();
    this.changed();
  }

  /** Something was changed: the head is written soon. */
  changed(): void {
    this.#changed = true;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, GROUP_MS).unref();
  }

  /** Writes the head now. Never rejects: what cannot be written is logged, and a fault. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
    clearTimeout(this.#timer);
  }

  async #write(): Promise<void> {
    const { keyring, anchor, logger } = this.#parts;
    if (!this.#changed || this.#kept === undefined) return;
    this.#changed = false;
    const { ledger, audit } = this.#kept;
    const state = {
      counter: this.#counter + 1,
      ledger: ledger.position,
      audit: audit.end,
      pairings: this.#pairings,
      enrolled: this.#enrolled,
      ...this.#records,
    };
    try {
      await ledger.synced();
      writeHead(this.#keysFolder, state, keyring);
      this.#counter = state.counter;
      await anchor?.write(anchorLine(state));
      this.#fault = undefined;
    } catch (cause) {
      this.#fault = toBiometricError(cause, 'WHORL_E_CONFIGURATION');
      logger.error('the head of the state was not kept', { code: this.#fault.code, cause: this.#fault.message });
    }
  }

  #readHead(): StateHead | undefined {
    try {
      return readHead(this.#keysFolder, this.#parts.keyring);
    } catch {
      const message = `${join(this.#keysFolder, 'state.head')} was not written by this service: nothing tells whether its files are of today`;
      this.#findings.push({ action: 'state-head-refused', message, ofRecords: false });
      return undefined;
    }
  }

  async #anchored(): Promise<AnchoredHead | undefined> {
    const line = await this.#parts.anchor?.read?.();
    return line === undefined ? undefined : parseAnchorLine(line);
  }

  /** What says that the state was later than it is; undefined when nothing does. */
  #laterThanNow({ ledger, audit }: KeptState, seen: AnchoredHead): string | undefined {
    if (this.#counter < seen.counter) return `it is at ${this.#counter} of ${seen.counter} changes that were seen`;
    if (!ledger.hasBeenAt(seen.ledger))
      return `line ${seen.ledger.lines} of records.ledger is not the one that was seen`;
    if (!audit.hasEndedWith(seen.audit)) return `line ${seen.audit.number} of audit.log is not the one that was seen`;
    return undefined;
  }

  #compare({ ledger, audit }: KeptState, before: StateHead): void {
    const find = (action: string, message: string, ofRecords = false) =>
      this.#findings.push({ action, message, ofRecords });
    if (!ledger.hasBeenAt(before.ledger)) {
      const text = `records.ledger is not as it was left, at line ${before.ledger.lines}: it is of an earlier day, or was taken away`;
      find('ledger-older', text, true);
    }
    if (!audit.hasEndedWith(before.audit)) {
      find(
        'audit-older',
        `audit.log ends before line ${before.audit.number}, which was there: it is of an earlier day`,
      );
    }
    const generation = pairingsGeneration(join(this.#keysFolder, 'pairings.json'), this.#parts.keyring);
    if (generation === 'refused')
      find(
        'pairings-refused',
        'pairings.json was not written by this service and pairs no one: remove it and pair again',
      );
    else if (generation === undefined ? before.pairings > 0 : generation < before.pairings) {
      const state =
        generation === undefined ? 'is gone' : 'is of an earlier day and pairs no one: remove it and pair again';
      find('pairings-older', `pairings.json ${state}`);
    }
  }

  /** The mark is only ever written: where it is gone or not ours it is made again. */
  #checkEnrolled(): void {
    const path = join(this.#parts.directory, ENROLLED_FILE);
    const state = markOf(path, this.#parts.keyring);
    if (state === 'good' || (state === 'gone' && !this.#enrolled)) {
      if (state === 'good') this.#enrolled = true;
      return;
    }
    if (this.#before !== undefined) {
      const message = `${ENROLLED_FILE} ${state === 'gone' ? 'was taken away' : 'was not written by this service'}; it is as it was again`;
      this.#findings.push({ action: 'enrollment-mark-restored', message, ofRecords: false });
      if (!this.#enrolled) return;
    }
    this.#enrolled = true;
    this.#writeEnrolled();
  }

  #writeEnrolled(): void {
    writeAuthenticated(join(this.#parts.directory, ENROLLED_FILE), '1', this.#parts.keyring);
  }
}

function markOf(path: string, keyring: Keyring): 'good' | 'gone' | 'refused' {
  if (!existsSync(path)) return 'gone';
  try {
    return readAuthenticated(path, keyring) === '1' ? 'good' : 'refused';
  } catch {
    return 'refused';
  }
}

/** How many times a file of pairings was written; 0 for one of before that was counted. */
function pairingsGeneration(path: string, keyring: Keyring): number | 'refused' | undefined {
  if (!existsSync(path) || readFileSync(path).length === 0) return undefined;
  try {
    const content = JSON.parse(readAuthenticated(path, keyring)) as { readonly generation?: unknown };
    return typeof content.generation === 'number' ? content.generation : 0;
  } catch {
    return 'refused';
  }
}
