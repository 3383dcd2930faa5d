/** A face engine for tests: frames name the people in them. Whorl's own engine is for fingers. */

import type { EngineAdapter, EngineInfo, Gallery, PresentPerson } from '../../adapters/engine-adapter.ts';
import { HASH_ALGORITHMS } from '../../adapters/hash-template.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_TYPE_FACIAL_FEATURES } from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { scriptedFinger } from './scripted-fingers.ts';

/** A person as a test puts them in front of the camera. */
export interface ScriptedPerson {
  /** 1..255; the same while in view. */
  readonly trackingId: number;
  readonly state: PresentPerson['state'];
  /** With `rejected`, 0..255. */
  readonly detail?: number;
  /** With `matched`: the number the face was enrolled under. */
  readonly face?: number;
  /** Where in the frame. */
  readonly left?: number;
}

const STATES = ['pending', 'rejected', 'matched', 'unknown'] as const;
const FIRST_PERSON = 16;
const PERSON_BYTES = 8;

/** A frame with these people; one person with `matched` and a face can be enrolled by it too. */
export function scriptedFrame(people: readonly ScriptedPerson[]): GreyImage {
  const image = scriptedFinger(people[0]?.face ?? 0);
  image.pixels[FIRST_PERSON - 1] = people.length;
  for (const [i, { trackingId, state, detail = 0, face = 0, left = 0 }] of people.entries()) {
    const bytes = [trackingId, STATES.indexOf(state), detail, face >>> 8, face & 0xff, left];
    image.pixels.set(bytes, FIRST_PERSON + i * PERSON_BYTES);
  }
  return image;
}

export class ScriptedFaceEngine extends ScriptedEngine implements EngineAdapter {
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
        throw new BiometricError('WINBIO_E_DATABASE_READ_ERROR', 'nobody has that face');
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
