/** Compatibility of candidate pairs, and its relaxation (Cappelli et al. 2010). Single precision, four at once. */

/** Floats of one column of the candidates: 32, of which up to 30 are used. */
const COLUMN: usize = 128;

/** Offsets of the columns of the candidates. */
const A_INDEX: usize = 0 * COLUMN;
const B_INDEX: usize = 1 * COLUMN;
const A_X: usize = 2 * COLUMN;
const A_Y: usize = 3 * COLUMN;
const B_X: usize = 4 * COLUMN;
const B_Y: usize = 5 * COLUMN;
/** Direction of B less that of A, 1/256 of a turn, and its cosine and sine. */
const TURN: usize = 6 * COLUMN;
const COS: usize = 7 * COLUMN;
const SIN: usize = 8 * COLUMN;
const SIMILARITY: usize = 9 * COLUMN;
const SUPPORT: usize = 10 * COLUMN;
const LIKELIHOOD: usize = 11 * COLUMN;
const NEXT: usize = 12 * COLUMN;

/** Offsets in the settings, floats: where each ramp ends, then one over its width. */
const LENGTH_END: usize = 0;
const TURN_END: usize = 8;
const SINE_END: usize = 16;
const KEEP: usize = 24;
const SHARE: usize = 28;

/**
 * Fills `compatibility` (32 floats a row) and each candidate's support, the sum of the similarities of those it agrees
 * with. Columns are i32 for indices and turns, floats otherwise.
 */
export function supportCandidates(candidates: usize, count: i32, settings: usize, compatibility: usize): void {
  memory.fill(compatibility, 0, <usize>count * COLUMN);
  for (let p = 0; p < count; p++) {
    compareWithLater(candidates, p, count, settings, compatibility);
  }
  for (let p: usize = 0; p < <usize>count; p++) {
    const sum = dot(compatibility + p * COLUMN, candidates + SIMILARITY, count);
    store<f32>(candidates + SUPPORT + (p << 2), sum);
  }
}

/** Relaxes the similarities to likelihoods in the given number of rounds. */
export function relax(candidates: usize, count: i32, settings: usize, compatibility: usize, rounds: i32): void {
  const keep = load<f32>(settings, KEEP);
  const share = load<f32>(settings, SHARE);
  memory.copy(candidates + LIKELIHOOD, candidates + SIMILARITY, COLUMN);
  for (let round = 0; round < rounds; round++) {
    for (let p: usize = 0; p < <usize>count; p++) {
      const likelihood = load<f32>(candidates + LIKELIHOOD + (p << 2));
      const sum = dot(compatibility + p * COLUMN, candidates + LIKELIHOOD, count) - likelihood;
      store<f32>(candidates + NEXT + (p << 2), keep * likelihood + share * sum);
    }
    memory.copy(candidates + LIKELIHOOD, candidates + NEXT, COLUMN);
  }
}

/** Row p and column p from p on: a product of ramps on length, turn and angle. */
function compareWithLater(candidates: usize, p: i32, count: i32, settings: usize, compatibility: usize): void {
  const here = candidates + ((<usize>p) << 2);
  const aIndex = v128.load32_splat(here, A_INDEX);
  const bIndex = v128.load32_splat(here, B_INDEX);
  const aX = v128.load32_splat(here, A_X);
  const aY = v128.load32_splat(here, A_Y);
  const bX = v128.load32_splat(here, B_X);
  const bY = v128.load32_splat(here, B_Y);
  const turn = v128.load32_splat(here, TURN);
  const cos = v128.load32_splat(here, COS);
  const sin = v128.load32_splat(here, SIN);
  const row = compatibility + <usize>p * COLUMN;
  for (let q = p & ~3; q < count; q += 4) {
    const at = (<usize>q) << 2;
    const there = candidates + at;
    const turnError = f32x4.convert_i32x4_s(
      i32x4.abs(i32x4.shr_s(i32x4.shl(i32x4.sub(v128.load(there, TURN), turn), 24), 24)),
    );
    const ax = f32x4.sub(v128.load(there, A_X), aX);
    const ay = f32x4.sub(v128.load(there, A_Y), aY);
    const bx = f32x4.sub(v128.load(there, B_X), bX);
    const by = f32x4.sub(v128.load(there, B_Y), bY);
    const aLength = f32x4.sqrt(f32x4.add(f32x4.mul(ax, ax), f32x4.mul(ay, ay)));
    const bLength = f32x4.sqrt(f32x4.add(f32x4.mul(bx, bx), f32x4.mul(by, by)));
    const lengthError = f32x4.abs(f32x4.sub(aLength, bLength));
    const rx = f32x4.sub(f32x4.mul(cos, ax), f32x4.mul(sin, ay));
    const ry = f32x4.add(f32x4.mul(sin, ax), f32x4.mul(cos, ay));
    const ahead = f32x4.add(f32x4.mul(rx, bx), f32x4.mul(ry, by));
    const across = f32x4.abs(f32x4.sub(f32x4.mul(rx, by), f32x4.mul(ry, bx)));
    const sine = f32x4.div(across, f32x4.mul(aLength, bLength));
    const value = f32x4.mul(
      f32x4.mul(ramp(lengthError, settings + LENGTH_END), ramp(turnError, settings + TURN_END)),
      ramp(sine, settings + SINE_END),
    );
    const others = v128.and(i32x4.ne(v128.load(there, A_INDEX), aIndex), i32x4.ne(v128.load(there, B_INDEX), bIndex));
    const good = v128.and(value, v128.and(others, f32x4.gt(ahead, f32x4.splat(0))));
    if (!v128.any_true(good) && q > p) continue;
    mirror(compatibility, row, p, q, count, f32x4.extract_lane(good, 0));
    mirror(compatibility, row, p, q + 1, count, f32x4.extract_lane(good, 1));
    mirror(compatibility, row, p, q + 2, count, f32x4.extract_lane(good, 2));
    mirror(compatibility, row, p, q + 3, count, f32x4.extract_lane(good, 3));
  }
}

/** Writes the compatibility of p with a later q to both places; that with itself is 1. */
function mirror(compatibility: usize, row: usize, p: i32, q: i32, count: i32, value: f32): void {
  if (q < p || q >= count) return;
  store<f32>(row + ((<usize>q) << 2), q === p ? 1 : value);
  if (q > p) store<f32>(compatibility + <usize>q * COLUMN + ((<usize>p) << 2), value);
}

/** 1 falling to 0 at the end, from one over the slope before it. */
function ramp(value: v128, settings: usize): v128 {
  const falling = f32x4.mul(f32x4.sub(v128.load32_splat(settings), value), v128.load32_splat(settings, 4));
  return f32x4.max(f32x4.splat(0), f32x4.min(f32x4.splat(1), falling));
}

function dot(a: usize, b: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < (<usize>count) << 2; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
