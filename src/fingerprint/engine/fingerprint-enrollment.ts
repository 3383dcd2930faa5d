/** Builds a template of several impressions of one finger. */

import type { EnrollmentBuilder, EnrollmentProgress } from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FP_MERGE_FAILURE } from '../../core/constants.ts';
import type { FingerCoverage } from '../../core/finger-coverage.ts';
import { reverseMotion } from '../comparison/rigid-motion.ts';
import { ENROLLMENT, SAME_IMPRESSION, SMALL_SENSOR } from '../parameters.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import type { EnrollmentView } from './enrollment-view.ts';
import type { EnrollmentWork } from './enrollment-work.ts';
import { placeViews } from './place-views.ts';

/** Most good samples an enrollment needs, but with a small sensor. */
export const SAMPLE_HINT = ENROLLMENT.enoughViews;

/** Views taken so far; a new object for each view, so that a canceled addition leaves the old one as it was. */
interface EnrollmentState {
  readonly views: readonly EnrollmentView[];
  /** The last view, when it was rejected. */
  readonly refused: EnrollmentView | undefined;
  readonly accepted: number;
  readonly progress: EnrollmentProgress;
}

const BEGINNING: EnrollmentState = {
  views: [],
  refused: undefined,
  accepted: 0,
  progress: { kind: 'more-data', detail: 0, percentComplete: 0 },
};

/**
 * Complete after three impressions that belong together, or four; takes more, and keeps the six that differ most. Of a
 * small sensor six and eight, or four that together show much of the finger; eight are kept.
 *
 * An impression that looks like none of the others is refused with WINBIO_FP_MERGE_FAILURE. Two refused in a row that
 * belong together outvote a lone first impression, which then was the odd one: they take its place. A picture that was
 * given before, or nearly, shows nothing more of the finger: it is refused likewise, and changes nothing.
 */
export class FingerprintEnrollment implements EnrollmentBuilder {
  readonly #work: EnrollmentWork;
  #state: EnrollmentState = BEGINNING;
  #ended = false;

  constructor(work: EnrollmentWork) {
    this.#work = work;
  }

  get progress(): EnrollmentProgress {
    return this.#state.progress;
  }

  async add(features: Uint8Array, { signal }: AdapterOptions): Promise<EnrollmentProgress> {
    if (this.#ended) throw ended();
    const [impression, ...others] = decodeTemplate(features);
    if (impression === undefined || others.length > 0) {
      throw new BiometricError('E_INVALIDARG', 'features are those of one impression');
    }
    const view: EnrollmentView = { impression, bytes: Uint8Array.from(features), links: new Map() };
    const before = this.#state;
    const compared = before.refused === undefined ? before.views : [...before.views, before.refused];
    try {
      await this.#link(view, compared, signal);
      const state = repeats(view) ? refusing(before) : await this.#covered(take(before, view), signal);
      if (this.#ended || before !== this.#state) {
        throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'another impression was added');
      }
      this.#state = state;
      if (repeats(view)) forget(view);
      return state.progress;
    } catch (thrown) {
      forget(view);
      // An enrollment disposed of meanwhile has wiped its features: that is not a fault of the computation.
      throw this.#ended ? ended() : thrown;
    }
  }

  template(): Uint8Array {
    if (this.progress.percentComplete < 100) {
      throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the template is not complete');
    }
    return encodeTemplate(this.#state.views.map((view) => view.impression));
  }

  [Symbol.dispose](): void {
    const { views, refused } = this.#state;
    for (const { bytes } of refused === undefined ? views : [...views, refused]) bytes.fill(0);
    this.#state = BEGINNING;
    this.#ended = true;
  }

  /** Compares a view with others, both ways. */
  async #link(view: EnrollmentView, others: readonly EnrollmentView[], signal: AbortSignal): Promise<void> {
    const comparisons = await this.#work.compare(
      view.bytes,
      others.map((other) => other.bytes),
      signal,
    );
    others.forEach((other, i) => {
      const { motion, ...both } = comparisons[i]!;
      view.links.set(other, { ...both, ...(motion && { motion }) });
      other.links.set(view, { ...both, ...(motion && { motion: reverseMotion(motion) }) });
    });
  }

  /** The state with what its views show together; a rejected view shows nothing. */
  async #covered(state: EnrollmentState, signal: AbortSignal): Promise<EnrollmentState> {
    if (state.progress.kind === 'rejected') return state;
    const coverage = await this.#work.cover(placeViews(state.views), signal);
    const progress = evaluate(state.views, state.accepted, state.progress, coverage);
    return { ...state, progress: { ...progress, coverage } };
  }
}

