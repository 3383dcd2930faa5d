/** Codes of a prepared view (prepared-view.ts) as a record of the first stage (code-record.ts). */

const ROW: usize = 64;
const INFO: usize = 4;
const CYLINDER: usize = 8;
/** Bytes of the weights of one bit of a cylinder: 128 of 16 bits. */
const WEIGHTS: usize = 256;
const HEAD: usize = 20;

/**
 * Writes count, weight and codes of the minutiae with a valid cylinder, in order of direction. `weights` are 312 rows of 128
 * i16, thresholds 128 i16. Qualities are in steps of 1/127. `scratch` holds 255 numbers.
 */
export function writeCodes(
  view: usize,
  weights: usize,
  thresholds: usize,
  leastQuality: f64,
  usualQuality: f64,
  record: usize,
  scratch: usize,
): void {
  const valid = load<i32>(view, 4);
  let weight: f64 = 0;
  listByDirection(view, scratch);
  store<i32>(record, valid, 8);
  const low = record + HEAD;
  const high = low + ((<usize>valid) << 3);
  const places = high + ((<usize>valid) << 3);
  for (let k: usize = 0; k < <usize>valid; k++) {
    const row = view + <usize>load<i32>(scratch + (k << 2)) * ROW;
    const quality = max<f64>(leastQuality, <f64>((load<i32>(row, INFO) >> 9) & 127)) / usualQuality;
    weight += quality * quality * (quality * quality);
    store<u64>(low + (k << 3), halfCode(row, weights, thresholds));
    store<u64>(high + (k << 3), halfCode(row, weights + 128, thresholds + 128));
    // Half pixels: 12 bits of x, 12 of y, 8 of direction.
    const x = (load<u16>(row) + 4) >> 3;
    const y = (-(<i32>load<i16>(row, 2)) + 4) >> 3;
    store<i32>(places + (k << 2), ((<i32>x) << 20) | (y << 8) | (load<i32>(row, INFO) & 255));
  }
  store<f32>(record, <f32>weight, 12);
}

/** Row numbers of the minutiae with a valid cylinder, by direction, equal ones in their order. */
function listByDirection(view: usize, list: usize): void {
  const count = load<i32>(view);
  let listed = 0;
  for (let row = 1; row <= count; row++) {
    const info = load<i32>(view + <usize>row * ROW, INFO);
    if (info >> 16 === 0) continue;
    let at = list + ((<usize>listed) << 2);
    listed++;
    while (at > list) {
      const before = load<i32>(at - 4);
      if ((load<i32>(view + <usize>before * ROW, INFO) & 255) <= (info & 255)) break;
      store<i32>(at, before);
      at -= 4;
    }
    store<i32>(at, row);
  }
}

/** 64 bits of a code: sums of the weights of the bits set, against the thresholds. */
function halfCode(row: usize, weights: usize, thresholds: usize): u64 {
  let s0 = i16x8.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let word: usize = 0; word < 5; word++) {
    const base = weights + (word << 6) * WEIGHTS;
    for (let left = load<u64>(row + (word << 3), CYLINDER); left !== 0; left &= left - 1) {
      const at = base + <usize>ctz<u64>(left) * WEIGHTS;
      s0 = i16x8.add(s0, v128.load(at));
      s1 = i16x8.add(s1, v128.load(at, 16));
      s2 = i16x8.add(s2, v128.load(at, 32));
      s3 = i16x8.add(s3, v128.load(at, 48));
      s4 = i16x8.add(s4, v128.load(at, 64));
      s5 = i16x8.add(s5, v128.load(at, 80));
      s6 = i16x8.add(s6, v128.load(at, 96));
      s7 = i16x8.add(s7, v128.load(at, 112));
    }
  }
  return (
    above(s0, thresholds) |
    (above(s1, thresholds + 16) << 8) |
    (above(s2, thresholds + 32) << 16) |
    (above(s3, thresholds + 48) << 24) |
    (above(s4, thresholds + 64) << 32) |
    (above(s5, thresholds + 80) << 40) |
    (above(s6, thresholds + 96) << 48) |
    (above(s7, thresholds + 112) << 56)
  );
}

function above(sums: v128, thresholds: usize): u64 {
  return <u64>(<u32>i16x8.bitmask(i16x8.gt_s(sums, v128.load(thresholds))));
}
