/** An engine whose faults stay its own. */

import type { EngineAdapter, EngineCalibration, EnrollmentBuilder } from '../../adapters/engine-adapter.ts';
import type { Clock } from '../../core/clock.ts';
import {
  isAdvice,
  isBuilder,
  isBytes,
  isBytesOrNothing,
  isCandidateList,
  isControlOutcome,
  isExtraction,
  isGallery,
  isListOf,
  isNothing,
  isPersonList,
  isPicture,
  isProgress,
  isVerification,
} from './answer-checks.ts';
import { CallGuard, FINISH_AFTER_CANCEL_MS } from './call-guard.ts';

export function containEngine(engine: EngineAdapter, clock: Clock): EngineAdapter {
  const guard = new CallGuard(clock, 'an engine');
  const { calibration } = engine;
  return {
    get info() {
      return engine.info;
    },
    extract: (sample, purpose, { signal }) =>
      guard.withDeadline('extract', (options) => engine.extract(sample, purpose, options), isExtraction, {
        signal,
      }),
    verify: (features, templates, { signal }) =>
      guard.withDeadline('verify', (options) => engine.verify(features, templates, options), isVerification, {
        signal,
      }),
    createGallery: () => guard.now('createGallery', () => engine.createGallery(), isGallery),
    identify: (features, gallery, { signal }) =>
      guard.withDeadline('identify', (options) => engine.identify(features, gallery, options), isCandidateList, {
        signal,
      }),
    createEnrollment: (subFactor) =>
      containBuilder(
        guard.now('createEnrollment', () => engine.createEnrollment(subFactor), isBuilder),
        guard,
      ),
    findDuplicates: (template, gallery, { signal }) =>
      guard.withDeadline(
        'findDuplicates',
        (options) => engine.findDuplicates(template, gallery, options),
        isCandidateList,
        {
          signal,
        },
      ),
    ...(engine.identifyAll && {
      identifyAll: (sample, gallery, { signal }) =>
        guard.withDeadline('identifyAll', (options) => engine.identifyAll!(sample, gallery, options), isPersonList, {
          signal,
        }),
    }),
    ...(engine.hashTemplate && {
      hashTemplate: (template, algorithm) =>
        guard.withDeadline('hashTemplate', () => engine.hashTemplate!(template, algorithm), isBytes),
    }),
    ...(engine.indexVector && {
      indexVector: (bytes) =>
        guard.now('indexVector', () => engine.indexVector!(bytes), isListOf(Number.isSafeInteger)),
    }),
    ...(engine.updateTemplate && {
      updateTemplate: (template, features, { signal }) =>
        guard.withDeadline(
          'updateTemplate',
          (options) => engine.updateTemplate!(template, features, options),
          isBytesOrNothing,
          { signal },
        ),
    }),
    ...(engine.describe && {
      describe: (sample, template, { signal }) =>
        guard.withDeadline('describe', (options) => engine.describe!(sample, template, options), isPicture, { signal }),
    }),
    ...(calibration && { calibration: containCalibration(calibration, guard) }),
    ...(engine.setAccountPolicy && {
      setAccountPolicy: (policies) =>
        guard.withDeadline('setAccountPolicy', () => engine.setAccountPolicy!(policies), isNothing),
    }),
    control: (request, { signal }) =>
      guard.withDeadline('control', (options) => engine.control(request, options), isControlOutcome, { signal }),
    close: () => guard.withDeadline('close', () => engine.close(), isNothing, { deadlineMs: FINISH_AFTER_CANCEL_MS }),
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}

function containBuilder(builder: EnrollmentBuilder, guard: CallGuard): EnrollmentBuilder {
  return {
    get progress() {
      return guard.now('progress', () => builder.progress, isProgress);
    },
    add: (features, { signal }) =>
      guard.withDeadline('enrollment.add', (options) => builder.add(features, options), isProgress, { signal }),
    template: () => guard.now('enrollment.template', () => builder.template(), isBytes),
    ...(builder.select && {
      select: (trackingId) => guard.now('enrollment.select', () => builder.select!(trackingId), isNothing),
    }),
    [Symbol.dispose]: () => guard.now('enrollment.dispose', () => builder[Symbol.dispose](), isNothing),
  };
}

function containCalibration(calibration: EngineCalibration, guard: CallGuard): EngineCalibration {
  return {
    // What it chooses is judged by whoever negotiates.
    select: (formats) => guard.now('calibration.select', () => calibration.select(formats), isNothing),
    advise: (sample, format, { signal }) =>
      guard.withDeadline('calibration.advise', (options) => calibration.advise(sample, format, options), isAdvice, {
        signal,
      }),
  };
}
