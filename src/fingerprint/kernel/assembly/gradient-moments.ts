/** Squared gradients as double-angle vectors, summed per cell of 2 x 2 samples. */

/** Gradients by Sobel's operator on a plane of `width` x `height` floats, which has two samples a cell each way. */
export function sobelMoments(plane: usize, width: i32, height: i32, mask: usize, cos2: usize, sin2: usize): void {
  moments(true, plane, width, height, mask, cos2, sin2);
}

/** Gradients by Roberts' operator (differences across 2 x 2 samples), otherwise the same. */
export function robertsMoments(plane: usize, width: i32, height: i32, mask: usize, cos2: usize, sin2: usize): void {
  moments(false, plane, width, height, mask, cos2, sin2);
}

function moments(sobel: bool, plane: usize, width: i32, height: i32, mask: usize, cos2: usize, sin2: usize): void {
  const line = (<usize>width) << 2;
  const columns = width >> 1;
  const zero = f32x4.splat(0);
  for (let y = 0; y < height; y += 2) {
    const cells = (y >> 1) * columns;
    for (let x = 0; x < width; x += 4) {
      const cell = <usize>(cells + (x >> 1));
      const more = x + 2 < width;
      const left = load<u8>(mask + cell) !== 0;
      const right = more && load<u8>(mask + cell, 1) !== 0;
      if (!left && !right) continue;
      let c = zero;
      let s = zero;
      for (let i = 0; i < 2; i++) {
        if ((sobel && y + i === 0) || y + i === height - 1) continue;
        const p = plane + <usize>(y + i) * line + ((<usize>x) << 2);
        const gx = sobel ? sobelX(p, line) : robertsX(p, line);
        const gy = sobel ? sobelY(p, line) : robertsY(p, line);
        c = f32x4.add(c, f32x4.sub(f32x4.mul(gx, gx), f32x4.mul(gy, gy)));
        s = f32x4.add(s, f32x4.mul(gx, gy));
      }
      // The first (Sobel) and the last sample of a line have no gradient.
      if (sobel && x === 0) {
        c = f32x4.replace_lane(c, 0, 0);
        s = f32x4.replace_lane(s, 0, 0);
      }
      if (x + 4 === width) {
        c = f32x4.replace_lane(c, 3, 0);
        s = f32x4.replace_lane(s, 3, 0);
      } else if (!more) {
        c = f32x4.replace_lane(c, 1, 0);
        s = f32x4.replace_lane(s, 1, 0);
      }
      if (left) {
        store<f32>(cos2 + (cell << 2), f32x4.extract_lane(c, 0) + f32x4.extract_lane(c, 1));
        store<f32>(sin2 + (cell << 2), 2 * (f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1)));
      }
      if (right) {
        store<f32>(cos2 + (cell << 2), f32x4.extract_lane(c, 2) + f32x4.extract_lane(c, 3), 4);
        store<f32>(sin2 + (cell << 2), 2 * (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3)), 4);
      }
    }
  }
}

function sobelX(p: usize, line: usize): v128 {
  const above = f32x4.sub(v128.load(p - line, 4), v128.load(p - line - 4));
  const here = f32x4.sub(v128.load(p, 4), v128.load(p - 4));
  const below = f32x4.sub(v128.load(p + line, 4), v128.load(p + line - 4));
  return f32x4.add(f32x4.add(above, below), f32x4.add(here, here));
}

function sobelY(p: usize, line: usize): v128 {
  const left = f32x4.sub(v128.load(p + line - 4), v128.load(p - line - 4));
  const here = f32x4.sub(v128.load(p + line), v128.load(p - line));
  const right = f32x4.sub(v128.load(p + line, 4), v128.load(p - line, 4));
  return f32x4.add(f32x4.add(left, right), f32x4.add(here, here));
}

function robertsX(p: usize, line: usize): v128 {
  const rising = f32x4.sub(v128.load(p + line, 4), v128.load(p));
  return f32x4.add(rising, f32x4.sub(v128.load(p, 4), v128.load(p + line)));
}

function robertsY(p: usize, line: usize): v128 {
  const rising = f32x4.sub(v128.load(p + line, 4), v128.load(p));
  return f32x4.sub(rising, f32x4.sub(v128.load(p, 4), v128.load(p + line)));
}
