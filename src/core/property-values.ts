/** The values of properties as the bytes a program receives, in the documented layouts. WBF: structures 7. Runs anywhere. */

import type { HRESULT } from './hresult.ts';

/** Samples an engine needs of each kind for a new template. */
export interface EnrollmentRequirements {
  readonly generalSamples: number;
  readonly center: number;
  readonly topEdge: number;
  readonly bottomEdge: number;
  readonly leftEdge: number;
  readonly rightEdge: number;
}

/** State of an enrollment, as WINBIO_EXTENDED_ENROLLMENT_STATUS. */
export interface EnrollmentStatus {
  readonly templateStatus: HRESULT;
  readonly rejectDetail: number;
  /** 0..100. */
  readonly percentComplete: number;
  readonly factor: number;
  readonly subFactor: number;
  readonly requirements: EnrollmentRequirements;
}

/** An account's anti-spoof setting: `WINBIO_ANTI_SPOOF_*` and `WINBIO_POLICY_*`. */
export interface AntiSpoofPolicy {
  readonly action: number;
  readonly source: number;
}

/** WINBIO_ANTI_SPOOF_POLICY: 8 bytes. */
export const ANTI_SPOOF_POLICY_SIZE = 8;

/** Little-endian 32-bit words, padded to a size. */
export function encodeWords(words: readonly number[], sizeBytes = 4 * words.length): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word >>> 0, true);
  return bytes;
}

/** The 32-bit word at an offset. */
export function decodeWord(bytes: Uint8Array, offset = 0): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);
}

function requirementWords(r: EnrollmentRequirements): number[] {
  return [r.generalSamples, r.center, r.topEdge, r.bottomEdge, r.leftEdge, r.rightEdge];
}

/** 36 bytes. */
export function encodeSensorInfo(info: { readonly capabilities: number; readonly factor: number }): Uint8Array {
  return encodeWords([info.capabilities, info.factor], 36);
}

/** 36 bytes. */
export function encodeEngineInfo(info: {
  readonly capabilities: number;
  readonly factor: number;
  readonly requirements: EnrollmentRequirements;
}): Uint8Array {
  return encodeWords([info.capabilities, info.factor, info.capabilities, ...requirementWords(info.requirements)], 36);
}

/** 12 bytes. */
export function encodeStorageInfo(info: { readonly factor: number }): Uint8Array {
  return encodeWords([0, info.factor, 0]);
}

/** 72 bytes. */
export function encodeEnrollmentStatus(status: EnrollmentStatus): Uint8Array {
  const { templateStatus, rejectDetail, percentComplete, factor, subFactor, requirements } = status;
  const words = [templateStatus, rejectDetail, percentComplete, factor, subFactor, ...requirementWords(requirements)];
  return encodeWords(words, 72);
}

/** The state of an enrollment from its bytes. */
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

/** 8 bytes. */
export function encodeAntiSpoofPolicy(policy: AntiSpoofPolicy): Uint8Array {
  return encodeWords([policy.action, policy.source]);
}

/** Setting from its bytes. */
export function decodeAntiSpoofPolicy(bytes: Uint8Array): AntiSpoofPolicy {
  return { action: decodeWord(bytes, 0), source: decodeWord(bytes, 4) };
}
