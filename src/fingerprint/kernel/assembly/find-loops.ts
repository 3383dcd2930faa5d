/** Where a phase residue can be: squares of 2 x 2 samples in which the response changes its sign. */

/**
 * Lists y * width + x of the loops in the foreground between the given edges whose real and imaginary part both change
 * their sign; returns their number. Around cells that are not `flat` (the wave direction turns over to the right or below)
 * the sign of the imaginary part says nothing, and only the real part is asked.
 */
export function findLoops(
  even: usize,
  odd: usize,
  width: i32,
  mask: usize,
  flat: usize,
  columns: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  out: usize,
): i32 {
  const line = (<usize>width) << 2;
  let end = out;
  for (let y = top; y < bottom; y++) {
    const cells = <usize>((y >> 2) * columns);
    for (let column = left >> 2; column << 2 < right; column++) {
      const cell = cells + <usize>column;
      if (load<u8>(mask + cell) === 0) continue;
      const first = column << 2;
      const at = (<usize>(y * width + first)) << 2;
      let found = realChanges(even + at, line);
      if (found !== 0 && load<u8>(flat + cell) !== 0) found &= imaginaryChanges(odd + at, line);
      for (; found !== 0; found &= found - 1) {
        const x = first + ctz(found);
        if (x < left || x >= right) continue;
        store<i32>(end, y * width + x);
        end += 4;
      }
    }
  }
  return <i32>((end - out) >> 2);
}

/** One bit a loop, four loops: some of its samples are greater than 0 and some are not. */
function realChanges(p: usize, line: usize): i32 {
  const zero = f32x4.splat(0);
  const a = f32x4.gt(v128.load(p), zero);
  const b = f32x4.gt(v128.load(p, 4), zero);
  const c = f32x4.gt(v128.load(p + line), zero);
  const d = f32x4.gt(v128.load(p + line, 4), zero);
  return i32x4.bitmask(v128.andnot(v128.or(v128.or(a, b), v128.or(c, d)), v128.and(v128.and(a, b), v128.and(c, d))));
}

/** The same for samples of at least 0. */
function imaginaryChanges(p: usize, line: usize): i32 {
  const zero = f32x4.splat(0);
  const a = f32x4.ge(v128.load(p), zero);
  const b = f32x4.ge(v128.load(p, 4), zero);
  const c = f32x4.ge(v128.load(p + line), zero);
  const d = f32x4.ge(v128.load(p + line, 4), zero);
  return i32x4.bitmask(v128.andnot(v128.or(v128.or(a, b), v128.or(c, d)), v128.and(v128.and(a, b), v128.and(c, d))));
}
