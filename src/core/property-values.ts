/** Property values as bytes, in their documented layouts. WBF: structures 7. */

import type { HRESULT } from './hresult.ts';

/** How many samples of each kind an engine needs for a new template. */
export interface EnrollmentRequirements {
  /** Samples in all. */
  readonly generalSamples: number;
  /** Samples of the centre. */
  readonly center: number;
  /** Samples of the upper edge. */
  readonly topEdge: number;
  /** Samples of the lower edge. */
  readonly bottomEdge: number;
  /** Samples of the left edge. */
  readonly leftEdge: number;
  /** Samples of the right edge. */
  readonly rightEdge: number;
}

/** How far the enrollment on a unit is. WBF: structures 7.4. */
export interface EnrollmentStatus {
  /**
   * S_OK: ready to commit. WINBIO_I_MORE_DATA: needs samples. WINBIO_E_BAD_CAPTURE: the last was rejected.
   * WINBIO_E_INVALID_OPERATION: no enrollment.
   */
  readonly templateStatus: HRESULT;
  /** Why the last sample was rejected; 0 when it was not. */
  readonly rejectDetail: number;
  /** How far it is, 0..100. */
  readonly percentComplete: number;
  /** What is enrolled: `WINBIO_TYPE_*`. */
  readonly factor: number;
  /** Finger being enrolled. */
  readonly subFactor: number;
  /** Totals the engine needs, not a countdown (D-39). */
  readonly requirements: EnrollmentRequirements;
}

/** Whether presentation attacks are looked for, for one account. WBF: structures 7.5. */
export interface AntiSpoofPolicy {
  /** `WINBIO_ANTI_SPOOF_*`. */
  readonly action: number;
  /** Who set it: `WINBIO_POLICY_*`. */
  readonly source: number;
}

/** Size of a WINBIO_ANTI_SPOOF_POLICY. */
export const ANTI_SPOOF_POLICY_SIZE = 8;

/** 32-bit words, little endian, padded with zeros to a size. */
export function encodeWords(words: readonly number[], sizeBytes = 4 * words.length): Uint8Array {
  // Without a view of its buffer, a small array needs none: each answer to a property request is spared an allocation.
  const bytes = new Uint8Array(sizeBytes);
  words.forEach((word, i) => {
    for (let byte = 0; byte < 4; byte++) bytes[4 * i + byte] = word >>> (8 * byte);
  });
  return bytes;
}

/** The little-endian 32-bit word at an offset. */
export function decodeWord(bytes: Uint8Array, offset = 0): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);
}

function requirementWords(r: EnrollmentRequirements): number[] {
  return [r.generalSamples, r.center, r.topEdge, r.bottomEdge, r.leftEdge, r.rightEdge];
}

/** WINBIO_EXTENDED_SENSOR_INFO: 36 bytes. */
export function encodeSensorInfo(info: { readonly capabilities: number; readonly factor: number }): Uint8Array {
  return encodeWords([info.capabilities, info.factor], 36);
}

/** WINBIO_EXTENDED_ENGINE_INFO of a fingerprint engine: 36 bytes. */
export function encodeEngineInfo(info: {
  readonly capabilities: number;
  readonly factor: number;
  readonly requirements: EnrollmentRequirements;
}): Uint8Array {
  return encodeWords([info.capabilities, info.factor, info.capabilities, ...requirementWords(info.requirements)], 36);
}

/** WINBIO_EXTENDED_STORAGE_INFO: 12 bytes. */
export function encodeStorageInfo(info: { readonly factor: number }): Uint8Array {
  return encodeWords([0, info.factor, 0]);
}

/** WINBIO_EXTENDED_ENROLLMENT_STATUS: 72 bytes. */
export function encodeEnrollmentStatus(status: EnrollmentStatus): Uint8Array {
  const { templateStatus, rejectDetail, percentComplete, factor, subFactor, requirements } = status;
  const words = [templateStatus, rejectDetail, percentComplete, factor, subFactor, ...requirementWords(requirements)];
  return encodeWords(words, 72);
}

/** The enrollment status in the bytes of a WINBIO_EXTENDED_ENROLLMENT_STATUS. */
export function decodeEnrollmentStatus(bytes: Uint8Array): EnrollmentStatus {
  const word = (i: number) => decodeWord(bytes, 4 * i);
  return {
    templateStatus: word(0),
    rejectDetail: word(1),
    percentComplete: word(2),
    factor: word(3),
    subFactor: word(4) & 0xff,
    requirements: {
      generalSamples: word(5),
      center: word(6),
      topEdge: word(7),
      bottomEdge: word(8),
      leftEdge: word(9),
      rightEdge: word(10),
    },
  };
}

/** WINBIO_ANTI_SPOOF_POLICY: 8 bytes. */
export function encodeAntiSpoofPolicy(policy: AntiSpoofPolicy): Uint8Array {
  return encodeWords([policy.action, policy.source]);
}

/** The policy in the bytes of a WINBIO_ANTI_SPOOF_POLICY. */
export function decodeAntiSpoofPolicy(bytes: Uint8Array): AntiSpoofPolicy {
  return { action: decodeWord(bytes, 0), source: decodeWord(bytes, 4) };
}