function ended(): BiometricError {
  return new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the enrollment has ended');
}

/** Whether a view is the picture of another one, shifted, noised or compressed at most. */
function repeats(view: EnrollmentView): boolean {
  return [...view.links.values()].some(({ coincidence = 0 }) => coincidence >= SAME_IMPRESSION.share);
}

function forget(view: EnrollmentView): void {
  for (const other of view.links.keys()) other.links.delete(view);
  view.bytes.fill(0);
}

/** The enrollment as it was, after a view that it does not take. */
function refusing(before: EnrollmentState): EnrollmentState {
  return { ...before, progress: { ...before.progress, kind: 'rejected', detail: WINBIO_FP_MERGE_FAILURE } };
}

/** The enrollment after one more view. */
function take(before: EnrollmentState, view: EnrollmentView): EnrollmentState {
  const { refused, accepted, progress } = before;
  let { views } = before;
  if (views.length > 0 && bestScore(view, views) < ENROLLMENT.minScore) {
    const outvoted = views.length === 1 && refused !== undefined;
    if (!outvoted || bestScore(view, [refused]) < ENROLLMENT.linkScore) {
      return { ...refusing(before), refused: view };
    }
    views = [refused];
  }
  views = dropRedundant([...views, view]);
  return { views, refused: undefined, accepted: accepted + 1, progress: evaluate(views, accepted + 1, progress) };
}

/** How far so many accepted impressions are; what they show together matters where a sensor shows little at once. */
function evaluate(
  views: readonly EnrollmentView[],
  accepted: number,
  before: EnrollmentProgress,
  coverage?: FingerCoverage,
): EnrollmentProgress {
  const linked = views.every((view) => bestScore(view, views) >= ENROLLMENT.linkScore);
  const wanted = wantedImpressions(views, coverage);
  const complete = before.percentComplete === 100 || accepted >= (linked ? wanted.linked : wanted.any);
  if (complete) return { kind: 'complete', detail: 0, percentComplete: 100 };
  const percent = Math.min(99, Math.floor((100 * accepted) / wanted.linked));
  return { kind: 'more-data', detail: 0, percentComplete: Math.max(before.percentComplete, percent) };
}

/** Impressions that are enough when all belong together, and when they need not. */
function wantedImpressions(views: readonly EnrollmentView[], coverage: FingerCoverage | undefined) {
  if (!areSmall(views)) return { linked: ENROLLMENT.enoughLinkedViews, any: ENROLLMENT.enoughViews };
  const { enoughAreaMm2, enoughViewsOfLargeArea, enoughLinkedViews, enoughViews } = SMALL_SENSOR;
  const isLarge = coverage !== undefined && coverage.areaMm2 >= enoughAreaMm2;
  return { linked: isLarge ? enoughViewsOfLargeArea : enoughLinkedViews, any: enoughViews };
}

/** Whether the sensor shows little of a finger at once. */
function areSmall(views: readonly EnrollmentView[]): boolean {
  return views.every(({ impression }) => impression.widthPx * impression.heightPx <= SMALL_SENSOR.maxFramePx);
}

/** Greatest score of a view against any of the others. */
function bestScore(view: EnrollmentView, others: readonly EnrollmentView[]): number {
  return Math.max(0, ...others.map((other) => view.links.get(other)?.score ?? 0));
}

/** Drops the view whose loss costs least: the poorer of the two that are most alike. */
function dropRedundant(views: readonly EnrollmentView[]): readonly EnrollmentView[] {
  if (views.length <= (areSmall(views) ? SMALL_SENSOR.maxViews : ENROLLMENT.maxViews)) return views;
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
