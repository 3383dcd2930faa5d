/**
 * What the first stage of a search loses compared with a full search: how often the mate scores best of all in full
 * comparison, yet is not on the shortlist.
 */

import type { EngineRunner } from '../src/fingerprint/engine/engine-runner.ts';
import { SEARCH } from '../src/fingerprint/parameters.ts';
import type { PackedGallery } from '../src/fingerprint/search/packed-gallery.ts';
import { withinWork } from '../src/fingerprint/search/within-work.ts';
import { pick } from './pick.ts';

/** A probe and the record of its mate. */
export interface MatedProbe {
  readonly probe: Uint8Array;
  readonly mate: number;
}

/** Number of mates that scored best and of those the shortlist missed; the same for mates that scored 5 or more. */
export interface FirstStageLoss {
  readonly searched: number;
  readonly first: number;
  readonly lost: number;
  readonly lostPercent: number;
  /** 95 % confidence interval of `lostPercent` (Wilson). */
  readonly lostInterval: readonly [number, number];
  readonly firstAtScore5: number;
  readonly lostAtScore5: number;
}

/** Measures with the shortlist share of large galleries, however small this one is. */
export async function firstStageLoss(
  runner: EngineRunner,
  gallery: PackedGallery,
  probes: readonly MatedProbe[],
): Promise<FirstStageLoss> {
  using reading = gallery.read();
  const { snapshot } = reading;
  const { signal } = new AbortController();
  const cancel = new SharedArrayBuffer(4);
  const slots = Int32Array.from({ length: snapshot.slots }, (_, slot) => slot);
  const wanted = Math.ceil(SEARCH.shortlistShare * snapshot.size);
  const places = new Float64Array(snapshot.places);
  const outcomes = await Promise.all(
    probes.map(async ({ probe, mate }) => {
      const search = {
        kind: 'search' as const,
        probe,
        gallery: snapshot,
        slots,
        threshold: 0,
        anyRotation: false,
        limit: 1,
        cancel,
      };
      const [best] = await runner.run(search, { signal });
      if (best?.recordId !== mate) return undefined;
      const blocks = { first: 0, last: snapshot.blocks };
      const filter = {
        kind: 'filter' as const,
        probe,
        gallery: snapshot,
        ...blocks,
        keep: SEARCH.mostPerWork * wanted,
        turned: false,
        cancel,
      };
      const { slots: ranked } = pick(await runner.run(filter, { signal }));
      const compared = withinWork(snapshot, ranked, probe, wanted, 0);
      return { score: best.score, lost: !compared.some((slot) => places[3 * slot] === mate) };
    }),
  );
  const first = outcomes.filter((outcome) => outcome !== undefined);
  const strong = first.filter(({ score }) => score >= 5);
  const lost = first.filter((outcome) => outcome.lost).length;
  return {
    searched: probes.length,
    first: first.length,
    lost,
    lostPercent: Number(((100 * lost) / first.length).toFixed(2)),
    lostInterval: wilson(lost, first.length),
    firstAtScore5: strong.length,
    lostAtScore5: strong.filter((outcome) => outcome.lost).length,
  };
}

/** 95 % confidence interval of a share, in percent (Wilson). */
function wilson(hits: number, of: number): [number, number] {
  const z = 1.96;
  const share = hits / of;
  const middle = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const percent = (value: number): number => Number(((100 * Math.max(0, value)) / (1 + z ** 2 / of)).toFixed(2));
  return [percent(middle - half), percent(middle + half)];
}
