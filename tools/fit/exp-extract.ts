import { loadDataset } from '../../src/evaluation/load-dataset.ts';
import { extract } from '../../src/fingerprint/extract.ts';
import { resample } from "../../src/fingerprint/extraction/resample.ts";
import { extractionKernel } from "../../src/fingerprint/extraction/extraction-kernel.ts";
const images = loadDataset('/work/shared/data/' + (process.argv[3] ?? 'fvc2002-db1b')).map(({ image }) => image).slice(0, 40);
function scaled(image: any, ppi: number) {
  const f = ppi / image.resolutionPpi;
  const w = Math.round(image.widthPx * f), h = Math.round(image.heightPx * f);
  const pixels = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
    const sx = Math.min(image.widthPx - 1.001, Math.max(0, (x + .5) / f - .5)), sy = Math.min(image.heightPx - 1.001, Math.max(0, (y + .5) / f - .5));
    const x0 = Math.floor(sx), y0 = Math.floor(sy), fx = sx - x0, fy = sy - y0, p = image.pixels, W = image.widthPx;
    pixels[y * w + x] = (p[y0 * W + x0] * (1 - fx) + p[y0 * W + x0 + 1] * fx) * (1 - fy) + (p[(y0 + 1) * W + x0] * (1 - fx) + p[(y0 + 1) * W + x0 + 1] * fx) * fy;
  }
  return { ...image, widthPx: w, heightPx: h, pixels, resolutionPpi: ppi };
}
const rounds = Number(process.argv[2] ?? 5);
for (const ppi of [500, 569, 1000]) {
  const set = images.map((image) => (ppi === 500 ? { ...image, resolutionPpi: 500 } : scaled({ ...image, resolutionPpi: 500 }, ppi)));
  const least = set.map(() => 1e9), res = set.map(() => 1e9);
  for (let r = 0; r < rounds; r++) set.forEach((image, i) => {
    let t = performance.now(); extractionKernel().memory.scope(() => resample(extractionKernel(), image)); res[i] = Math.min(res[i]!, performance.now() - t);
    t = performance.now(); extract(image); least[i] = Math.min(least[i]!, performance.now() - t);
  });
  const mean = (a: number[]) => (a.reduce((x, y) => x + y) / a.length).toFixed(2);
  console.log(ppi, 'extract', mean(least), 'of which resample', mean(res));
}
