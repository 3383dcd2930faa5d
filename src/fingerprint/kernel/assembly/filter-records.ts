/**
 * The first stage of a search: pairs of minutiae with near codes and like directions, and how well the geometry of the
 * nearest agrees. Records are laid out in code-record.ts, the probe in coded-probe.ts. Single precision, four at once; sums are
 * of whole numbers below 2^24 and so exact.
 */

const RECORD_ROW: usize = 20;
const RECORD_COUNT: usize = 8;
const RECORD_WEIGHT: usize = 12;

/** Offsets in the probe: first and last + 1 entry by direction; then of each entry codes, position, direction. */
const START: usize = 0;
const END: usize = 1024;
const LOW: usize = 2048;
const HIGH: usize = LOW + 6144;
const X: usize = HIGH + 6144;
const Y: usize = X + 3072;
const DIRECTION: usize = Y + 3072;

/** Offsets in the settings: i32 but for what is said. */
const MAX_HALF: usize = 0;
const MAX_DISTANCE: usize = 4;
const WEIGHTLESS: usize = 8;
const TURN: usize = 12;
/** f32. */
const LENGTH: usize = 16;
/** f32. */
const TANGENT: usize = 20;
/** f32. */
const WEIGHT_OFFSET: usize = 24;
const MOST: usize = 28;
/** Added to turns: none that are possible lie on both sides of 0 then. */
const ZERO_TURN: usize = 32;
/** f32, of 256 turns. */
const COSINES: usize = 64;
const SINES: usize = COSINES + 1024;

/** Bytes of a column of candidates, of which there are at most 64. */
const COLUMN: usize = 256;
/** Offsets in the scratch: columns of the candidates (f32, turns i32), numbers of pairs by distance, list of pairs. */
const A_X: usize = 0 * COLUMN;
const A_Y: usize = 1 * COLUMN;
const B_X: usize = 2 * COLUMN;
const B_Y: usize = 3 * COLUMN;
const TURNS: usize = 4 * COLUMN;
const COS: usize = 5 * COLUMN;
const SIN: usize = 6 * COLUMN;
const WEIGHT: usize = 7 * COLUMN;
const HISTOGRAM: usize = 8 * COLUMN;
/** Where the candidates of each of 64 bins of turns end, and turn and bin of those that are kept. */
const ENDS: usize = HISTOGRAM + 512;
const KEPT: usize = ENDS + 256;
const LIST: usize = KEPT + 256;

/**
 * Scores the records from `block` to `end` that have a slot; writes slot + 1 and score (f32) of each that scores `least` or
 * more to `out` and returns their number. `scratch` has 3,072 bytes and 4 for each pair there can be: 255 x 258.
 */
export function filterRecords(
  block: usize,
  end: usize,
  probe: usize,
  settings: usize,
  out: usize,
  scratch: usize,
  least: f32,
): i32 {
  let found = 0;
  let at = block;
  while (at < end) {
    const rows = load<u32>(at, 4);
    if (rows === 0) break;
    const slot = load<i32>(at);
    if (slot !== 0) {
      const result = out + ((<usize>found) << 3);
      const score = scoreRecord(at, probe, settings, scratch);
      store<i32>(result, slot);
      store<f32>(result, score, 4);
      found += <i32>(score >= least);
    }
    at += <usize>rows * RECORD_ROW;
  }
  return found;
}

function scoreRecord(record: usize, probe: usize, settings: usize, scratch: usize): f32 {
  const count = min<i32>(255, load<i32>(record, RECORD_COUNT));
  const codes = record + RECORD_ROW;
  const near = listHalfNear(codes, count, probe, settings, scratch);
  const kept = keepNear(codes, count, probe, settings, scratch, near);
  const candidates = writeCandidates(codes, count, probe, settings, scratch, kept);
  const sum = agreement(scratch, candidates, settings);
  return sum / (load<f32>(record, RECORD_WEIGHT) + load<f32>(settings, WEIGHT_OFFSET));
}

