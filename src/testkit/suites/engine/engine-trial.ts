/** An engine under test, and what the checks make of its samples. */

import assert from 'node:assert/strict';
import type { EngineAdapter, EnrollmentBuilder, Gallery } from '../../../adapters/engine-adapter.ts';
import { WINBIO_PURPOSE_ENROLL } from '../../../core/constants.ts';
import type { EngineCapability, EngineRig } from './engine-rig.ts';

/** Good samples within which an enrollment must be complete; a rig has as many impressions of each finger. */
export const MAX_SAMPLES = 8;
/** Options of a call that is never aborted. */
export const OPEN = { signal: new AbortController().signal };
/** Options of a call that is aborted before it begins. */
export const ABORTED = { signal: AbortSignal.abort('enough') };

export class EngineTrial {
  readonly rig: EngineRig;
  /** What the engine declared not to have. */
  readonly lacks: readonly EngineCapability[];

  constructor(rig: EngineRig, lacks: readonly EngineCapability[]) {
    this.rig = rig;
    this.lacks = lacks;
  }

  /** Features of one impression. */
  async features(finger: number, impression: number): Promise<Uint8Array> {
    return await extract(this.rig.engine, await this.rig.sample(finger, impression));
  }

  /** Template of a finger, enrolled from this impression on. */
  async template(finger: number, firstImpression = 1): Promise<Uint8Array> {
    using builder = this.rig.engine.createEnrollment(1);
    await this.complete(builder, finger, firstImpression);
    return builder.template();
  }

  /** Adds impressions until the template is complete or the impressions are used up; the kind of progress reached. */
  async complete(builder: EnrollmentBuilder, finger: number, firstImpression: number): Promise<string> {
    for (let i = firstImpression; i <= MAX_SAMPLES && builder.progress.kind !== 'complete'; i++) {
      await builder.add(await this.features(finger, i), OPEN);
    }
    return builder.progress.kind;
  }

  /** Record numbers that the last impression of a finger finds, best first. */
  async found(finger: number, gallery: Gallery): Promise<number[]> {
    const candidates = await this.rig.engine.identify(await this.features(finger, MAX_SAMPLES), gallery, OPEN);
    return candidates.map(({ recordId }) => recordId);
  }
}

/** Features of a good sample. */
export async function extract(engine: EngineAdapter, sample: Uint8Array): Promise<Uint8Array> {
  const outcome = await engine.extract(sample, WINBIO_PURPOSE_ENROLL, OPEN);
  if (outcome.kind !== 'features') assert.fail(`a good sample was rejected with detail ${outcome.detail}`);
  return outcome.features;
}
