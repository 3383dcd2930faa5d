/** The people in front of a unit, and the changes to report. WBF: state machines 6, workflows 13. */

import type { PresentPerson } from '../../adapters/engine-adapter.ts';
import {
  WINBIO_PRESENCE_CHANGE_TYPE_ARRIVE,
  WINBIO_PRESENCE_CHANGE_TYPE_DEPART,
  WINBIO_PRESENCE_CHANGE_TYPE_RECOGNIZE,
  WINBIO_PRESENCE_CHANGE_TYPE_TRACK,
} from '../../core/constants.ts';
import { type Identity, NULL_IDENTITY } from '../../core/identity.ts';
import type { BoundingBox, Presence } from '../../core/operation-result.ts';
import { S_OK, WINBIO_E_BAD_CAPTURE, WINBIO_E_UNKNOWN_ID } from '../../core/result-constants.ts';

/** Time out of frame after which a person has departed, milliseconds. */
export const PRESENCE_EXPIRY_MS = 2_000;

/** One change to report. */
export interface PresenceChange {
  readonly change: number;
  readonly people: readonly Presence[];
}

interface Entry {
  presence: Presence;
  state: PresentPerson['state'];
  recognized: boolean;
  seenAtMs: number;
}

export class PresenceTable {
  readonly #factor: number;
  readonly #entries = new Map<number, Entry>();

  constructor(factor: number) {
    this.#factor = factor;
  }

  /** Everyone in view. */
  get people(): readonly Presence[] {
    return [...this.#entries.values()].map(({ presence }) => presence);
  }

  /** Takes a frame; returns the changes to report, in order. `identify` names the owner of a matched record. */
  update(
    frame: readonly PresentPerson[],
    nowMs: number,
    identify: (person: PresentPerson) => Identity | undefined,
  ): readonly PresenceChange[] {
    const changes: PresenceChange[] = [];
    for (const person of frame) {
      const before = this.#entries.get(person.trackingId);
      const presence = this.#presence(person, identify(person));
      const report = (change: number) => changes.push({ change, people: [presence] });
      // ARRIVE comes before every other notice of a person.
      if (before === undefined) report(WINBIO_PRESENCE_CHANGE_TYPE_ARRIVE);
      let recognized = before?.recognized === true;
      if (!recognized) {
        if (person.state === 'matched' || person.state === 'unknown') {
          recognized = true;
          report(WINBIO_PRESENCE_CHANGE_TYPE_RECOGNIZE);
        } else if (person.state === 'rejected') {
          if (before === undefined || !isSame(before.presence, presence)) report(WINBIO_PRESENCE_CHANGE_TYPE_TRACK);
        } else if (before?.state === 'rejected') report(WINBIO_PRESENCE_CHANGE_TYPE_TRACK);
      }
      this.#entries.set(person.trackingId, { presence, state: person.state, recognized, seenAtMs: nowMs });
    }
    return [...changes, ...this.expire(nowMs)];
  }

  /** People who have been out of frame long enough depart. */
  expire(nowMs: number): readonly PresenceChange[] {
    const gone = [...this.#entries].filter(([, { seenAtMs }]) => nowMs - seenAtMs >= PRESENCE_EXPIRY_MS);
    for (const [trackingId] of gone) this.#entries.delete(trackingId);
    return gone.map(([, { presence }]) => ({ change: WINBIO_PRESENCE_CHANGE_TYPE_DEPART, people: [presence] }));
  }

  #presence(person: PresentPerson, identity: Identity | undefined): Presence {
    const status = { pending: S_OK, matched: S_OK, rejected: WINBIO_E_BAD_CAPTURE, unknown: WINBIO_E_UNKNOWN_ID };
    return {
      factor: this.#factor,
      subFactor: 0,
      status: status[person.state],
      rejectDetail: person.state === 'rejected' ? person.detail : 0,
      identity: identity ?? NULL_IDENTITY,
      trackingId: person.trackingId,
      boundingBox: person.boundingBox,
    };
  }
}

function isSame(a: Presence, b: Presence): boolean {
  return a.status === b.status && a.rejectDetail === b.rejectDetail && sameBox(a.boundingBox, b.boundingBox);
}

function sameBox(a: BoundingBox, b: BoundingBox): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}
