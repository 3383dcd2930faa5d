/** An engine without fingers: a template matches features that are the same but for its last byte, which is the score. */

import type {
  Candidate,
  EngineInfo,
  EnrollmentBuilder,
  ExtractionOutcome,
  Gallery,
  SearchOptions,
  VerificationOutcome,
} from '../../src/adapters/engine-adapter.ts';
import { EngineAdapterBase } from '../../src/adapters/engine-adapter-base.ts';
import { BiometricError } from '../../src/core/biometric-error.ts';

/** Format of its templates. */
export const PLAIN_FORMAT = '11111111-2222-4333-8444-555555555555';

/** A template: whose it is, and how well it matches. */
export function plainTemplate(finger: number, score = 9, isTurned = false): Uint8Array {
  return Uint8Array.of(finger & 0xff, finger >> 8, isTurned ? 1 : 0, score);
}

/** References by their number. */
export class PlainGallery implements Gallery {
  readonly templates = new Map<number, Uint8Array>();
  get size(): number {
    return this.templates.size;
  }
  add(recordId: number, template: Uint8Array): void {
    if (template.length !== 4) throw new BiometricError('WHORL_E_MALFORMED', 'no template');
    this.templates.set(recordId, Uint8Array.from(template));
  }
  remove(recordId: number): void {
    this.templates.delete(recordId);
  }
  [Symbol.dispose](): void {
    this.templates.clear();
  }
}

/** Before each search of a part: to make it slow, or to let it hang. */
export type BeforeSearch = (signal: AbortSignal, gallery: PlainGallery) => Promise<void> | void;

export class PlainEngine extends EngineAdapterBase {
  readonly info: EngineInfo = { factor: 8, templateFormat: PLAIN_FORMAT, capabilities: 0, sampleHint: 1, looks: 2 };
  /** Sizes that searches were asked to reckon with. */
  readonly sizes: (number | undefined)[] = [];
  readonly #before: BeforeSearch;

  constructor(before: BeforeSearch = () => {}) {
    super();
    this.#before = before;
  }

  protected async _identify(features: Uint8Array, gallery: Gallery, options: SearchOptions): Promise<Candidate[]> {
    if (features.length !== 4) throw new BiometricError('WHORL_E_MALFORMED', 'no features');
    const { signal, size, look } = options;
    await this.#before(signal, gallery as PlainGallery);
    if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED');
    this.sizes.push(size);
    return [...(gallery as PlainGallery).templates]
      .filter(([, template]) => template[0] === features[0] && template[1] === features[1])
      .filter(([, template]) => look === undefined || Number(template[2] !== features[2]) === look)
      .map(([recordId, template]) => ({ recordId, score: template[3] ?? 0, threshold: 5 }));
  }

  protected _createGallery(): Gallery {
    return new PlainGallery();
  }

  protected async _extract(): Promise<ExtractionOutcome> {
    throw new BiometricError('E_NOTIMPL');
  }

  protected async _verify(): Promise<VerificationOutcome> {
    throw new BiometricError('E_NOTIMPL');
  }

  protected _createEnrollment(): EnrollmentBuilder {
    throw new BiometricError('E_NOTIMPL');
  }
}
