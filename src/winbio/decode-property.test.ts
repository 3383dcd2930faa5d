import { expect, test } from 'vitest';
import * as c from '../core/constants.ts';
import { encodeWords } from '../core/property-values.ts';
import { decodeProperty, encodeAntiSpoofPolicy } from './decode-property.ts';

const UNIT = c.WINBIO_PROPERTY_TYPE_UNIT;
const counted = (words: number) => encodeWords(Array.from({ length: words }, (_, i) => i + 1));

/** Words 1, 2, 3 ... with the factor where the layout has it. */
function withFactor(factor: number, at: number, words: number): Uint8Array {
  const bytes = counted(words);
  new DataView(bytes.buffer).setUint32(4 * at, factor, true);
  return bytes;
}

test('of a face, an iris and a voice: the member is chosen by the factor', () => {
  const id = c.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO;
  const frame = {
    FrameSize: { left: 3, top: 4, right: 5, bottom: 6 },
    FrameOffset: { x: 7, y: 8 },
    MandatoryOrientation: 9,
  };
  const info = (factor: number) => decodeProperty(UNIT, id, withFactor(factor, 1, 9));
  expect(info(c.WINBIO_TYPE_FACIAL_FEATURES).Specific).toEqual({ FacialFeatures: frame });
  expect(info(c.WINBIO_TYPE_IRIS).Specific).toEqual({ Iris: frame });
  expect(info(c.WINBIO_TYPE_VOICE).Specific).toEqual({ Voice: { Reserved: 3 } });
  expect(info(c.WINBIO_TYPE_GAIT).Specific).toEqual({ Null: 3 });
  const engine = decodeProperty(UNIT, c.WINBIO_PROPERTY_EXTENDED_ENGINE_INFO, withFactor(c.WINBIO_TYPE_IRIS, 1, 9));
  expect(engine.Specific).toEqual({ Iris: { Capabilities: 3, EnrollmentRequirements: { Null: 4 } } });
});

test('of an iris enrollment', () => {
  const bytes = withFactor(c.WINBIO_TYPE_IRIS, 3, 18);
  expect(decodeProperty(UNIT, c.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS, bytes)).toEqual({
    TemplateStatus: 1,
    RejectDetail: 2,
    PercentComplete: 3,
    Factor: c.WINBIO_TYPE_IRIS,
    SubFactor: 5,
    Specific: {
      Iris: {
        EyeBoundingBox_1: { left: 6, top: 7, right: 8, bottom: 9 },
        EyeBoundingBox_2: { left: 10, top: 11, right: 12, bottom: 13 },
        PupilCenter_1: { x: 14, y: 15 },
        PupilCenter_2: { x: 16, y: 17 },
        Distance: 18,
      },
    },
  });
});

test('of an enrollment, as a newer header lays it out', () => {
  const bytes = withFactor(c.WINBIO_TYPE_FINGERPRINT, 3, 94);
  expect(decodeProperty(UNIT, c.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS, bytes).Specific).toEqual({
    Fingerprint: { GeneralSamples: 7, Center: 8, TopEdge: 9, BottomEdge: 10, LeftEdge: 11, RightEdge: 12 },
  });
});

test('an anti-spoof policy written is the one read', () => {
  const bytes = encodeAntiSpoofPolicy({ Action: c.WINBIO_ANTI_SPOOF_REMOVE, Source: c.WINBIO_POLICY_ADMIN });
  expect(decodeProperty(c.WINBIO_PROPERTY_TYPE_ACCOUNT, c.WINBIO_PROPERTY_ANTI_SPOOF_POLICY, bytes)).toEqual({
    Action: 2,
    Source: 3,
  });
  expect(encodeAntiSpoofPolicy({ Action: c.WINBIO_ANTI_SPOOF_ENABLE })).toEqual(encodeWords([1, 0]));
});

test('a short buffer is malformed, and what does not exist is named', () => {
  const { WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS: status } = c;
  expect(() => decodeProperty(UNIT, status, counted(17))).toThrow(
    expect.objectContaining({ code: 'WHORL_E_MALFORMED', message: expect.stringContaining('68 bytes') }),
  );
  expect(() => decodeProperty(UNIT, 10 as never, counted(2))).toThrow(
    expect.objectContaining({ code: 'WINBIO_E_INVALID_PROPERTY_ID' }),
  );
  expect(() => decodeProperty(3 as never, 1 as never, counted(2))).toThrow(
    expect.objectContaining({ code: 'WINBIO_E_INVALID_PROPERTY_TYPE' }),
  );
});
