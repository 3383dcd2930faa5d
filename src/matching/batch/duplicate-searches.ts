/** Searches for duplicates: through nodes, or in a gallery of this process. */

import type { EngineAdapter, Gallery } from '../../adapters/engine-adapter.ts';
import type { Position } from '../../adapters/shared-history.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { MatchCoordinator } from '../coordinator/match-coordinator.ts';
import type { DuplicateSearch } from './deduplicate.ts';

/** How long nodes may take for one message of probes, milliseconds: they come behind everything else. */
const BATCH_MS = 300_000;

/** Through nodes; `looks` of 1 leaves out prints that are turned by more than 60 degrees. */
export function searchThroughNodes(
  coordinator: MatchCoordinator,
  { through, looks }: { readonly through: Position; readonly looks?: number | undefined },
): DuplicateSearch {
  return {
    async find(records, { signal }) {
      const { found, missing } = await coordinator.searchAll({
        kind: 'duplicates',
        probes: records.map(({ template }) => template),
        own: records.map(({ recordId }) => recordId),
        through,
        signal,
        deadlineMs: BATCH_MS,
        looks,
      });
      if (missing.length === 0) return found;
      throw new BiometricError('WHORL_E_INCOMPLETE', `parts ${missing.join(', ')} of the gallery did not answer`);
    },
  };
}

/** In a gallery of this process. */
export function searchInGallery(
  engine: EngineAdapter,
  gallery: Gallery,
  { looks = engine.info.looks ?? 1 }: { readonly looks?: number | undefined } = {},
): DuplicateSearch {
  return {
    find: async (records, { signal }) =>
      await Promise.all(
        records.map(async ({ recordId, template }) => {
          for (let look = 0; look < looks; look++) {
            const found = await engine.findDuplicates(template, gallery, { signal, look });
            const others = found.filter((candidate) => candidate.recordId !== recordId);
            if (others.length > 0) return others;
          }
          return [];
        }),
      ),
  };
}
