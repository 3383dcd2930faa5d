/** Watches one door: waits for a finger at its reader, decides, acts, and goes on, whatever happens to the reader. */

import { randomUUID } from 'node:crypto';
import { hresultOf } from '../../core/biometric-error.ts';
import type { Door, DoorAnswer, DoorState } from '../../core/door.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type { JournalEntry } from '../../core/journal-line.ts';
import type { Logger } from '../../core/logger.ts';
import type { Completion } from '../../core/operation-result.ts';
import type { RecognisedPerson } from '../../core/person.ts';
import { localMoment } from '../../core/person-validity.ts';
import {
  WHORL_E_INCOMPLETE,
  WHORL_E_VIEW_TOO_OLD,
  WINBIO_E_CRED_PROV_SECURITY_LOCKOUT,
  WINBIO_E_ENROLLMENT_IN_PROGRESS,
  WINBIO_E_SENSOR_UNAVAILABLE,
} from '../../core/result-constants.ts';
import { doorDecision } from '../../service/doors/door-decision.ts';
import type { Service } from '../../service/service.ts';
import { Changes } from '../residents/changes.ts';
import { nextUnitChange, openOnReader, unitOf } from '../residents/reader-session.ts';
import type { ResidentClient } from '../residents/resident-client.ts';
import { runDoorAction } from './door-actions.ts';
import { DOOR_MESSAGE_MS, doorMessage } from './door-message.ts';

/** How often a reader that cannot be used is looked at again, at the latest, milliseconds. */
const AGAIN_MS = 1000;

/** What watching takes. */
export interface DoorWatchParts {
  readonly service: Service;
  readonly client: ResidentClient;
  readonly logger: Logger;
  readonly sid: string;
  readonly folder: string;
  /** Signs webhooks. */
  readonly secretOf: () => string;
  /** Name and place of a reader to show. */
  readonly shownAs: (reader: string) => { readonly title: string; readonly place?: string };
  /** Writes a line of the journal. */
  readonly write: (entry: JournalEntry) => Promise<void>;
}

/** What keeps the service from saying who it is; the reader can be used. */
const NOBODY_TOLD: ReadonlySet<HRESULT> = new Set([WHORL_E_INCOMPLETE, WHORL_E_VIEW_TOO_OLD]);

export class DoorWatch implements AsyncDisposable {
  readonly door: Door;
  readonly configured: boolean;
  readonly changes = new Changes();
  readonly #parts: DoorWatchParts;
  readonly #ending = new AbortController();
  readonly #acting = new Set<Promise<void>>();
  readonly #running: Promise<void>;
  #state: DoorState['state'] = 'waiting';
  #fault: HRESULT | undefined;
  #last: DoorAnswer | undefined;

  constructor(door: Door, configured: boolean, parts: DoorWatchParts) {
    this.door = door;
    this.configured = configured;
    this.#parts = parts;
    if (door.enabled === false) this.#state = 'off';
    this.#running = door.enabled === false ? Promise.resolve() : this.#watch();
  }

  /** How it is now. */
  get state(): DoorState {
    return {
      ...this.door,
      configured: this.configured,
      state: this.#state,
      ...(this.#fault !== undefined && { fault: this.#fault }),
      title: this.#parts.shownAs(this.door.reader).title,
      ...(this.#last && { last: this.#last }),
      undelivered: this.#acting.size,
    };
  }

  /** Stops watching; what it is doing for somebody who was let in is ended. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#running;
    await Promise.all(this.#acting);
    await this.#parts.client[Symbol.asyncDispose]();
  }

  /** Never rejects. */
  async #watch(): Promise<void> {
    const { service } = this.#parts;
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const reason = await this.#session(signal).catch(hresultOf);
      if (signal.aborted) return;
      this.#become(reason === WINBIO_E_SENSOR_UNAVAILABLE ? 'no-reader' : 'fault', reason);
      await nextUnitChange(service, signal, AGAIN_MS);
    }
  }

