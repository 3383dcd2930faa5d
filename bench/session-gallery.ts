/**
 * A state directory with enrolled people, made without the service: one real template of a synthetic finger, the
 * others with the same number of minutiae at random places, since growing a thousand fingers takes minutes.
 */

import {
  decodeTemplate,
  encodeTemplate,
  extract,
  synthesizeFinger,
  synthesizeImpression,
} from '../src/fingerprint/index.ts';
import { seededRandom } from '../src/testkit/seeded-random.ts';
import { pick } from './pick.ts';
import { openSystemDatabase } from './system-database.ts';

/** Templates enrolled. */
export const GALLERY_SIZE = 1000;
const SEED = 20_261_121;

/** An impression of the finger with the real template, which is of impression 1. */
export function enrolledFinger(impression: number) {
  return synthesizeImpression(synthesizeFinger(SEED), { seed: impression });
}

/** The templates, the real one last. */
export function galleryTemplates(): Uint8Array[] {
  const extracted = extract(enrolledFinger(1));
  if (extracted.kind === 'rejected') throw new TypeError('the finger of the benchmark must be usable');
  const model = pick(decodeTemplate(extracted.features));
  const random = seededRandom(SEED);
  const others = Array.from({ length: GALLERY_SIZE - 1 }, () => {
    const scatter = <T extends Uint8Array | Uint16Array>(values: T, limit: number): T =>
      values.map(() => Math.floor(random() * limit)) as T;
    return encodeTemplate([
      {
        ...model,
        x: scatter(model.x, model.widthPx * 16),
        y: scatter(model.y, model.heightPx * 16),
        direction: scatter(model.direction, 256),
      },
    ]);
  });
  return [...others, extracted.features];
}

/** Writes them into the system database of a new state directory, sealed as the service does. */
export async function prepareGallery(path: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = await openSystemDatabase(path, stack);
  for (const [i, template] of galleryTemplates().entries()) {
    await database.add({ identity: { type: 'sid', sid: `S-1-5-21-1-1-1-${1000 + i}` }, subFactor: 2, template });
  }
}
