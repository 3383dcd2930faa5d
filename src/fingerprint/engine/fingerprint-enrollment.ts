/** Builds a template of several impressions of one finger. Runs anywhere. */

import type { EnrollmentBuilder, EnrollmentProgress } from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FP_MERGE_FAILURE } from '../../core/constants.ts';
import { ENROLLMENT } from '../parameters.ts';
import type { Impression } from '../template/impression.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';

/** Good samples an enrollment needs at most. */
export const SAMPLE_HINT = ENROLLMENT.enoughViews;

/** Compares a probe with references, each an impression's bytes. */
export type CompareImpressions = (
  probe: Uint8Array,
  references: readonly Uint8Array[],
  signal: AbortSignal,
) => Promise<readonly number[]>;

interface View {
  readonly impression: Impression;
  readonly bytes: Uint8Array;
  /** Score against each other view. */
  readonly scores: Map<View, number>;
}

/**
 * Complete after three impressions that belong together, or four; takes more, and keeps the six that differ most.
 *
 * An impression that looks like none of the others is refused with WINBIO_FP_MERGE_FAILURE. Two refused in a row that
 * belong together outvote a lone first impression, which then was the odd one: they take its place.
 */
export class FingerprintEnrollment implements EnrollmentBuilder {
  readonly #compare: CompareImpressions;
  #views: View[] = [];
  #refused: View | undefined;
  #accepted = 0;
  #ended = false;
  #progress: EnrollmentProgress = { kind: 'more-data', detail: 0, percentComplete: 0 };

  constructor(compare: CompareImpressions) {
    this.#compare = compare;
  }

  get progress(): EnrollmentProgress {
    return this.#progress;
  }

  async add(features: Uint8Array, { signal }: AdapterOptions): Promise<EnrollmentProgress> {
    if (this.#ended) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the enrollment has ended');
    const [impression, ...others] = decodeTemplate(features);
    if (impression === undefined || others.length > 0) {
      throw new BiometricError('E_INVALIDARG', 'features are those of one impression');
    }
    const view: View = { impression, bytes: Uint8Array.from(features), scores: new Map() };
    const before = this.#views;
    const compared = this.#refused === undefined ? before : [...before, this.#refused];
    const scores = await this.#compare(
      view.bytes,
      compared.map((other) => other.bytes),
      signal,
    );
    if (before !== this.#views) throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'another impression was added');
    compared.forEach((other, i) => {
      view.scores.set(other, scores[i]!);
      other.scores.set(view, scores[i]!);
    });
    this.#progress = this.#take(view);
    return this.#progress;
  }

  template(): Uint8Array {
    if (this.#progress.percentComplete < 100) {
      throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the template is not complete');
    }
    return encodeTemplate(this.#views.map((view) => view.impression));
  }

  [Symbol.dispose](): void {
    for (const view of this.#views) view.bytes.fill(0);
    this.#views = [];
    this.#refused = undefined;
    this.#ended = true;
    this.#progress = { kind: 'more-data', detail: 0, percentComplete: 0 };
  }

  #take(view: View): EnrollmentProgress {
    const refused = this.#refused;
    this.#refused = undefined;
    if (this.#views.length > 0 && bestScore(view, this.#views) < ENROLLMENT.minScore) {
      const outvoted = this.#views.length === 1 && refused !== undefined;
      if (!outvoted || bestScore(view, [refused]) < ENROLLMENT.linkScore) {
        this.#refused = view;
        return { ...this.#progress, kind: 'rejected', detail: WINBIO_FP_MERGE_FAILURE };
      }
      this.#views = [refused];
    }
    this.#views = dropRedundant([...this.#views, view]);
    this.#accepted++;
    return this.#evaluate();
  }

  #evaluate(): EnrollmentProgress {
    const views = this.#views;
    const linked = views.every((view) => bestScore(view, views) >= ENROLLMENT.linkScore);
    const enough = linked ? ENROLLMENT.enoughLinkedViews : ENROLLMENT.enoughViews;
    const complete = this.#progress.percentComplete === 100 || this.#accepted >= enough;
    if (complete) return { kind: 'complete', detail: 0, percentComplete: 100 };
    const percent = Math.min(99, Math.floor((100 * this.#accepted) / ENROLLMENT.enoughLinkedViews));
    return { kind: 'more-data', detail: 0, percentComplete: percent };
  }
}

/** Greatest score of a view against any of the others. */
function bestScore(view: View, others: readonly View[]): number {
  return Math.max(0, ...others.map((other) => view.scores.get(other) ?? 0));
}

/** Drops the view whose loss costs least: the poorer one of the two that are most alike. */
function dropRedundant(views: View[]): View[] {
  if (views.length <= ENROLLMENT.maxViews) return views;
  let most = -1;
  let dropped = views[0]!;
  for (const a of views) {
    for (const b of views) {
      const score = a.scores.get(b) ?? -1;
      if (score <= most) continue;
      most = score;
      dropped = a.impression.quality < b.impression.quality ? a : b;
    }
  }
  return views.filter((view) => view !== dropped);
}
