/** Similarity of every minutia of one prepared view with every minutia of another (layout: prepared-view.ts). */

const ROW: usize = 64;
const INFO: usize = 4;
const CYLINDER: usize = 8;
const CYLINDER_BITS: f64 = 312;
/** First and second bits of the samples 0..31. */
const SAMPLES: usize = 48;
const VALID: usize = 56;
const TAIL: usize = 60;

/** Offsets in the settings, doubles. */
const GATE: usize = 0;
const MIN_CYLINDER: usize = 8;
const CYLINDER_WEIGHT: usize = 16;
const ORIENTATION_WEIGHT: usize = 24;
const MIN_COMMON: usize = 32;
const FALLBACK: usize = 40;
const MIN_SIMILARITY: usize = 48;

/**
 * Fills `similarity` (`bCount` floats a row of A), lists the places of pairs that are similar enough in `places`, in their
 * order, and keeps the greatest and the second of each row and column in `rowBest` and `columnBest` (two floats each; less
 * similar ones count as 0). Returns the number of places. `scratch` holds `bCount` + 1 numbers.
 *
 * Which pairs pass is as good as random, so lists are made without branches, and each loop only sees what has passed.
 */
export function pairSimilarities(
  aView: usize,
  bView: usize,
  settings: usize,
  similarity: usize,
  places: usize,
  rowBest: usize,
  columnBest: usize,
  scratch: usize,
): i32 {
  const aCount = load<i32>(aView);
  const bCount = load<i32>(bView);
  const gate = <i32>load<f64>(settings, GATE);
  const most = 1 - load<f64>(settings, MIN_CYLINDER);
  memory.fill(similarity, 0, (<usize>(aCount * bCount)) << 2);
  memory.fill(rowBest, 0, (<usize>aCount) << 3);
  memory.fill(columnBest, 0, (<usize>bCount) << 3);
  let place = places;
  for (let i = 0, row = aView + ROW; i < aCount; i++, row += ROW) {
    if (load<i32>(row, INFO) >> 16 === 0) continue;
    const turned = listTurned(row, bView, bCount, gate, scratch);
    const near = listNear(row, bView, most, scratch, turned);
    place = compare(
      row,
      bView,
      i * bCount,
      settings,
      similarity,
      place,
      rowBest + ((<usize>i) << 3),
      columnBest,
      scratch,
      near,
    );
  }
  return <i32>((place - places) >> 2);
}

/** Lists the minutiae of B whose direction differs by at most `gate`. */
function listTurned(row: usize, bView: usize, bCount: i32, gate: i32, list: usize): i32 {
  const info = load<i32>(row, INFO);
  let count = 0;
  for (let j = 0, q = bView + ROW; j < bCount; j++, q += ROW) {
    store<i32>(list + ((<usize>count) << 2), j);
    const turn = ((info - load<i32>(q, INFO)) << 24) >> 24;
    count += <i32>(turn <= gate && turn >= -gate);
  }
  return count;
}

/** Keeps of the list what has a cylinder that agrees more than by chance. */
function listNear(row: usize, bView: usize, most: f64, list: usize, count: i32): i32 {
  const bits = load<i32>(row, INFO) >> 16;
  const chance = 1 - <f64>(2 * bits) / CYLINDER_BITS;
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const j = load<i32>(list + ((<usize>k) << 2));
    const q = bView + ((<usize>(j + 1)) << 6);
    const otherBits = load<i32>(q, INFO) >> 16;
    const expected = <f64>bits + <f64>otherBits * chance;
    store<i32>(list + ((<usize>kept) << 2), j);
    kept += <i32>(<f64>hamming(row, q) <= most * expected) & <i32>(otherBits !== 0);
  }
  return kept;
}

/** Similarities of the list; returns the end of the places. */
function compare(
  row: usize,
  bView: usize,
  firstPlace: i32,
  settings: usize,
  similarity: usize,
  place: usize,
  rowBest: usize,
  columnBest: usize,
  list: usize,
  count: i32,
): usize {
  const bits = load<i32>(row, INFO) >> 16;
  const chance = 1 - <f64>(2 * bits) / CYLINDER_BITS;
  const cylinderWeight = load<f64>(settings, CYLINDER_WEIGHT);
  const orientationWeight = load<f64>(settings, ORIENTATION_WEIGHT);
  const minCommon = <i32>load<f64>(settings, MIN_COMMON);
  const fallback = load<f64>(settings, FALLBACK);
  const least = load<f64>(settings, MIN_SIMILARITY);
  let best: f32 = 0;
  let second: f32 = 0;
  for (let k = 0; k < count; k++) {
    const j = load<i32>(list + ((<usize>k) << 2));
    const q = bView + ((<usize>(j + 1)) << 6);
    const expected = <f64>bits + <f64>(load<i32>(q, INFO) >> 16) * chance;
    const cylinder = 1 - <f64>hamming(row, q) / expected;
    const tail = load<i32>(row, TAIL);
    const otherTail = load<i32>(q, TAIL);
    const both = <u64>(load<u32>(row, VALID) & load<u32>(q, VALID));
    const bothTail = <u32>(tail & otherTail) >> 12;
    const common = <i32>popcnt<u64>(both | ((<u64>bothTail) << 32));
    const differing =
      <i32>popcnt<u64>((load<u64>(row, SAMPLES) ^ load<u64>(q, SAMPLES)) & (both | (both << 32))) +
      popcnt<i32>((tail ^ otherTail) & <i32>(bothTail | (bothTail << 6)));
    const measured = max<f64>(0, 1 - <f64>differing / <f64>common);
    const orientation = select<f64>(measured, fallback, common >= minCommon);
    const value = <f32>(cylinderWeight * cylinder + orientationWeight * orientation);
    const at = firstPlace + j;
    store<f32>(similarity + ((<usize>at) << 2), value);
    const enough = <f64>value >= least;
    store<i32>(place, at);
    place += (<usize>enough) << 2;
    const counted = select<f32>(value, 0, enough);
    second = max<f32>(second, min<f32>(best, counted));
    best = max<f32>(best, counted);
    const column = columnBest + ((<usize>j) << 3);
    const columnGreatest = load<f32>(column);
    store<f32>(column, max<f32>(load<f32>(column, 4), min<f32>(columnGreatest, counted)), 4);
    store<f32>(column, max<f32>(columnGreatest, counted));
  }
  store<f32>(rowBest, best);
  store<f32>(rowBest, second, 4);
  return place;
}

/** Bits in which two cylinders differ. */
function hamming(p: usize, q: usize): i32 {
  return <i32>(
    (popcnt<u64>(load<u64>(p, CYLINDER) ^ load<u64>(q, CYLINDER)) +
      popcnt<u64>(load<u64>(p, CYLINDER + 8) ^ load<u64>(q, CYLINDER + 8)) +
      popcnt<u64>(load<u64>(p, CYLINDER + 16) ^ load<u64>(q, CYLINDER + 16)) +
      popcnt<u64>(load<u64>(p, CYLINDER + 24) ^ load<u64>(q, CYLINDER + 24)) +
      popcnt<u64>(load<u64>(p, CYLINDER + 32) ^ load<u64>(q, CYLINDER + 32)))
  );
}
