/** A captured sample as the structures that a C program finds in its memory. WBF: structures 3. */

import { BiometricError } from '../core/biometric-error.ts';
import { decodeBir } from '../formats/bir/bir.ts';
import type {
  Ansi381Images,
  BirBlocks,
  WINBIO_BDB_ANSI_381_HEADER,
  WINBIO_BDB_ANSI_381_RECORD,
  WINBIO_BIR_DATA,
  WINBIO_BIR_HEADER,
  WINBIO_REGISTERED_FORMAT,
} from './bir-structures.ts';

const HEADER_BYTES = 40;
const RECORD_BYTES = 16;

/**
 * The blocks of a captured sample, as copies. For the picture alone take `decodeFingerprintSample`. Throws
 * WHORL_E_MALFORMED for bytes that are not a sound record. WBF: structures 3.1.
 *
 * @example
 * ```ts
 * const hr = await winbio.WinBioCaptureSample(
 *   session.value, WINBIO_NO_PURPOSE_AVAILABLE, WINBIO_DATA_FLAG_RAW, unit, sample, size, rejectDetail,
 * );
 * if (hr === S_OK && sample.value !== null) {
 *   const { Header, StandardData } = readBir(sample.value);
 *   console.log(Header.Purpose, StandardData?.length);
 *   winbio.WinBioFree(sample.value);
 * }
 * ```
 */
export function readBir(sample: Uint8Array): BirBlocks {
  const { standard, vendor, signature } = decodeBir(sample);
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  const block = (at: number): WINBIO_BIR_DATA => ({
    Size: view.getUint32(at, true),
    Offset: view.getUint32(at + 4, true),
  });
  const HeaderBlock = block(0);
  return {
    Bir: { HeaderBlock, StandardDataBlock: block(8), VendorDataBlock: block(16), SignatureBlock: block(24) },
    Header: header(view, HeaderBlock.Offset),
    StandardData: standard?.slice() ?? null,
    VendorData: vendor?.slice() ?? null,
    Signature: signature?.slice() ?? null,
  };
}

/**
 * The images of a standard block, as copies, however they are compressed. Throws WHORL_E_MALFORMED when headers or
 * images reach beyond the block. WBF: structures 3.3 and 3.4.
 *
 * @example
 * ```ts
 * const { StandardData } = readBir(sample.value ?? new Uint8Array());
 * if (StandardData !== null) {
 *   const [first] = readAnsi381(StandardData).Records;
 *   console.log(first?.Record.HorizontalLineLength, first?.Record.VerticalLineLength, first?.Image.length);
 * }
 * ```
 */
export function readAnsi381(block: Uint8Array): Ansi381Images {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (block.length < HEADER_BYTES) throw malformed(`has ${block.length} bytes; its header takes ${HEADER_BYTES}`);
  const Header = ansiHeader(view);
  const Records: Ansi381Images['Records'] = [];
  for (let at = HEADER_BYTES; Records.length < Header.ElementCount; ) {
    if (at + RECORD_BYTES > block.length) throw malformed(`ends before image ${Records.length + 1}`);
    const Record = ansiRecord(view, at);
    const end = at + Record.BlockLength;
    if (Record.BlockLength < RECORD_BYTES || end > block.length) {
      throw malformed(`has an image ${Records.length + 1} of ${Record.BlockLength} bytes, beyond its end`);
    }
    Records.push({ Record, Image: block.slice(at + RECORD_BYTES, end) });
    at = end;
  }
  return { Header, Records };
}

function malformed(what: string): BiometricError {
  return new BiometricError('WHORL_E_MALFORMED', `the ANSI 381 block ${what}`);
}

function format(view: DataView, at: number): WINBIO_REGISTERED_FORMAT {
  return { Owner: view.getUint16(at, true), Type: view.getUint16(at + 2, true) };
}

function header(view: DataView, at: number): WINBIO_BIR_HEADER {
  return {
    ValidFields: view.getUint16(at, true),
    HeaderVersion: view.getUint8(at + 2),
    PatronHeaderVersion: view.getUint8(at + 3),
    DataFlags: view.getUint8(at + 4),
    Type: view.getUint32(at + 8, true),
    Subtype: view.getUint8(at + 12),
    Purpose: view.getUint8(at + 13),
    DataQuality: view.getInt8(at + 14),
    CreationDate: view.getBigInt64(at + 16, true),
    ValidityPeriod: { BeginDate: view.getBigInt64(at + 24, true), EndDate: view.getBigInt64(at + 32, true) },
    BiometricDataFormat: format(view, at + 40),
    ProductId: format(view, at + 44),
  };
}

function ansiHeader(view: DataView): WINBIO_BDB_ANSI_381_HEADER {
  return {
    RecordLength: view.getBigUint64(0, true),
    FormatIdentifier: view.getUint32(8, true),
    VersionNumber: view.getUint32(12, true),
    ProductId: format(view, 16),
    CaptureDeviceId: view.getUint16(20, true),
    ImageAcquisitionLevel: view.getUint16(22, true),
    HorizontalScanResolution: view.getUint16(24, true),
    VerticalScanResolution: view.getUint16(26, true),
    HorizontalImageResolution: view.getUint16(28, true),
    VerticalImageResolution: view.getUint16(30, true),
    ElementCount: view.getUint8(32),
    ScaleUnits: view.getUint8(33),
    PixelDepth: view.getUint8(34),
    ImageCompressionAlg: view.getUint8(35),
    Reserved: view.getUint16(36, true),
  };
}

function ansiRecord(view: DataView, at: number): WINBIO_BDB_ANSI_381_RECORD {
  return {
    BlockLength: view.getUint32(at, true),
    HorizontalLineLength: view.getUint16(at + 4, true),
    VerticalLineLength: view.getUint16(at + 6, true),
    Position: view.getUint8(at + 8),
    CountOfViews: view.getUint8(at + 9),
    ViewNumber: view.getUint8(at + 10),
    ImageQuality: view.getUint8(at + 11),
    ImpressionType: view.getUint8(at + 12),
    Reserved: view.getUint8(at + 13),
  };
}
