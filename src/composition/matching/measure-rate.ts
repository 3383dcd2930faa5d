/** Measures how many references a thread of this machine searches in a second. */

import { FingerprintEngine } from '../../fingerprint/engine/fingerprint-engine.ts';
import { synthesizeMinutiae } from '../../fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../../fingerprint/synthesis/synthesize-template.ts';
import { EngineThreads } from '../threads/engine-threads.ts';

/** Different templates, and how often each is in the gallery under numbers of its own. */
const TEMPLATES = 500;
const COPIES = 40;
const SEARCHES = 9;

/** References that a thread searches in a second, one look, the median of several searches. */
export async function measureRate(): Promise<number> {
  await using threads = new EngineThreads(1);
  await using engine = new FingerprintEngine({ runner: threads });
  using gallery = engine.createGallery();
  const { signal } = new AbortController();
  const templates = Array.from({ length: TEMPLATES }, (_, i) => synthesizeTemplate(synthesizeMinutiae(i + 1), 1));
  const codes = await engine.searchCodes(templates, { signal });
  for (let copy = 0; copy < COPIES; copy++) {
    for (const [i, template] of templates.entries()) gallery.add(copy * TEMPLATES + i + 1, template, codes[i]);
  }
  const rates: number[] = [];
  for (let search = 0; search < SEARCHES; search++) {
    const probe = synthesizeTemplate(synthesizeMinutiae(TEMPLATES + search + 1), 2);
    const beganMs = performance.now();
    await engine.identify(probe, gallery, { signal, look: 0 });
    rates.push((1000 * gallery.size) / (performance.now() - beganMs));
  }
  rates.sort((a, b) => a - b);
  return Math.round(rates[Math.floor(SEARCHES / 2)]!);
}
