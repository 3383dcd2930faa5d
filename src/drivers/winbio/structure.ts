/** A structure of winbio.h in bytes, read by the table of layouts. */

import { guidFromBytes } from '../../core/guid.ts';
import { FIELD_BYTES, type FieldName, type FieldType, LAYOUTS, type Layout, type StructureName } from './layouts.ts';

/** Fields are named as C names them; reading one as what it does not hold is a TypeError. */
export class Structure<S extends StructureName> {
  readonly #name: S;
  readonly #view: DataView;

  /** The structure `name` at the start of `bytes`, which it does not copy. */
  constructor(name: S, bytes: Uint8Array) {
    this.#name = name;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** An integer. Sizes and pointers, too, come as numbers where they fit: sizes do. */
  number(field: FieldName<S>): number {
    const [at, holds] = this.#field(field);
    switch (holds) {
      case 'u8':
      case 'boolean':
        return this.#view.getUint8(at);
      case 'i8':
        return this.#view.getInt8(at);
      case 'u16':
        return this.#view.getUint16(at, true);
      case 'u32':
        return this.#view.getUint32(at, true);
      case 'i32':
        return this.#view.getInt32(at, true);
      case 'size':
        return Number(this.#view.getBigUint64(at, true));
      default:
        throw this.#mistaken(field, 'a number');
    }
  }

  /** An integer of 64 bits, or an address. */
  wide(field: FieldName<S>): bigint {
    const [at, holds] = this.#field(field);
    if (holds === 'i64') return this.#view.getBigInt64(at, true);
    if (holds === 'u64' || holds === 'pointer') return this.#view.getBigUint64(at, true);
    throw this.#mistaken(field, 'of 64 bits');
  }

  /** A text, up to its end. */
  text(field: FieldName<S>): string {
    const [at, holds] = this.#field(field);
    if (holds !== 'text') throw this.#mistaken(field, 'a text');
    let text = '';
    for (let i = 0; i < 256; i++) {
      const unit = this.#view.getUint16(at + 2 * i, true);
      if (unit === 0) break;
      text += String.fromCharCode(unit);
    }
    return text;
  }

  /** A GUID. */
  guid(field: FieldName<S>): string {
    const [at, holds] = this.#field(field);
    if (holds !== 'guid') throw this.#mistaken(field, 'a GUID');
    return guidFromBytes(new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, 16));
  }

  /** A copy of bytes, such as those of a structure within. */
  bytes(field: FieldName<S>): Uint8Array {
    const [at, holds] = this.#field(field);
    if (holds in FIELD_BYTES) throw this.#mistaken(field, 'bytes');
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, bytesOf(holds)).slice();
  }

  #field(field: FieldName<S>): Layout['fields'][string] {
    const { fields }: Layout = LAYOUTS[this.#name];
    const found = fields[field];
    if (found === undefined) throw new TypeError(`${this.#name} has no ${field}`);
    return found;
  }

  #mistaken(field: string, what: string): TypeError {
    return new TypeError(`${this.#name}.${field} is not ${what}`);
  }
}

/** Bytes of what a field holds. */
export function bytesOf(holds: Layout['fields'][string][1]): number {
  if (typeof holds === 'number') return holds;
  return holds in FIELD_BYTES ? FIELD_BYTES[holds as FieldType] : LAYOUTS[holds as StructureName].bytes;
}