/** Lists the pairs (record's minutia << 16 | probe's entry) whose first 64 bits are near; without branches. */
function listHalfNear(codes: usize, count: i32, probe: usize, settings: usize, scratch: usize): usize {
  const most = <u64>load<u32>(settings, MAX_HALF);
  const places = codes + ((<usize>count) << 4);
  let to = scratch + LIST;
  for (let j = 0; j < count; j++) {
    const code = load<u64>(codes + ((<usize>j) << 3));
    const direction = (<usize>load<u8>(places + ((<usize>j) << 2))) << 2;
    const last = load<i32>(probe + direction, END);
    const tag = j << 16;
    // Entries past the last are refused by keepNear.
    for (let k = load<i32>(probe + direction, START); k < last; k += 4) {
      const entry = probe + ((<usize>k) << 3);
      const pair = tag | k;
      store<i32>(to, pair);
      to += (<usize>(popcnt<u64>(code ^ load<u64>(entry, LOW)) <= most)) << 2;
      store<i32>(to, pair + 1);
      to += (<usize>(popcnt<u64>(code ^ load<u64>(entry, LOW + 8)) <= most)) << 2;
      store<i32>(to, pair + 2);
      to += (<usize>(popcnt<u64>(code ^ load<u64>(entry, LOW + 16)) <= most)) << 2;
      store<i32>(to, pair + 3);
      to += (<usize>(popcnt<u64>(code ^ load<u64>(entry, LOW + 24)) <= most)) << 2;
    }
  }
  return to;
}

/** Keeps the pairs that are near in all bits, with the distance in the top byte; counts them by distance. */
function keepNear(codes: usize, count: i32, probe: usize, settings: usize, scratch: usize, last: usize): i32 {
  const most = load<u32>(settings, MAX_DISTANCE);
  const places = codes + ((<usize>count) << 4);
  const high = codes + ((<usize>count) << 3);
  const first = scratch + LIST;
  let to = first;
  for (let from = first; from < last; from += 4) {
    const pair = load<u32>(from);
    const j = <usize>(pair >> 16);
    const k = <usize>(pair & 0xffff);
    const entry = probe + (k << 3);
    const distance =
      <u32>popcnt<u64>(load<u64>(codes + (j << 3)) ^ load<u64>(entry, LOW)) +
      <u32>popcnt<u64>(load<u64>(high + (j << 3)) ^ load<u64>(entry, HIGH));
    const end = load<i32>(probe + ((<usize>load<u8>(places + (j << 2))) << 2), END);
    store<u32>(to, pair | (distance << 24));
    to += (<usize>(<u32>(distance <= most) & <u32>(<i32>k < end))) << 2;
  }
  return <i32>((to - first) >> 2);
}

/** Fills the columns with the nearest pairs, by their turn in steps of 4; returns their number. */
function writeCandidates(codes: usize, count: i32, probe: usize, settings: usize, scratch: usize, pairs: i32): i32 {
  const list = scratch + LIST;
  const most = load<i32>(settings, MOST);
  let cut: u32 = 255;
  let ofCut = 0;
  if (pairs > most) {
    const histogram = scratch + HISTOGRAM;
    memory.fill(histogram, 0, 512);
    for (let n = 0; n < pairs; n++) {
      const bin = histogram + ((<usize>(load<u32>(list + ((<usize>n) << 2)) >> 24)) << 2);
      store<i32>(bin, load<i32>(bin) + 1);
    }
    ofCut = most;
    for (cut = 0; ; cut++) {
      const number = load<i32>(histogram + ((<usize>cut) << 2));
      if (number > ofCut) break;
      ofCut -= number;
    }
  }
  const places = codes + ((<usize>count) << 4);
  const zeroTurn = load<i32>(settings, ZERO_TURN);
  const ends = scratch + ENDS;
  memory.fill(ends, 0, 256);
  let kept = 0;
  for (let n = 0; n < pairs; n++) {
    const pair = load<u32>(list + ((<usize>n) << 2));
    const distance = pair >> 24;
    if (distance > cut || (distance === cut && --ofCut < 0)) continue;
    const place = load<u32>(places + ((<usize>((pair >> 16) & 255)) << 2));
    const turn = (place - load<u32>(probe + ((<usize>(pair & 0xffff)) << 2), DIRECTION)) & 255;
    const bin = (<usize>(((<i32>turn + zeroTurn) & 255) >> 2)) << 2;
    // What is kept is never ahead of what is read.
    store<u32>(list + ((<usize>kept) << 2), pair);
    store<u32>(scratch + ((<usize>kept) << 2), turn | ((<u32>bin) << 8), KEPT);
    kept++;
    store<i32>(ends + bin, load<i32>(ends + bin) + 1);
  }
  let before = 0;
  for (let bin: usize = 0; bin < 256; bin += 4) {
    const number = load<i32>(ends + bin);
    store<i32>(ends + bin, before);
    before += number;
  }
  const weightless = load<i32>(settings, WEIGHTLESS);
  for (let n = 0; n < kept; n++) {
    const pair = load<u32>(list + ((<usize>n) << 2));
    const turned = load<u32>(scratch + ((<usize>n) << 2), KEPT);
    const turn = (<usize>(turned & 255)) << 2;
    const bin = ends + <usize>(turned >> 8);
    const to = scratch + ((<usize>load<i32>(bin)) << 2);
    store<i32>(bin, load<i32>(bin) + 1);
    const place = load<u32>(places + ((<usize>((pair >> 16) & 255)) << 2));
    const entry = probe + ((<usize>(pair & 0xffff)) << 2);
    store<f32>(to, load<f32>(entry, X), A_X);
    store<f32>(to, load<f32>(entry, Y), A_Y);
    store<f32>(to, <f32>(place >> 20) * 0.5, B_X);
    store<f32>(to, <f32>((place >> 8) & 0xfff) * -0.5, B_Y);
    store<u32>(to, turned & 255, TURNS);
    store<f32>(to, load<f32>(settings + turn, COSINES), COS);
    store<f32>(to, load<f32>(settings + turn, SINES), SIN);
    store<f32>(to, <f32>(weightless - <i32>(pair >> 24)), WEIGHT);
  }
  // What fills up the last vector weighs nothing.
  for (let n = kept; (n & 3) !== 0; n++) store<f32>(scratch + ((<usize>n) << 2), 0, WEIGHT);
  return kept;
}

