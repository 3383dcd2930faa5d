/** What a sensor that matches inside is asked: it must know before the touch who will receive the sample. */

import type { Gallery } from '../../adapters/engine-adapter.ts';
import type { CaptureRequest, ComparedWith } from '../../adapters/sensor-adapter.ts';
import type { RecordId } from '../../core/identifiers.ts';
import type { ArbiterDecision } from './arbiter.ts';
import type { Candidate, Claim } from './candidate.ts';

/** What it takes from the unit. */
interface MatchingUnit {
  /** Set during an enrollment. */
  readonly enrollment: object | undefined;
  readonly store: { readonly gallery: Gallery | undefined; recordsOf(claim: Claim): readonly RecordId[] } | undefined;
}

/**
 * The capture for those who would receive a sample now; for all that may wait when nobody would. Undefined when there
 * is nothing to ask: during an enrollment the device belongs to it, also between two of its captures.
 */
export function onBoardRequest(
  { receivers }: ArbiterDecision,
  waiting: readonly Candidate[],
  { enrollment, store }: MatchingUnit,
): CaptureRequest | undefined {
  if (enrollment !== undefined && !receivers.some(({ role }) => role === 'enrollment')) return undefined;
  const served = receivers.length > 0 ? receivers : waiting;
  const purpose = served.reduce((all, candidate) => all | candidate.purpose, 0);
  if (purpose === 0) return undefined;
  const gallery = store?.gallery;
  if (gallery === undefined || served.every(({ exportsSample }) => exportsSample === true)) return { purpose };
  const [only, ...others] = served;
  const claim = others.length === 0 ? only?.claim : undefined;
  return { purpose, against: { gallery, ...(claim && { among: store?.recordsOf(claim) ?? [] }) } };
}

/** True when a sample of one request answers the other. */
export function isSameRequest(one: CaptureRequest, other: CaptureRequest): boolean {
  return one.purpose === other.purpose && isSameComparison(one.against, other.against);
}

function isSameComparison(one: ComparedWith | undefined, other: ComparedWith | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.gallery === other.gallery && isSameList(one.among, other.among);
}

function isSameList(one: readonly RecordId[] | undefined, other: readonly RecordId[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((recordId, i) => recordId === other[i]);
}
