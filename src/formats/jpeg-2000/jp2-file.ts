/** A codestream as a file of its own: the boxes around it. ISO/IEC 15444-1 annex I. */

import type { GreyImage } from '../../core/grey-image.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';

/** Pixels per metre are pixels per inch times 10,000 / 254. */
const [PER_METRE_TEN_TO_THE, PER_METRE_OVER] = [4, 254];
const GREY = 17;

/** A JP2 file of grey samples that states the resolution at capture. */
export function jp2File(codestream: Uint8Array, image: GreyImage): Uint8Array {
  const { widthPx, heightPx, resolutionPpi } = image;
  const header = (writer: ByteWriter) => {
    box(writer, 'ihdr', () => {
      writer.u32(heightPx);
      writer.u32(widthPx);
      writer.u16(1);
      // 8 bits, the one kind of compression, a colour space that is known, no rights.
      for (const value of [7, 7, 0, 0]) writer.u8(value);
    });
    box(writer, 'colr', () => {
      for (const value of [1, 0, 0]) writer.u8(value);
      writer.u32(GREY);
    });
    box(writer, 'res ', () => box(writer, 'resc', () => writeDensity(writer, resolutionPpi)));
  };
  const writer = new ByteWriter({ capacity: codestream.length + 200 });
  box(writer, 'jP  ', () => writer.u32(0x0d0a_870a));
  box(writer, 'ftyp', () => {
    writer.text('jp2 ');
    writer.u32(0);
    writer.text('jp2 ');
  });
  box(writer, 'jp2h', () => header(writer));
  box(writer, 'jp2c', () => writer.bytes(codestream));
  return writer.finish();
}

function box(writer: ByteWriter, type: string, contents: () => void): void {
  const at = writer.length;
  writer.u32(0);
  writer.text(type);
  contents();
  writer.setU32(at, writer.length - at);
}

/** Pixels per metre down and across, as fractions with a power of ten: exact for whole pixels per inch. */
function writeDensity(writer: ByteWriter, resolutionPpi: number): void {
  let exponent = PER_METRE_TEN_TO_THE;
  let numerator = resolutionPpi;
  for (; numerator > 0xffff; exponent++) numerator /= 10;
  for (; !Number.isInteger(numerator) && 10 * numerator <= 0xffff; exponent--) numerator *= 10;
  for (let i = 0; i < 2; i++) {
    writer.u16(Math.round(numerator));
    writer.u16(PER_METRE_OVER);
  }
  writer.i8(exponent);
  writer.i8(exponent);
}
