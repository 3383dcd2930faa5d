/**
 * The work of an engine as plain data, so that it can run on any thread: tasks and answers survive structured cloning,
 * galleries and cancel words are shared memory.
 */

import type { Candidate, ExtractionOutcome } from '../../adapters/engine-adapter.ts';
import type { FingerCoverage } from '../../core/finger-coverage.ts';
import type { SamplePicture } from '../../core/sample-picture.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { compareTemplates } from '../comparison/compare-templates.ts';
import { Comparer } from '../comparison/comparer.ts';
import type { Comparison } from '../comparison/comparison.ts';
import { prepareTemplate } from '../comparison/prepared-template.ts';
import { extract } from '../extract.ts';
import { codeSlots } from '../search/code-slots.ts';
import { filterGallery } from '../search/filter-gallery.ts';
import { threadFirstStage } from '../search/first-stage.ts';
import type { GallerySnapshot } from '../search/gallery-snapshot.ts';
import { searchGallery } from '../search/search-gallery.ts';
import type { Shortlist } from '../search/shortlist.ts';
import { throwIfCanceled } from './cancel-word.ts';
import { describeSample } from './describe-sample.ts';
import { enrollmentCoverage } from './enrollment-coverage.ts';
import type { PlacedView } from './place-views.ts';
import { sampleReport } from './sample-report.ts';

/** Features of a sample. */
export interface ExtractTask {
  readonly kind: 'extract';
  /** Bytes of a BIR. */
  readonly sample: Uint8Array;
  readonly cancel: SharedArrayBuffer;
}

/** The picture of a sample, beside the impression of a template that is most like it. */
export interface DescribeTask {
  readonly kind: 'describe';
  /** Bytes of a BIR. */
  readonly sample: Uint8Array;
  readonly template?: Uint8Array;
  readonly cancel: SharedArrayBuffer;
}

/** A probe against each of several references. */
export interface CompareTask {
  readonly kind: 'compare';
  readonly probe: Uint8Array;
  readonly references: readonly Uint8Array[];
  readonly cancel: SharedArrayBuffer;
}

/** What of a finger views show together. */
export interface CoverTask {
  readonly kind: 'cover';
  readonly views: readonly PlacedView[];
  readonly cancel: SharedArrayBuffer;
}

/** References in some blocks of a gallery that are worth a full comparison. */
export interface FilterTask {
  readonly kind: 'filter';
  readonly probe: Uint8Array;
  readonly gallery: GallerySnapshot;
  readonly first: number;
  readonly last: number;
  readonly keep: number;
  readonly cancel: SharedArrayBuffer;
}

/** Candidates of a probe among some slots of a gallery. */
export interface SearchTask {
  readonly kind: 'search';
  readonly probe: Uint8Array;
  readonly gallery: GallerySnapshot;
  readonly slots: Int32Array;
  readonly threshold: number;
  readonly limit: number;
  readonly cancel: SharedArrayBuffer;
}

/** Codes of some slots of a gallery. */
export interface PrepareTask {
  readonly kind: 'prepare';
  readonly gallery: GallerySnapshot;
  readonly slots: Int32Array;
  readonly cancel: SharedArrayBuffer;
}

/** Any task. */
export type EngineTask = ExtractTask | DescribeTask | CompareTask | CoverTask | FilterTask | SearchTask | PrepareTask;

/** What a task answers. */
export type EngineTaskResult<T extends EngineTask> = T extends ExtractTask
  ? ExtractionOutcome
  : T extends DescribeTask
    ? SamplePicture
    : T extends CompareTask
      ? readonly Comparison[]
      : T extends CoverTask
        ? FingerCoverage
        : T extends FilterTask
          ? readonly Shortlist[]
          : T extends PrepareTask
            ? undefined
            : readonly Candidate[];

let comparer: Comparer | undefined;

/**
 * Runs a task on this thread. Throws BiometricError: what the decoders reject, and WINBIO_E_CANCELED soon after the
 * task's cancel word was set.
 */
export function executeTask<T extends EngineTask>(task: T): EngineTaskResult<T>;
export function executeTask(task: EngineTask): EngineTaskResult<EngineTask> {
  const cancel = new Int32Array(task.cancel);
  throwIfCanceled(cancel);
  // Scratch memory only: it carries nothing from one task to the next.
  comparer ??= new Comparer();
  switch (task.kind) {
    case 'extract': {
      const result = extract(decodeFingerprintSample(task.sample), { checkpoint: () => throwIfCanceled(cancel) });
      const report = sampleReport(result.quality);
      if (result.kind === 'rejected') return { kind: 'rejected', detail: result.detail, report };
      return { kind: 'features', features: result.features, report };
    }
    case 'describe':
      return describeSample(comparer, task.sample, task.template, () => throwIfCanceled(cancel));
    case 'compare': {
      const scratch = comparer;
      const probe = prepareTemplate(task.probe);
      return task.references.map((reference) => {
        throwIfCanceled(cancel);
        const prepared = prepareTemplate(reference);
        const score = compareTemplates(scratch, probe, prepared);
        const motion = probe.views.length === 1 && prepared.views.length === 1 ? scratch.motion() : undefined;
        return { score, ...(motion && { motion }) };
      });
    }
    case 'cover':
      return enrollmentCoverage(task.views);
    case 'search':
      return searchGallery(comparer, { ...task, probe: prepareTemplate(task.probe), cancel });
    case 'filter':
      return filterGallery(threadFirstStage(), { ...task, cancel });
    case 'prepare':
      codeSlots(threadFirstStage(), task.gallery, task.slots);
      return undefined;
    default:
      return task satisfies never;
  }
}
