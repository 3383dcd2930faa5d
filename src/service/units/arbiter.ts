/** Chooses who receives a sample, once it exists: a pure function of the facts at that moment. WBF: workflows B2a. */

import type { ClientProcess } from '../access/principal.ts';
import type { Candidate } from './candidate.ts';

/** What the choice depends on. */
export interface ArbiterFacts {
  /** In a private pool focus is irrelevant, and an enrollment excludes no other operation (D-20). */
  readonly privatePool: boolean;
  /** Session that holds the unit's lock. */
  readonly lockOwner: object | undefined;
  /** Session that is enrolling on the unit. */
  readonly enrollingSession: object | undefined;
  /** Process with focus. */
  readonly focus: ClientProcess | undefined;
  /** Candidates that may use the unit, longest waiting first. */
  readonly candidates: readonly Candidate[];
}

/** Who gets the sample, and who is refused because of an enrollment. With neither the sample is dropped. */
export interface ArbiterDecision {
  readonly receivers: readonly Candidate[];
  readonly refused: readonly Candidate[];
}

const DROP: ArbiterDecision = Object.freeze({ receivers: [], refused: [] });

/** Order: lock owner; enrolling session; oldest waiting operation of the process with focus; monitors; none. */
export function chooseReceiver(facts: ArbiterFacts): ArbiterDecision {
  const { lockOwner, enrollingSession } = facts;
  const inFocus = (candidate: Candidate) => facts.privatePool || candidate.process === facts.focus;
  const allowed = facts.candidates.filter(({ session }) => lockOwner === undefined || session === lockOwner);
  const waiting = allowed.filter((candidate) => candidate.role !== 'monitor' && inFocus(candidate));

  if (enrollingSession !== undefined && !facts.privatePool) {
    const enrolling = waiting.find(({ role, session }) => role === 'enrollment' && session === enrollingSession);
    const refused = waiting.filter((candidate) => candidate !== enrolling);
    return { receivers: enrolling === undefined ? [] : [enrolling], refused };
  }
  const oldest = waiting[0];
  if (oldest !== undefined) return { receivers: [oldest], refused: [] };
  const monitors = allowed.filter(({ role }) => role === 'monitor');
  return monitors.length > 0 ? { receivers: monitors, refused: [] } : DROP;
}
