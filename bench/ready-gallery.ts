/** A state directory with many enrolled fingers, made as the service does: some synthetic fingers, again and again. */

import { composeDatabases } from '../src/composition/compose/compose-databases.ts';
import { SYSTEM_DATABASE_ID } from '../src/composition/configuration/default-databases.ts';
import { StateDirectory } from '../src/composition/state/state-directory.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import { FingerprintEngine, TEMPLATE_FORMAT } from '../src/fingerprint/index.ts';
import { synthesizeMinutiae } from '../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../src/fingerprint/synthesis/synthesize-template.ts';
import { pick } from './pick.ts';

const FINGERS = 2000;
const GROUP = 1000;

/** The template of the owner with a number. */
export function readyTemplates(): readonly Uint8Array[] {
  return Array.from({ length: FINGERS }, (_, i) => synthesizeTemplate(synthesizeMinutiae(i), 1));
}

/** Enrolls so many owners into the system database of a new state directory; returns how many a second. */
export async function enrollMany(path: string, count: number): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const directory = stack.use(StateDirectory.take(path));
  const parts = { directory, templateFormat: TEMPLATE_FORMAT, folder: path, logger: SILENT_LOGGER, stack };
  const { registrations } = await composeDatabases({}, parts);
  const { descriptor, storage } = pick(
    registrations.filter((each) => each.descriptor.databaseId === SYSTEM_DATABASE_ID),
  );
  stack.use(storage);
  const database = await storage.open(descriptor, { create: true });
  const templates = readyTemplates();
  await using engine = new FingerprintEngine();
  const codes = await engine.searchCodes(templates, { signal: new AbortController().signal });
  const start = performance.now();
  for (let from = 0; from < count; from += GROUP) {
    const records = Array.from({ length: Math.min(GROUP, count - from) }, (_, i) => ({
      identity: { type: 'sid' as const, sid: `S-1-5-21-1-1-1-${1000 + from + i}` },
      subFactor: 2,
      template: pick(templates, from + i),
      searchCodes: pick(codes, from + i),
    }));
    await database.addAll?.(records);
  }
  return Math.round((1000 * count) / (performance.now() - start));
}
