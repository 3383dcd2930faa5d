/** Prints of other products to templates, on whichever thread runs it: records of minutiae, templates, pictures. */

import { BiometricError, type SerializedBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { fingerOfWords } from '../../core/finger-words.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import { fingerName } from '../../core/sub-factor.ts';
import type { CardTemplateFormat } from '../../core/template-import.ts';
import { distinctTemplate } from '../../fingerprint/comparison/distinct-views.ts';
import { throwIfCanceled } from '../../fingerprint/engine/cancel-word.ts';
import { decodeTemplate, extract, importMinutiae } from '../../fingerprint/index.ts';
import { foreignTemplate } from '../../formats/foreign-template.ts';
import {
  decodeCardMinutiae,
  decodeMinutiaeRecord,
  decodeMinutiaeRecordLeniently,
  detectFormat,
  encodeMinutiaeRecord,
  type FileImage,
  fileImages,
  fromCardMinutiae,
  MINUTIAE_LAYOUTS,
  unwrap,
} from '../../formats/index.ts';

/** A print as it came. */
export interface GivenPrint {
  readonly bytes: Uint8Array;
  /** Which finger it is said to be; undefined when only the print can tell. */
  readonly subFactor: SubFactor | undefined;
  readonly format: CardTemplateFormat | undefined;
}

/** Several prints, so that small ones do not cost a hop each. */
export interface ReadPrintsTask {
  readonly kind: 'read-prints';
  readonly prints: readonly GivenPrint[];
  readonly lenient: boolean;
  /** Pixels per inch of pictures, whatever they state. */
  readonly resolutionPpi: number | undefined;
  /** Four bytes; the task ends with WINBIO_E_CANCELED soon after they are no longer 0. */
  readonly cancel: SharedArrayBuffer;
}

/** A template and whose finger it is, or why there is none. */
export type ReadPrint =
  | { readonly template: Uint8Array; readonly subFactor: SubFactor; readonly assumedPpi?: number }
  | { readonly error: SerializedBiometricError };

/** Pixels per inch of pictures that do not state it. */
const USUAL_PPI = 500;
/** A template with fewer tells nobody from anybody; pictures are refused likewise. */
const LEAST_MINUTIAE = 6;
const LAST_FINGER = 10;

type Reading = Omit<ReadPrintsTask, 'kind' | 'prints'>;

/** Reads each; a print that cannot be read is an answer. Throws WINBIO_E_CANCELED. */
export function readPrints({ prints, ...reading }: ReadPrintsTask): readonly ReadPrint[] {
  const word = new Int32Array(reading.cancel);
  return prints.map((print) => {
    throwIfCanceled(word);
    try {
      return readPrint(print, reading);
    } catch (thrown) {
      throwIfCanceled(word);
      return { error: toBiometricError(thrown).serialize() };
    }
  });
}

function readPrint(print: GivenPrint, reading: Reading): ReadPrint {
  const { bytes, format } = print;
  if (bytes.length === 0) throw new BiometricError('E_INVALIDARG', 'the print is empty');
  if (format !== undefined) {
    const size = format === 'iso-19794-2-2005-card' ? 'normal' : 'compact';
    const record = encodeMinutiaeRecord(fromCardMinutiae(decodeCardMinutiae(bytes, size), size));
    return minutiaeOf(record, print, reading);
  }
  const record = unwrap(bytes);
  const found = detectFormat(record);
  if (found !== undefined && found in MINUTIAE_LAYOUTS) return minutiaeOf(record, print, reading);
  if (found !== undefined) return pictureOf(bytes, print, reading);
  if (String.fromCharCode(...record.subarray(0, 4)) !== 'WHRL') throw unknown(record);
  return { template: distinctTemplate(withMinutiae(record)), subFactor: agreed(print.subFactor, [], 'template') };
}

function minutiaeOf(record: Uint8Array, print: GivenPrint, { lenient }: Reading): ReadPrint {
  const { views } = lenient ? decodeMinutiaeRecordLeniently(record).record : decodeMinutiaeRecord(record);
  const stated = views.map(({ position }) => position);
  const subFactor = agreed(print.subFactor, stated, 'record');
  const position = stated.find((each) => fingerOfWords(each) === subFactor);
  // A record that names no finger is of the one it came as.
  const chosen = position ?? (stated.every((each) => each === 0) ? 0 : undefined);
  const template = importMinutiae(record, { lenient, ...(chosen !== undefined && { position: chosen }) });
  return { template: withMinutiae(template), subFactor };
}

function pictureOf(bytes: Uint8Array, print: GivenPrint, { resolutionPpi, cancel }: Reading): ReadPrint {
  const images = fileImages(bytes);
  const subFactor = agreed(print.subFactor, images.flatMap(fingersOf), 'picture');
  const image =
    images.find((each) => fingersOf(each).some((finger) => fingerOfWords(finger) === subFactor)) ?? images[0];
  if (image === undefined) throw new BiometricError('WHORL_E_UNSUPPORTED_FORMAT', 'the file has no picture');
  let assumedPpi: number | undefined;
  const pixels = image.pixels({
    unstatedPpi: USUAL_PPI,
    ...(resolutionPpi !== undefined && { resolutionPpi }),
    onAssumedResolution: (assumed) => {
      assumedPpi = assumed.resolutionPpi;
    },
  });
  const result = extract(pixels, { checkpoint: () => throwIfCanceled(new Int32Array(cancel)) });
  if (result.kind === 'features') {
    return { template: result.features, subFactor, ...(assumedPpi !== undefined && { assumedPpi }) };
  }
  const words = result.guidance.map((advice) => advice.words).join(' ');
  throw new BiometricError('WINBIO_E_BAD_CAPTURE', `the picture is not usable: ${words}`, {
    rejectDetail: result.detail,
  });
}

/** Single fingers that a picture is said to be of; several at once are for `whorl segment`. */
function fingersOf({ positions = [] }: FileImage): readonly number[] {
  return positions.filter((position) => position !== 0 && position !== 255);
}

/**
 * The finger, which row and print must agree on as far as both say. `stated` are positions as the print has them, 0 for
 * unknown ones.
 */
function agreed(given: SubFactor | undefined, stated: readonly number[], what: string): SubFactor {
  const known = [...new Set(stated.filter((each) => each !== 0).map((each) => fingerOfWords(each)))];
  const names = known.map((each) => (each === undefined ? 'several or unknown fingers' : fingerName(each))).join(', ');
  if (given !== undefined) {
    if (known.length === 0 || known.includes(given) || given > LAST_FINGER) return given;
    throw new BiometricError('E_INVALIDARG', `the ${what} is of ${names}, and not of ${fingerName(given)}`);
  }
  const [only] = known;
  if (only !== undefined && known.length === 1) return only;
  const text = known.length > 1 ? `the ${what} is of several fingers (${names})` : `the ${what} does not say either`;
  throw new BiometricError('E_INVALIDARG', `which finger? ${text}`);
}

/** Throws for a template without enough minutiae, and for one that is broken. */
function withMinutiae(template: Uint8Array): Uint8Array {
  const most = Math.max(...decodeTemplate(template).map(({ count }) => count));
  if (most >= LEAST_MINUTIAE) return template;
  throw new BiometricError(
    'E_INVALIDARG',
    `${most} minutiae, at least ${LEAST_MINUTIAE} are needed to tell fingers apart`,
  );
}

function unknown(bytes: Uint8Array): BiometricError {
  const product = foreignTemplate(bytes);
  const isText = bytes.subarray(0, 64).every((byte) => byte >= 0x20 && byte < 0x7f);
  let what = 'the bytes are in no format that is known';
  if (product !== undefined) {
    what = `this looks like ${product}, which is not documented: export ISO 19794-2 from that product`;
  } else if (isText) what = 'this is text and no record: was it encoded twice?';
  return new BiometricError('WHORL_E_UNSUPPORTED_FORMAT', what);
}
