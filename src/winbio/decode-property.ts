/** Property buffers as the structures of winbio_types.h. WBF: structures 7. */

import { BiometricError } from '../core/biometric-error.ts';
import * as c from '../core/constants.ts';
import { decodeWord, encodeAntiSpoofPolicy as encodePolicy } from '../core/property-values.ts';
import type {
  FingerprintRequirements,
  PlainEngineInfo,
  PropertyValues,
  SensorFrame,
  StorageCapabilities,
  WINBIO_ANTI_SPOOF_POLICY,
  WINBIO_EXTENDED_ENROLLMENT_STATUS,
} from './property-structures.ts';
import type { POINT, RECT } from './structures.ts';

/** Reads the little-endian words of one buffer, by byte offset. */
class Words {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  u32(offset: number): number {
    return decodeWord(this.#bytes, offset);
  }

  i32(offset: number): number {
    return this.u32(offset) | 0;
  }

  rect(offset: number): RECT {
    const [left, top, right, bottom] = [0, 4, 8, 12].map((at) => this.i32(offset + at)) as [
      number,
      number,
      number,
      number,
    ];
    return { left, top, right, bottom };
  }

  point(offset: number): POINT {
    return { x: this.i32(offset), y: this.i32(offset + 4) };
  }
}

/** Layout of one property: the least bytes it takes, and how they are read. */
interface Layout<T> {
  readonly sizeBytes: number;
  readonly read: (words: Words) => T;
}

const word: Layout<number> = { sizeBytes: 4, read: (words) => words.u32(0) };

const LAYOUTS: {
  readonly [T in keyof PropertyValues]: { readonly [I in keyof PropertyValues[T]]: Layout<PropertyValues[T][I]> };
} = {
  [c.WINBIO_PROPERTY_TYPE_UNIT]: {
    [c.WINBIO_PROPERTY_SAMPLE_HINT]: word,
    [c.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO]: {
      sizeBytes: 36,
      read: (words) => ({
        GenericSensorCapabilities: words.u32(0),
        Factor: words.u32(4),
        Specific: specific(words.u32(4), words.u32(8), {
          FacialFeatures: () => sensorFrame(words),
          Fingerprint: () => ({ Reserved: words.u32(8) }),
          Iris: () => sensorFrame(words),
          Voice: () => ({ Reserved: words.u32(8) }),
        }),
      }),
    },
    [c.WINBIO_PROPERTY_EXTENDED_ENGINE_INFO]: {
      sizeBytes: 36,
      read: (words) => ({
        GenericEngineCapabilities: words.u32(0),
        Factor: words.u32(4),
        Specific: specific(words.u32(4), words.u32(8), {
          FacialFeatures: () => plainEngine(words),
          Fingerprint: () => ({ Capabilities: words.u32(8), EnrollmentRequirements: requirements(words, 12) }),
          Iris: () => plainEngine(words),
          Voice: () => plainEngine(words),
        }),
      }),
    },
    [c.WINBIO_PROPERTY_EXTENDED_STORAGE_INFO]: {
      sizeBytes: 12,
      read: (words) => {
        const capabilities = (): StorageCapabilities => ({ Capabilities: words.u32(8) });
        return {
          GenericStorageCapabilities: words.u32(0),
          Factor: words.u32(4),
          Specific: specific(words.u32(4), words.u32(8), {
            FacialFeatures: capabilities,
            Fingerprint: capabilities,
            Iris: capabilities,
            Voice: capabilities,
          }),
        };
      },
    },
    [c.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS]: {
      sizeBytes: 72,
      read: (words) => ({
        TemplateStatus: words.u32(0),
        RejectDetail: words.u32(4),
        PercentComplete: words.u32(8),
        Factor: words.u32(12),
        SubFactor: words.u32(16) & 0xff,
        Specific: enrollmentSpecific(words, words.length < GROWN_STATUS_BYTES ? 20 : 24),
      }),
    },
    [c.WINBIO_PROPERTY_EXTENDED_UNIT_STATUS]: {
      sizeBytes: 8,
      read: (words) => ({ Availability: words.u32(0), ReasonCode: words.u32(4) }),
    },
    [c.WINBIO_PROPERTY_UNIT_SECURITY_LEVEL]: word,
    [c.WINBIO_PROPERTY_FP_BU_STATE]: {
      sizeBytes: 8,
      read: (words) => ({ SensorAttached: words.u32(0) !== 0, CreationResult: words.u32(4) }),
    },
    [c.WINBIO_PROPERTY_FP_IS_IMPROVING]: { sizeBytes: 4, read: (words) => words.u32(0) !== 0 },
  },
  [c.WINBIO_PROPERTY_TYPE_ACCOUNT]: {
    [c.WINBIO_PROPERTY_ANTI_SPOOF_POLICY]: {
      sizeBytes: 8,
      read: (words) => ({ Action: words.i32(0), Source: words.i32(4) }),
    },
  },
};

/**
 * The value in the buffer of a property, as a C program gets it by casting the pointer. Throws
 * WINBIO_E_INVALID_PROPERTY_TYPE and WINBIO_E_INVALID_PROPERTY_ID for properties that do not exist, WHORL_E_MALFORMED for
 * a buffer that is shorter than the layout. WBF: structures 7.
 *
 * @example
 * ```ts
 * const [buffer, bytes] = [out<Uint8Array | null>(null), out(0)];
 * await winbio.WinBioGetProperty(
 *   session.value, WINBIO_PROPERTY_TYPE_UNIT, WINBIO_PROPERTY_EXTENDED_ENGINE_INFO, unit.value, null, 0, buffer, bytes,
 * );
 * if (buffer.value !== null) {
 *   const info = decodeProperty(WINBIO_PROPERTY_TYPE_UNIT, WINBIO_PROPERTY_EXTENDED_ENGINE_INFO, buffer.value);
 *   console.log(info.Specific.Fingerprint?.EnrollmentRequirements.GeneralSamples);
 *   winbio.WinBioFree(buffer.value);
 * }
 * ```
 */
export function decodeProperty<T extends keyof PropertyValues, I extends keyof PropertyValues[T]>(
  PropertyType: T,
  PropertyId: I,
  PropertyBuffer: Uint8Array,
): PropertyValues[T][I] {
  const ofType: (typeof LAYOUTS)[T] | undefined = LAYOUTS[PropertyType];
  if (ofType === undefined) {
    throw new BiometricError('WINBIO_E_INVALID_PROPERTY_TYPE', `no property has the type ${String(PropertyType)}`);
  }
  const layout = (ofType as { readonly [K in I]?: Layout<PropertyValues[T][K]> })[PropertyId];
  if (layout === undefined) {
    throw new BiometricError('WINBIO_E_INVALID_PROPERTY_ID', `the type has no property ${String(PropertyId)}`);
  }
  if (PropertyBuffer.length < layout.sizeBytes) {
    const sizes = `has ${PropertyBuffer.length} bytes; its layout takes ${layout.sizeBytes}`;
    throw new BiometricError('WHORL_E_MALFORMED', `the property buffer ${sizes}`);
  }
  return layout.read(new Words(PropertyBuffer));
}

/**
 * The buffer that `WinBioSetProperty` takes for `WINBIO_PROPERTY_ANTI_SPOOF_POLICY`: 8 bytes. WBF: structures 7.5.
 *
 * @example
 * ```ts
 * const policy = encodeAntiSpoofPolicy({ Action: WINBIO_ANTI_SPOOF_ENABLE });
 * const account = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
 * await winbio.WinBioSetProperty(
 *   session.value, WINBIO_PROPERTY_TYPE_ACCOUNT, WINBIO_PROPERTY_ANTI_SPOOF_POLICY, 0, account, 0, policy, policy.length,
 * );
 * ```
 */
export function encodeAntiSpoofPolicy(
  policy: Pick<WINBIO_ANTI_SPOOF_POLICY, 'Action'> & Partial<WINBIO_ANTI_SPOOF_POLICY>,
): Uint8Array {
  return encodePolicy({ action: policy.Action, source: policy.Source ?? c.WINBIO_POLICY_UNKNOWN });
}

/** Name of the union member of a factor. */
const MEMBERS: Readonly<Record<number, FactorMember>> = {
  [c.WINBIO_TYPE_FACIAL_FEATURES]: 'FacialFeatures',
  [c.WINBIO_TYPE_FINGERPRINT]: 'Fingerprint',
  [c.WINBIO_TYPE_IRIS]: 'Iris',
  [c.WINBIO_TYPE_VOICE]: 'Voice',
};
type FactorMember = 'FacialFeatures' | 'Fingerprint' | 'Iris' | 'Voice';

/** The union with the one member that the factor chooses. */
function specific<M extends Record<FactorMember, () => unknown>>(
  factor: number,
  none: number,
  members: M,
): { Null?: number } & { [K in FactorMember]?: ReturnType<M[K]> } {
  const name = MEMBERS[factor];
  if (name === undefined) return { Null: none } as ReturnType<typeof specific<M>>;
  return { [name]: members[name]() } as ReturnType<typeof specific<M>>;
}

/** Bytes of the enrollment status of newer headers, where the union is aligned to 8. D-43. */
const GROWN_STATUS_BYTES = 376;

/** The union of the enrollment status. */
function enrollmentSpecific(words: Words, at: number): WINBIO_EXTENDED_ENROLLMENT_STATUS['Specific'] {
  return specific(words.u32(12), words.u32(at), {
    FacialFeatures: () => ({ BoundingBox: words.rect(at), Distance: words.i32(at + 16) }),
    Fingerprint: () => requirements(words, at),
    Iris: () => ({
      EyeBoundingBox_1: words.rect(at),
      EyeBoundingBox_2: words.rect(at + 16),
      PupilCenter_1: words.point(at + 32),
      PupilCenter_2: words.point(at + 40),
      Distance: words.i32(at + 48),
    }),
    Voice: () => ({ Reserved: words.u32(at) }),
  });
}

function sensorFrame(words: Words): SensorFrame {
  return { FrameSize: words.rect(8), FrameOffset: words.point(24), MandatoryOrientation: words.u32(32) };
}

function plainEngine(words: Words): PlainEngineInfo {
  return { Capabilities: words.u32(8), EnrollmentRequirements: { Null: words.u32(12) } };
}

function requirements(words: Words, offset: number): FingerprintRequirements {
  const [GeneralSamples, Center, TopEdge, BottomEdge, LeftEdge, RightEdge] = [0, 4, 8, 12, 16, 20].map((at) =>
    words.u32(offset + at),
  ) as [number, number, number, number, number, number];
  return { GeneralSamples, Center, TopEdge, BottomEdge, LeftEdge, RightEdge };
}
