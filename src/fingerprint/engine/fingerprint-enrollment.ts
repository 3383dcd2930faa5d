/** Builds a template of several impressions of one finger. Runs anywhere. */

import type { EnrollmentBuilder, EnrollmentProgress } from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FP_MERGE_FAILURE } from '../../core/constants.ts';
import { reverseMotion } from '../comparison/rigid-motion.ts';
import { ENROLLMENT } from '../parameters.ts';
import { foregroundPoints } from '../template/foreground-points.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import type { CompareImpressions } from './compare-impressions.ts';
import { enrollmentCoverage } from './enrollment-coverage.ts';
import type { EnrollmentView } from './enrollment-view.ts';

/** Good samples an enrollment needs at most. */
export const SAMPLE_HINT = ENROLLMENT.enoughViews;

/**
 * Complete after three impressions that belong together, or four; takes more, and keeps the six that differ most.
 *
 * An impression that looks like none of the others is refused with WINBIO_FP_MERGE_FAILURE. Two refused in a row that
 * belong together outvote a lone first impression, which then was the odd one: they take its place.
 */
export class FingerprintEnrollment implements EnrollmentBuilder {
  readonly #compare: CompareImpressions;
  #views: EnrollmentView[] = [];
  #refused: EnrollmentView | undefined;
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
    const view: EnrollmentView = {
      impression,
      bytes: Uint8Array.from(features),
      foreground: foregroundPoints(impression),
      links: new Map(),
    };
    const before = this.#views;
    const compared = this.#refused === undefined ? before : [...before, this.#refused];
    const comparisons = await this.#compare(
      view.bytes,
      compared.map((other) => other.bytes),
      signal,
    );
    if (before !== this.#views) throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'another impression was added');
    compared.forEach((other, i) => {
      const { score, motion } = comparisons[i]!;
      view.links.set(other, { score, ...(motion && { motion }) });
      other.links.set(view, { score, ...(motion && { motion: reverseMotion(motion) }) });
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

  #take(view: EnrollmentView): EnrollmentProgress {
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
    const coverage = enrollmentCoverage(views);
    if (complete) return { kind: 'complete', detail: 0, percentComplete: 100, coverage };
    const percent = Math.min(99, Math.floor((100 * this.#accepted) / ENROLLMENT.enoughLinkedViews));
    return { kind: 'more-data', detail: 0, percentComplete: percent, coverage };
  }
}

/** Greatest score of a view against any of the others. */
function bestScore(view: EnrollmentView, others: readonly EnrollmentView[]): number {
  return Math.max(0, ...others.map((other) => view.links.get(other)?.score ?? 0));
}

/** Drops the view whose loss costs least: the poorer one of the two that are most alike. */
function dropRedundant(views: EnrollmentView[]): EnrollmentView[] {
  if (views.length <= ENROLLMENT.maxViews) return views;
  let most = -1;
  let dropped = views[0]!;
  for (const a of views) {
    for (const b of views) {
      const score = a.links.get(b)?.score ?? -1;
      if (score <= most) continue;
      most = score;
      dropped = a.impression.quality < b.impression.quality ? a : b;
    }
  }
  return views.filter((view) => view !== dropped);
}