  /** Identifies until the reader cannot be used; resolves with why. */
  async #session(signal: AbortSignal): Promise<HRESULT> {
    const { service, client } = this.#parts;
    const { reader } = this.door;
    const unitId = unitOf(service, reader);
    if (unitId === undefined) return WINBIO_E_SENSOR_UNAVAILABLE;
    const handle = await openOnReader(client, { reader, unitId });
    try {
      for (;;) {
        this.#become('waiting');
        const completion = await client.submit(handle, { kind: 'identify' }, signal);
        if (signal.aborted) return completion.hresult;
        if (!(await this.#answer(completion, signal))) return completion.reason ?? completion.hresult;
      }
    } finally {
      await client.submit(handle, { kind: 'close' });
    }
  }

  /** Says what came of an identification; false when the reader cannot be used. */
  async #answer(completion: Completion, signal: AbortSignal): Promise<boolean> {
    const { service } = this.#parts;
    const { reader } = this.door;
    const atMs = Date.now();
    const left = service.attemptsLeft(reader);
    const decision = doorDecision(this.door, completion, localMoment(atMs));
    if (decision !== undefined) {
      const attemptsLeft = decision.kind === 'unknown' && left !== undefined ? { attemptsLeft: left } : {};
      this.#say({ ...decision, atMs, ...attemptsLeft });
      if (decision.kind === 'opened') this.#open(atMs, completion.values.person);
      if (decision.kind === 'not-valid') await this.#noteRefusal(decision.reason, completion.values.person);
      return true;
    }
    if (completion.hresult === WINBIO_E_CRED_PROV_SECURITY_LOCKOUT) {
      await this.#untilOpen(signal);
      return true;
    }
    const { hresult, reason = hresult } = completion;
    if (NOBODY_TOLD.has(reason)) {
      this.#say({ kind: 'failed', atMs });
      return true;
    }
    if (completion.hresult === WINBIO_E_ENROLLMENT_IN_PROGRESS) {
      await nextUnitChange(service, signal, AGAIN_MS);
      return true;
    }
    return !FAILED(completion.hresult);
  }

  /** Who counts and whom this door does not let in has a line that says so; the identification wrote who it was. */
  async #noteRefusal(reason: string | undefined, person: RecognisedPerson | undefined): Promise<void> {
    if (reason === undefined || person === undefined || person.invalid !== undefined) return;
    const { sid, shownAs, write, logger } = this.#parts;
    const { reader, name } = this.door;
    const who = { person: { identity: person.identity, name: person.name } };
    await write({ kind: 'not-valid', sid, reader, ...shownAs(reader), ...who, reason }).catch(() =>
      logger.error('the journal cannot be written', { door: name }),
    );
  }

  /** Says that the reader is locked until it is not, or somebody unlocks it. */
  async #untilOpen(signal: AbortSignal): Promise<void> {
    const { service } = this.#parts;
    const { reader } = this.door;
    let saidUntilMs = 0;
    while (!signal.aborted) {
      const lock = service.attemptLocks.find(({ kind, name }) => kind === 'reader' && name === reader);
      if (lock === undefined) break;
      const lockedUntilMs = Date.now() + lock.remainingMs;
      if (Math.abs(lockedUntilMs - saidUntilMs) > AGAIN_MS) {
        saidUntilMs = lockedUntilMs;
        this.#say({ kind: 'locked', atMs: Date.now(), lockedUntilMs });
      }
      await nextUnitChange(service, signal, Math.min(lock.remainingMs, AGAIN_MS / 4));
    }
    if (this.#last?.kind === 'locked') {
      this.#last = undefined;
      this.changes.note();
    }
  }

  /** Runs all actions at once; the next person need not wait for them. */
  #open(atMs: number, person: RecognisedPerson | undefined): void {
    const acting = this.#act(atMs, person).finally(() => {
      this.#acting.delete(acting);
      this.changes.note();
    });
    this.#acting.add(acting);
  }

  async #act(atMs: number, person: RecognisedPerson | undefined): Promise<void> {
    const { folder, secretOf, logger, sid, write, shownAs } = this.#parts;
    const { actions, name, reader } = this.door;
    const shown = shownAs(reader);
    const message = doorMessage(this.door, { id: randomUUID(), title: shown.title, atMs, person });
    const who = person === undefined ? {} : { person: { identity: person.identity, name: person.name } };
    const line = { sid, reader, ...shown, ...who, reason: name };
    const { signal } = this.#ending;
    const done = await Promise.all(
      actions.map((action) => {
        const onFailure = (reason: string) =>
          logger.warn('a door could not act', { door: name, action: action.kind, reason });
        return runDoorAction(action, message, { folder, secretOf, signal, onFailure });
      }),
    );
    const failed = done.includes(false);
    // An action that is late finds nobody at the door any more; that it failed is worth knowing.
    if (failed && Date.now() < atMs + 2 * DOOR_MESSAGE_MS) this.#say({ kind: 'failed', atMs: Date.now() });
    if (actions.length === 0) return;
    await write({ kind: failed ? 'failed' : 'acted', ...line }).catch(() =>
      logger.error('the journal cannot be written', { door: name }),
    );
  }

  #say(answer: DoorAnswer): void {
    this.#last = answer;
    this.changes.note();
  }

  #become(state: DoorState['state'], fault?: HRESULT): void {
    const told = state === 'fault' ? fault : undefined;
    if (this.#state === state && this.#fault === told) return;
    this.#state = state;
    this.#fault = told;
    this.changes.note();
  }
}
