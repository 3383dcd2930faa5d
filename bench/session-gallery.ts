/**
 * A state directory with enrolled people, made without the service: one real template of a synthetic finger, the
 * others with the same number of minutiae at random places, since growing a thousand fingers takes minutes.
 */

import { composeDatabases } from '../src/composition/compose/compose-databases.ts';
import { SYSTEM_DATABASE_ID } from '../src/composition/configuration/default-databases.ts';
import { StateDirectory } from '../src/composition/state/state-directory.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import {
  decodeTemplate,
  encodeTemplate,
  extract,
  synthesizeFinger,
  synthesizeImpression,
  TEMPLATE_FORMAT,
} from '../src/fingerprint/index.ts';
import { seededRandom } from '../src/testkit/seeded-random.ts';
import { pick } from './pick.ts';

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
  const directory = stack.use(StateDirectory.take(path));
  const parts = { directory, templateFormat: TEMPLATE_FORMAT, folder: path, logger: SILENT_LOGGER, stack };
  const { registrations } = await composeDatabases({}, parts);
  const { descriptor, storage } = pick(
    registrations.filter((each) => each.descriptor.databaseId === SYSTEM_DATABASE_ID),
  );
  stack.use(storage);
  const database = await storage.open(descriptor, { create: true });
  for (const [i, template] of galleryTemplates().entries()) {
    await database.add({ identity: { type: 'sid', sid: `S-1-5-21-1-1-1-${1000 + i}` }, subFactor: 2, template });
  }
}
