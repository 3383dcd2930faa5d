/**
 * A probe as the first stage of a search reads it: its minutiae three times over, unwrapped by a turn down and up, so
 * that those within the gate of any direction lie in one run. Layout as in kernel/assembly/filter-records.ts.
 */

import { CODE } from '../parameters.ts';
import { RECORD_COUNT, ROW_BYTES } from './code-record.ts';

/** Most entries: 255 minutiae, three times, and some to read past the end. */
const ENTRIES = 768;
const TURN = 256;

/** Bytes of a probe. */
export const PROBE_BYTES = 8 * TURN + 28 * ENTRIES;

/**
 * Writes the probe of a record (code-record.ts) to `bytes`, aligned to eight bytes. Its minutiae are looked at for those
 * that point the same way within the gate, or, `turned`, for all others.
 */
export function writeProbe(record: Uint8Array, bytes: Uint8Array, turned: boolean): void {
  const data = new DataView(record.buffer, record.byteOffset, record.length);
  const count = data.getInt32(RECORD_COUNT, true);
  const at = (offset: number, length: number): [ArrayBufferLike, number, number] => {
    return [bytes.buffer, bytes.byteOffset + offset, length];
  };
  const start = new Int32Array(...at(0, TURN));
  const end = new Int32Array(...at(4 * TURN, TURN));
  const codes = 8 * TURN;
  const low = new BigUint64Array(...at(codes, ENTRIES));
  const high = new BigUint64Array(...at(codes + 8 * ENTRIES, ENTRIES));
  const x = new Float32Array(...at(codes + 16 * ENTRIES, ENTRIES));
  const y = new Float32Array(...at(codes + 20 * ENTRIES, ENTRIES));
  const direction = new Int32Array(...at(codes + 24 * ENTRIES, ENTRIES));
  bytes.fill(0);
  const unwrapped: number[] = [];
  for (let entry = 0; entry < 3 * count; entry++) {
    const i = entry % count;
    const place = data.getUint32(ROW_BYTES + 16 * count + 4 * i, true);
    low[entry] = data.getBigUint64(ROW_BYTES + 8 * i, true);
    high[entry] = data.getBigUint64(ROW_BYTES + 8 * count + 8 * i, true);
    x[entry] = (place >>> 20) / 2;
    y[entry] = ((place >>> 8) & 0xfff) / -2;
    direction[entry] = place & 255;
    unwrapped.push((place & 255) + TURN * (Math.floor(entry / count) - 1));
  }
  const { gateSteps } = CODE;
  const [from, to] = turned ? [gateSteps + 1, TURN - gateSteps - 1] : [-gateSteps, gateSteps];
  for (let turn = 0; turn < TURN; turn++) {
    start[turn] = unwrapped.filter((value) => value < turn + from).length;
    end[turn] = unwrapped.filter((value) => value <= turn + to).length;
  }
}