/** Sum over each two candidates that agree of the product of their weights. */
function agreement(scratch: usize, candidates: i32, settings: usize): f32 {
  const maxTurn = v128.load32_splat(settings, TURN);
  const maxLength = v128.load32_splat(settings, LENGTH);
  const maxTangent = v128.load32_splat(settings, TANGENT);
  const zero = f32x4.splat(0);
  const lanes = i32x4(0, 1, 2, 3);
  let total = zero;
  const zeroTurn = load<i32>(settings, ZERO_TURN);
  // Turns that differ too much are as many bins away at least.
  const reach = (load<i32>(settings, TURN) >> 2) + 1;
  for (let p = 0; p < candidates - 1; p++) {
    const bin = ((load<i32>(scratch + ((<usize>p) << 2), TURNS) + zeroTurn) & 255) >> 2;
    const last = load<i32>(scratch + ((<usize>min<i32>(63, bin + reach)) << 2), ENDS);
    const here = scratch + ((<usize>p) << 2);
    const aX = v128.load32_splat(here, A_X);
    const aY = v128.load32_splat(here, A_Y);
    const bX = v128.load32_splat(here, B_X);
    const bY = v128.load32_splat(here, B_Y);
    const turn = v128.load32_splat(here, TURNS);
    const cos = v128.load32_splat(here, COS);
    const sin = v128.load32_splat(here, SIN);
    const own = i32x4.splat(p);
    let sum = zero;
    for (let q = (p + 1) & ~3; q < last; q += 4) {
      const there = scratch + ((<usize>q) << 2);
      const turned = i32x4.abs(i32x4.shr_s(i32x4.shl(i32x4.sub(v128.load(there, TURNS), turn), 24), 24));
      const ax = f32x4.sub(v128.load(there, A_X), aX);
      const ay = f32x4.sub(v128.load(there, A_Y), aY);
      const bx = f32x4.sub(v128.load(there, B_X), bX);
      const by = f32x4.sub(v128.load(there, B_Y), bY);
      const a2 = f32x4.add(f32x4.mul(ax, ax), f32x4.mul(ay, ay));
      const b2 = f32x4.add(f32x4.mul(bx, bx), f32x4.mul(by, by));
      const longer = f32x4.sub(a2, b2);
      const rx = f32x4.sub(f32x4.mul(cos, ax), f32x4.mul(sin, ay));
      const ry = f32x4.add(f32x4.mul(sin, ax), f32x4.mul(cos, ay));
      const ahead = f32x4.add(f32x4.mul(rx, bx), f32x4.mul(ry, by));
      const across = f32x4.sub(f32x4.mul(rx, by), f32x4.mul(ry, bx));
      const agrees = v128.and(
        v128.and(
          v128.and(i32x4.le_s(turned, maxTurn), i32x4.gt_s(i32x4.add(i32x4.splat(q), lanes), own)),
          f32x4.le(f32x4.mul(longer, longer), f32x4.mul(maxLength, f32x4.max(a2, b2))),
        ),
        v128.and(
          f32x4.gt(ahead, zero),
          f32x4.le(f32x4.mul(across, across), f32x4.mul(maxTangent, f32x4.mul(ahead, ahead))),
        ),
      );
      sum = f32x4.add(sum, v128.and(agrees, v128.load(there, WEIGHT)));
    }
    total = f32x4.add(total, f32x4.mul(sum, v128.load32_splat(here, WEIGHT)));
  }
  return (
    f32x4.extract_lane(total, 0) +
    f32x4.extract_lane(total, 1) +
    (f32x4.extract_lane(total, 2) + f32x4.extract_lane(total, 3))
  );
}
