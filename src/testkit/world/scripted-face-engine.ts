/** A face engine for tests; Whorl's own engine reads fingers. */

import type { EngineAdapter, EngineInfo, Gallery, PresentPerson } from '../../adapters/engine-adapter.ts';
import { HASH_ALGORITHMS } from '../../adapters/hash-template.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_TYPE_FACIAL_FEATURES } from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { scriptedFinger } from './scripted-fingers.ts';

/** A person in front of the camera of a scripted world. */
export interface ScriptedPerson {
  /** 1..255; stays the same while the person is in view. */
  readonly trackingId: number;
  /** What the engine says of the person. */
  readonly state: PresentPerson['state'];
  /** Reject detail of state `rejected`, 0..255. Default: 0. */
  readonly detail?: number;
  /** Number of the face, 0..65535; with state `matched`, the one it was enrolled under. Default: 0. */
  readonly face?: number;
  /** Left edge of the bounding box in pixels, 0..255; the box has a side of 10. Default: 0. */
  readonly left?: number;
}

const STATES = ['pending', 'rejected', 'matched', 'unknown'] as const;
const FIRST_PERSON = 16;
const PERSON_BYTES = 8;

/**
 * A frame with these people, 30 at most. A frame whose first person has a `face` also enrolls that face.
 *
 * @throws A `TypeError` when the first face is not 0..65535, and a `RangeError` when there are too many people.
 * @example
 * host.camera?.present(scriptedFrame([{ trackingId: 1, state: 'unknown' }]));
 */
export function scriptedFrame(people: readonly ScriptedPerson[]): GreyImage {
  const image = scriptedFinger(people[0]?.face ?? 0);
  image.pixels[FIRST_PERSON - 1] = people.length;
  for (const [i, { trackingId, state, detail = 0, face = 0, left = 0 }] of people.entries()) {
    const bytes = [trackingId, STATES.indexOf(state), detail, face >>> 8, face & 0xff, left];
    image.pixels.set(bytes, FIRST_PERSON + i * PERSON_BYTES);
  }
  return image;
}

/** Reads frames of {@link scriptedFrame}: it finds in a frame exactly the people the frame names. */
export class ScriptedFaceEngine extends ScriptedEngine implements EngineAdapter {
  /** Its description: an engine of faces whose enrollments need a selected person. */
  override readonly info: EngineInfo;

  constructor() {
    super({ samples: 1, factor: WINBIO_TYPE_FACIAL_FEATURES });
    this.info = {
      factor: WINBIO_TYPE_FACIAL_FEATURES,
      templateFormat: '2F90B7D4-61A8-4C35-9E0D-F8B3A2C7165E',
      capabilities: 0,
      sampleHint: 1,
      hashAlgorithms: HASH_ALGORITHMS,
      needsSelector: true,
    };
  }

  /**
   * The people a frame names, those of state `matched` with the record of their face.
   *
   * @throws Rejects with WHORL_E_MALFORMED or WHORL_E_UNSUPPORTED_FORMAT when the sample holds no frame,
   * WINBIO_E_DATABASE_READ_ERROR when the gallery lacks a matched face, WINBIO_E_CANCELED when aborted, and
   * WINBIO_E_INVALID_DEVICE_STATE when a matched face is looked for in a closed engine.
   * @example
   * const people = await new ScriptedFaceEngine().identifyAll(sample, gallery, { signal });
   */
  async identifyAll(sample: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly PresentPerson[]> {
    const { pixels } = decodeFingerprintSample(sample);
    const people: PresentPerson[] = [];
    for (let i = 0; i < (pixels[FIRST_PERSON - 1] ?? 0); i++) {
      const at = FIRST_PERSON + i * PERSON_BYTES;
      const [trackingId = 0, state = 0, detail = 0, high = 0, low = 0, left = 0] = pixels.subarray(
        at,
        at + PERSON_BYTES,
      );
      const matched = STATES[state] === 'matched';
      const [found] = matched ? await this.identify(Uint8Array.of(high, low), gallery, options) : [];
      if (matched && found === undefined)
        throw new BiometricError('WINBIO_E_DATABASE_READ_ERROR', 'no record has that face');
      people.push({
        trackingId,
        state: STATES[state] ?? 'pending',
        detail,
        ...(found && { recordId: found.recordId }),
        boundingBox: { left, top: 0, right: left + 10, bottom: 10 },
      });
    }
    return people;
  }
}
