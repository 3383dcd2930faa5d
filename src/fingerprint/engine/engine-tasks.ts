/**
 * The work of an engine as plain data, so that it can run on any thread: tasks and answers survive structured cloning;
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
import { searchCodesOf } from '../search/search-codes.ts';
import { searchGallery } from '../search/search-gallery.ts';
import type { Shortlist } from '../search/shortlist.ts';
import { throwIfCanceled } from './cancel-word.ts';
import { describeSample } from './describe-sample.ts';
import { enrollmentCoverage } from './enrollment-coverage.ts';
import type { PlacedView } from './place-views.ts';
import { sampleReport } from './sample-report.ts';

/** Extracts the features of a sample. */
export interface ExtractTask {
  /** Names the task. */
  readonly kind: 'extract';
  /** Bytes of a BIR. */
  readonly sample: Uint8Array;
  /** Four bytes; the task ends with WINBIO_E_CANCELED soon after they are no longer 0. */
  readonly cancel: SharedArrayBuffer;
}

/** Makes a picture of a sample, beside the impression of a template that resembles it most. */
export interface DescribeTask {
  /** Names the task. */
  readonly kind: 'describe';
  /** Bytes of a BIR. */
  readonly sample: Uint8Array;
  /** Template to compare with; absent for a picture of the sample alone. */
  readonly template?: Uint8Array;
  /** As in {@link ExtractTask}. */
  readonly cancel: SharedArrayBuffer;
}

/** Compares a probe with each of several references. */
export interface CompareTask {
  /** Names the task. */
  readonly kind: 'compare';
  /** Features or a template. */
  readonly probe: Uint8Array;
  /** Templates. */
  readonly references: readonly Uint8Array[];
  /** As in {@link ExtractTask}. */
  readonly cancel: SharedArrayBuffer;
}

/** Measures which parts of a finger several views show together. */
export interface CoverTask {
  /** Names the task. */
  readonly kind: 'cover';
  /** Views with their places on the first one. */
  readonly views: readonly PlacedView[];
  /** As in {@link ExtractTask}. */
  readonly cancel: SharedArrayBuffer;
}

/** Finds the references in some blocks of a gallery that are worth a full comparison. */
export interface FilterTask {
  /** Names the task. */
  readonly kind: 'filter';
  /** Features. */
  readonly probe: Uint8Array;
  /** The gallery to read. */
  readonly gallery: GallerySnapshot;
  /** First block. */
  readonly first: number;
  /** Block after the last. */
  readonly last: number;
  /** Most references to return per view of the probe. */
  readonly keep: number;
  /** Looks for references that are turned by more than 60 degrees, instead of those that are not. */
  readonly turned: boolean;
  /** As in {@link ExtractTask}. */
  readonly cancel: SharedArrayBuffer;
}

/** Compares a probe with some slots of a gallery in full. */
export interface SearchTask {
  /** Names the task. */
  readonly kind: 'search';
  /** Features or a template. */
  readonly probe: Uint8Array;
  /** The gallery to read. */
  readonly gallery: GallerySnapshot;
  /** Slots to compare with. */
  readonly slots: Int32Array;
  /** Least score of a candidate. */
  readonly threshold: number;
  /** Whether prints may be turned against each other by more than 90 degrees. */
  readonly anyRotation: boolean;
  /** Most candidates to return. */
  readonly limit: number;
  /** As in {@link ExtractTask}. */
  readonly cancel: SharedArrayBuffer;
}

/** Codes some slots of a gallery for the first stage. */
export interface PrepareTask {
  /** Names the task. */
  readonly kind: 'prepare';
  /** The gallery to write into. */
  readonly gallery: GallerySnapshot;
  /** Slots to code. */
  readonly slots: Int32Array;
  /** As in {@link ExtractTask}. */
  readonly cancel: SharedArrayBuffer;
}

/** Makes the search codes of templates. */
export interface CodeTask {
  /** Names the task. */
  readonly kind: 'code';
  /** Templates. */
  readonly templates: readonly Uint8Array[];
  /** As in {@link ExtractTask}. */
  readonly cancel: SharedArrayBuffer;
}

/** Any task; `kind` tells which. */
export type EngineTask =
  | CodeTask
  | ExtractTask
  | DescribeTask
  | CompareTask
  | CoverTask
  | FilterTask
  | SearchTask
  | PrepareTask;

/** The answer to a task of type `T`. */
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
            : T extends CodeTask
              ? readonly Uint8Array[]
              : readonly Candidate[];

let comparer: Comparer | undefined;

/**
 * Runs a task on this thread. Throws WINBIO_E_CANCELED soon after the task's cancel word is set; for samples
 * E_INVALIDARG, WHORL_E_MALFORMED, WHORL_E_UNSUPPORTED_FORMAT, WHORL_E_LIMIT_EXCEEDED; for templates WHORL_E_MALFORMED,
 * WHORL_E_NEWER_FORMAT; WHORL_E_PLATFORM without WebAssembly SIMD; E_OUTOFMEMORY.
 *
 * @example
 * const outcome = executeTask({ kind: 'extract', sample, cancel: new SharedArrayBuffer(4) });
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
        return { score, ...(motion && { motion, coincidence: scratch.coincidence() }) };
      });
    }
    case 'cover':
      return enrollmentCoverage(task.views);
    case 'search':
      return searchGallery(comparer, { ...task, probe: prepareTemplate(task.probe), cancel });
    case 'filter':
      return filterGallery(threadFirstStage(), { ...task, cancel });
    case 'code':
      return task.templates.map((template) => {
        throwIfCanceled(cancel);
        return searchCodesOf(threadFirstStage(), template);
      });
    case 'prepare':
      codeSlots(threadFirstStage(), task.gallery, task.slots);
      return undefined;
    default:
      return task satisfies never;
  }
}
