/** A gallery of real templates: through nodes the same people are found with the same scores as in one gallery. */

import { expect, test } from 'vitest';
import { FingerprintEngine } from '../../src/fingerprint/engine/fingerprint-engine.ts';
import { synthesizeMinutiae } from '../../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../../src/fingerprint/synthesis/synthesize-template.ts';
import { TEMPLATE_FORMAT } from '../../src/fingerprint/template/template-codec.ts';
import { Cluster, untilHeld } from './cluster.ts';

const PEOPLE = 400;
const { signal } = new AbortController();

test('through nodes the same is found as in one gallery', async () => {
  await using cluster = await Cluster.open(4, TEMPLATE_FORMAT);
  const maps = Array.from({ length: PEOPLE }, (_, i) => synthesizeMinutiae(i + 1));
  const records = await cluster.enroll(maps.map((map) => synthesizeTemplate(map, 1)));
  await using engine = new FingerprintEngine();
  using gallery = engine.createGallery();
  for await (const batch of cluster.database.query({})) {
    for (const { recordId, template } of batch) gallery.add(recordId, template);
  }
  for (const node of ['a', 'b', 'c', 'd']) await cluster.node(node, new FingerprintEngine());
  const coordinator = cluster.coordinator({ deadlineMs: 60_000 });
  await untilHeld(coordinator, 2);
  for (let i = 0; i < 12; i++) {
    const probe = synthesizeTemplate(maps[i * 30]!, 2);
    const local = await engine.identify(probe, gallery, { signal });
    const { candidates, missing, searched } = await cluster.search(coordinator, probe);
    expect(candidates).toEqual(local);
    expect(candidates[0]?.recordId).toBe(records[i * 30]);
    // As high as for the whole gallery, not for the part that a node searches.
    expect(candidates[0]?.threshold).toBe(local[0]?.threshold);
    expect([missing, searched]).toEqual([[], PEOPLE]);
  }
  for (let stranger = 0; stranger < 2; stranger++) {
    const probe = synthesizeTemplate(synthesizeMinutiae(10_000 + stranger), 1);
    expect((await cluster.search(coordinator, probe)).candidates).toEqual([]);
  }
});
