/** Real part of a response, limited softly: even / (magnitude + softness). */

export function softLimit(even: usize, odd: usize, count: usize, softness: f32, out: usize): void {
  const soft = f32x4.splat(softness);
  for (let at: usize = 0; at < count << 2; at += 16) {
    const e = v128.load(even + at);
    const o = v128.load(odd + at);
    const magnitude = f32x4.sqrt(f32x4.add(f32x4.mul(e, e), f32x4.mul(o, o)));
    v128.store(out + at, f32x4.div(e, f32x4.add(magnitude, soft)));
  }
}
