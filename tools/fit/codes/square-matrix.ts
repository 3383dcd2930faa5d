/** The linear algebra that learning a projection needs: small dense matrices, row by row. */

/** Eigenvalues of a symmetric matrix, greatest first, and its eigenvectors as rows (cyclic Jacobi). */
export function eigen(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const v = identity(n);
  const rotate = (m: Float64Array, p: number, q: number, stride: number, c: number, s: number): void => {
    for (let k = 0; k < n; k++, p += stride, q += stride) {
      const x = m[p]!;
      const y = m[q]!;
      m[p] = c * x - s * y;
      m[q] = s * x + c * y;
    }
  };
  for (let sweep = 0; sweep < 30 && offDiagonalShare(a, n) > 1e-18; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]!;
        if (Math.abs(apq) < 1e-300) continue;
        const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(a, p * n, q * n, 1, c, t * c);
        rotate(a, p, q, n, c, t * c);
        rotate(v, p * n, q * n, 1, c, t * c);
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  const vectors = new Float64Array(n * n);
  for (const [row, i] of order.entries()) vectors.set(v.subarray(i * n, (i + 1) * n), row * n);
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

/** Product of an n x k and a k x m matrix. */
export function multiply(a: Float64Array, b: Float64Array, n: number, k: number, m: number): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const x = a[i * k + j]!;
      for (let l = 0; l < m; l++) out[i * m + l]! += x * b[j * m + l]!;
    }
  }
  return out;
}

/** Transpose of an n x m matrix. */
export function transpose(a: Float64Array, n: number, m: number): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j * n + i] = a[i * m + j]!;
  return out;
}

/** The rotation nearest to a square matrix (orthogonal Procrustes), by Newton and Schulz. */
export function nearestRotation(matrix: Float64Array, n: number): Float64Array {
  const norm = Math.hypot(...matrix);
  let x: Float64Array = matrix.map((value) => value / norm);
  for (let round = 0; round < 100; round++) {
    const step = multiply(transpose(x, n, n), x, n, n, n);
    let error = 0;
    for (let i = 0; i < n * n; i++) {
      const unit = i % (n + 1) === 0 ? 1 : 0;
      error += (step[i]! - unit) ** 2;
      step[i] = 1.5 * unit - 0.5 * step[i]!;
    }
    x = multiply(x, step, n, n, n);
    if (error < 1e-12) break;
  }
  return x;
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

function offDiagonalShare(a: Float64Array, n: number): number {
  let off = 0;
  let on = 0;
  for (let i = 0; i < n * n; i++) {
    if (i % (n + 1) === 0) on += a[i]! ** 2;
    else off += a[i]! ** 2;
  }
  return off / on;
}
