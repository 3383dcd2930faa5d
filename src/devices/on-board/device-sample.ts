/** What a sensor that matches inside hands its engine: a BIR without a picture that says what the device found. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_DATA_FLAG_PROCESSED, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import { decodeBir, encodeBir } from '../../formats/bir/bir.ts';
import { packFields, unpackFields } from './packed-fields.ts';

/** What the device found. */
export type DeviceFinding =
  | {
      /** The finger of a print. */
      readonly kind: 'print';
      /** Its {@link DevicePrint.id}. */
      readonly id: string;
    }
  | {
      /** No print that it was asked for, or an accepted touch of an enrollment. */
      readonly kind: 'nobody' | 'stage';
    };

const MARK = 'WDFD';

/** The sample of a finding; `purpose` as the capture was asked for. */
export function encodeDeviceSample(finding: DeviceFinding, purpose: number): Uint8Array {
  const header = { dataFlags: WINBIO_DATA_FLAG_PROCESSED, factor: WINBIO_TYPE_FINGERPRINT, purpose };
  return encodeBir({ header, vendor: encodeFinding(finding) });
}

/**
 * The finding of a sample. Throws WHORL_E_MALFORMED for bytes that are no sample, and WHORL_E_UNSUPPORTED_FORMAT for
 * the sample of another kind of sensor.
 */
export function decodeDeviceSample(sample: Uint8Array): DeviceFinding {
  const { vendor } = decodeBir(sample);
  if (vendor === undefined) {
    throw new BiometricError(
      'WHORL_E_UNSUPPORTED_FORMAT',
      'the sample does not come from a reader that matches inside',
    );
  }
  return decodeFinding(vendor);
}

/** A finding as features. */
export function encodeFinding(finding: DeviceFinding): Uint8Array {
  return packFields(MARK, [finding.kind, finding.kind === 'print' ? finding.id : '']);
}

/** The finding of features. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT. */
export function decodeFinding(features: Uint8Array): DeviceFinding {
  const [kind, id] = unpackFields(MARK, 2, features).map((field) => new TextDecoder().decode(field));
  if (kind === 'print' && id !== undefined && id !== '') return { kind, id };
  if (kind === 'nobody' || kind === 'stage') return { kind };
  throw new BiometricError('WHORL_E_MALFORMED', 'the features are not those of a reader that matches inside');
}
