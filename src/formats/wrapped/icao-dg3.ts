/** Fingers of a travel document: data group 3, nested tags around finger image records. ICAO 9303-10, 4.7.3. */

import { ByteReader } from '../bytes/byte-reader.ts';

const FORMAT = 'ICAO DG3';
const DATA_GROUP = 0x63;
const GROUP_TEMPLATE = 0x7f61;
const INFORMATION = 0x7f60;
/** Data of a record, primitive and constructed. */
const RECORDS: readonly number[] = [0x5f2e, 0x7f2e];

/** True when the bytes begin as the data group does. */
export function isIcaoDg3(bytes: Uint8Array): boolean {
  if (bytes[0] !== DATA_GROUP || bytes.length < 8) return false;
  const second = bytes[1]! < 0x80 ? 2 : 2 + (bytes[1]! & 0x7f);
  return bytes[second] === GROUP_TEMPLATE >> 8 && bytes[second + 1] === (GROUP_TEMPLATE & 0xff);
}

/**
 * The records inside, one a finger, as bytes; none for a group without fingers. Throws WHORL_E_MALFORMED for tags that
 * do not fit into one another.
 *
 * @example
 * const images = unwrapIcaoDg3(bytes).map((record) => decodeFingerImage(record));
 */
export function unwrapIcaoDg3(bytes: Uint8Array): Uint8Array[] {
  const group = readTags(new ByteReader(FORMAT, bytes)).find(({ tag }) => tag === DATA_GROUP);
  if (group === undefined) throw new ByteReader(FORMAT, bytes).malformed('tag', 'is not 63', 0);
  return within([group], GROUP_TEMPLATE)
    .flatMap((template) => within([template], INFORMATION))
    .flatMap((information) => readTags(new ByteReader(FORMAT, information.value)))
    .filter(({ tag }) => RECORDS.includes(tag))
    .map(({ value }) => value.slice());
}

interface Tagged {
  readonly tag: number;
  readonly value: Uint8Array;
}

function within(outer: readonly Tagged[], tag: number): Tagged[] {
  return outer.flatMap(({ value }) => readTags(new ByteReader(FORMAT, value))).filter((each) => each.tag === tag);
}

/** Tags one behind the other, of one or two bytes; lengths have one byte, or say how many follow. */
function readTags(reader: ByteReader): Tagged[] {
  const tags: Tagged[] = [];
  while (reader.remaining > 0) {
    const first = reader.u8('tag');
    const tag = (first & 0x1f) === 0x1f ? (first << 8) | reader.u8('tag') : first;
    const at = reader.offset;
    let length = reader.u8('length');
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count < 1 || count > 4) throw reader.malformed('length', 'has no one to four bytes', at);
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + reader.u8('length');
    }
    tags.push({ tag, value: reader.bytes(length, `tag ${tag.toString(16)}`) });
  }
  return tags;
}
