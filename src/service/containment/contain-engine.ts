/** An engine whose faults stay its own. */

import type { EngineAdapter, EngineCalibration, EnrollmentBuilder } from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
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
  return {
    get info() {
      return engine.info;
    },
    ...containComparison(engine, guard),
    ...containAbilities(engine, guard),
    createGallery: () => guard.now('createGallery', () => engine.createGallery(), isGallery),
    createEnrollment: (subFactor) => {
      const builder = guard.now('createEnrollment', () => engine.createEnrollment(subFactor), isBuilder);
      return containBuilder(builder, guard);
    },
    control: (request, { signal }) =>
      guard.withDeadline('control', (options) => engine.control(request, options), isControlOutcome, { signal }),
    close: () => guard.withDeadline('close', () => engine.close(), isNothing, { deadlineMs: FINISH_AFTER_CANCEL_MS }),
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}

type Comparison = 'extract' | 'verify' | 'identify' | 'findDuplicates';

function containComparison(engine: EngineAdapter, guard: CallGuard): Pick<EngineAdapter, Comparison> {
  return {
    extract: (sample, purpose, { signal }) =>
      guard.withDeadline('extract', (options) => engine.extract(sample, purpose, options), isExtraction, { signal }),
    verify: (features, templates, { signal }) =>
      guard.withDeadline('verify', (options) => engine.verify(features, templates, options), isVerification, {
        signal,
      }),
    identify: (features, gallery, { signal }) =>
      guard.withDeadline('identify', (options) => engine.identify(features, gallery, options), isCandidateList, {
        signal,
      }),
    findDuplicates: (template, gallery, { signal }) => {
      const find = (options: AdapterOptions) => engine.findDuplicates(template, gallery, options);
      return guard.withDeadline('findDuplicates', find, isCandidateList, { signal });
    },
  };
}

/** The optional members of an engine; those it lacks are absent here too. */
function containAbilities(engine: EngineAdapter, guard: CallGuard): Partial<EngineAdapter> {
  const { calibration } = engine;
  const identifyAll = engine.identifyAll?.bind(engine);
  const hashTemplate = engine.hashTemplate?.bind(engine);
  const indexVector = engine.indexVector?.bind(engine);
  const updateTemplate = engine.updateTemplate?.bind(engine);
  const searchCodes = engine.searchCodes?.bind(engine);
  const describe = engine.describe?.bind(engine);
  const checkTemplate = engine.checkTemplate?.bind(engine);
  const setAccountPolicy = engine.setAccountPolicy?.bind(engine);
  return {
    ...(identifyAll && {
      identifyAll: (sample, gallery, { signal }) =>
        guard.withDeadline('identifyAll', (options) => identifyAll(sample, gallery, options), isPersonList, { signal }),
    }),
    ...(hashTemplate && {
      hashTemplate: (template, algorithm) =>
        guard.withDeadline('hashTemplate', () => hashTemplate(template, algorithm), isBytes),
    }),
    ...(indexVector && {
      indexVector: (bytes) =>
        guard.withDeadline('indexVector', () => indexVector(bytes), isListOf(Number.isSafeInteger)),
    }),
    ...(updateTemplate && {
      updateTemplate: (template, features, { signal }) => {
        const update = (options: AdapterOptions) => updateTemplate(template, features, options);
        return guard.withDeadline('updateTemplate', update, isBytesOrNothing, { signal });
      },
    }),
    ...(searchCodes && {
      searchCodes: (templates, { signal }) => {
        const code = (options: AdapterOptions) => searchCodes(templates, options);
        const isAnswer = (value: unknown) =>
          isListOf(isBytes)(value) && (value as readonly Uint8Array[]).length === templates.length;
        return guard.withDeadline('searchCodes', code, isAnswer, { signal });
      },
    }),
    ...(describe && {
      describe: (sample, template, { signal }) =>
        guard.withDeadline('describe', (options) => describe(sample, template, options), isPicture, { signal }),
    }),
    // What it throws tells what is wrong with the template, and is no fault of the engine.
    ...(checkTemplate && {
      checkTemplate: (template) => {
        const checked = checkTemplate(template);
        return checked && guard.withDeadline('checkTemplate', () => checked, isNothing);
      },
    }),
    ...(setAccountPolicy && {
      setAccountPolicy: (policies) =>
        guard.withDeadline('setAccountPolicy', () => setAccountPolicy(policies), isNothing),
    }),
    ...(calibration && { calibration: containCalibration(calibration, guard) }),
  };
}

function containBuilder(builder: EnrollmentBuilder, guard: CallGuard): EnrollmentBuilder {
  const select = builder.select?.bind(builder);
  return {
    get progress() {
      return guard.now('progress', () => builder.progress, isProgress);
    },
    add: (features, { signal }) =>
      guard.withDeadline('enrollment.add', (options) => builder.add(features, options), isProgress, { signal }),
    template: () => guard.now('enrollment.template', () => builder.template(), isBytes),
    ...(select && {
      select: (trackingId) => guard.now('enrollment.select', () => select(trackingId), isNothing),
    }),
    [Symbol.dispose]: () => guard.now('enrollment.dispose', () => builder[Symbol.dispose](), isNothing),
  };
}

function containCalibration(calibration: EngineCalibration, guard: CallGuard): EngineCalibration {
  return {
    // The negotiation itself checks what the engine chose.
    select: (formats) => {
      const chosen = guard.now('calibration.select', () => calibration.select(formats), isNothing);
      return chosen instanceof Promise ? guard.withDeadline('calibration.select', () => chosen, isNothing) : chosen;
    },
    advise: (sample, format, { signal }) =>
      guard.withDeadline('calibration.advise', (options) => calibration.advise(sample, format, options), isAdvice, {
        signal,
      }),
  };
}
