/** One rule for the resolution of everything that is read: the caller's, else the file's, else a default that is reported. */

import { BiometricError } from '../../core/biometric-error.ts';
import { type FormatPlace, formatError } from '../format-error.ts';

/**
 * Least pixels per inch that a file can state. Programs write the resolution of a screen (72, 96, 144) into pictures
 * that have none; the coarsest level of ISO/IEC 19794-4 that prints can be compared at has 250.
 */
export const LEAST_STATED_PPI = 150;

/** A resolution that was taken because neither the caller nor the file stated one. */
export interface AssumedResolution {
  /** Pixels per inch that were taken. */
  readonly resolutionPpi: number;
  /** Pixels per inch that the file states, below {@link LEAST_STATED_PPI}; absent when it states none. */
  readonly statedPpi?: number;
}

/** Options of everything that reads pixels or positions. */
export interface ResolutionOptions {
  /** Pixels per inch. Goes before what the file states; required when it states none. */
  readonly resolutionPpi?: number;
  /**
   * Pixels per inch to take when neither `resolutionPpi` nor the file states any, or the file fewer than 150, as screens
   * have; such a file is rejected when absent.
   */
  readonly unstatedPpi?: number;
  /** Called when `unstatedPpi` is taken; the default is silent when absent. */
  readonly onAssumedResolution?: (assumed: AssumedResolution) => void;
}

/** Pixels per inch to take. Throws WHORL_E_UNSUPPORTED_FORMAT without any, E_INVALIDARG unless above zero. */
export function chooseResolution(
  place: FormatPlace,
  fromFile: number | undefined,
  options: ResolutionOptions = {},
): number {
  const { resolutionPpi = plausible(fromFile), unstatedPpi } = options;
  const chosen = resolutionPpi ?? unstatedPpi;
  const stated = fromFile !== undefined && fromFile > 0 ? fromFile : undefined;
  if (chosen === undefined) {
    const text =
      stated === undefined ? 'no resolution' : `${stated} pixels per inch, as screens have, but not fingerprints`;
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, `the file states ${text}: give resolutionPpi (--ppi)`);
  }
  if (!(Number.isFinite(chosen) && chosen > 0)) {
    throw new BiometricError('E_INVALIDARG', 'resolutionPpi must be above zero');
  }
  if (resolutionPpi === undefined) {
    options.onAssumedResolution?.({ resolutionPpi: chosen, ...(stated !== undefined && { statedPpi: stated }) });
  }
  return chosen;
}

/** Options for a picture inside a record: what the record states goes before what the picture does. */
export function insideRecord<Options extends ResolutionOptions>(
  fromRecord: number | undefined,
  options: Options,
): Options {
  const resolutionPpi = options.resolutionPpi ?? plausible(fromRecord);
  return resolutionPpi === undefined ? options : { ...options, resolutionPpi };
}

function plausible(ppi: number | undefined): number | undefined {
  return ppi !== undefined && ppi >= LEAST_STATED_PPI ? ppi : undefined;
}
