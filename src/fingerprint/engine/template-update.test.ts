/** Template update: off unless asked for, helpful, and bounded. */

import { describe, expect, it } from 'vitest';
import { extractImpression } from '../extract.ts';
import { TEMPLATE_UPDATE } from '../parameters.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { type ImpressionOptions, synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { decodeTemplate, encodeTemplate, MAX_VIEWS } from '../template/template-codec.ts';
import { compare } from '../verify.ts';
import { FingerprintEngine } from './fingerprint-engine.ts';

const { signal } = new AbortController();
const master = synthesizeFinger(61);
const print = (options: ImpressionOptions, of = master) => extractImpression(synthesizeImpression(of, options));
const features = (options: ImpressionOptions, of = master) => encodeTemplate([print(options, of)]);
/** Enrolled on a low sensor, which saw the upper part of the finger only. */
const enrolled = encodeTemplate([1, 2, 3].map((seed) => print({ seed, shiftYPx: 110 + 5 * seed, heightPx: 200 })));

describe('template update', () => {
  it('is off by default', async () => {
    const engine = new FingerprintEngine();
    expect(await engine.updateTemplate(enrolled, features({ seed: 4 }), { signal })).toBeUndefined();
  });

  it('adds what is new, and the finger is known better', async () => {
    const engine = new FingerprintEngine({ updateTemplates: true });
    const updated = await engine.updateTemplate(enrolled, features({ seed: 4, shiftYPx: 0 }), { signal });
    expect(decodeTemplate(updated!)).toHaveLength(4);
    expect(decodeTemplate(updated!).slice(0, 3)).toEqual(decodeTemplate(enrolled));
    const probe = features({ seed: 7, shiftYPx: -60, heightPx: 200 });
    expect(compare(probe, enrolled)).toBeLessThan(5);
    expect(compare(probe, updated!)).toBeGreaterThan(8);
  });

  it('takes nothing that is not surely of the finger, is poor, or shows nothing new', async () => {
    const engine = new FingerprintEngine({ updateTemplates: true });
    const update = (bytes: Uint8Array, template = enrolled) => engine.updateTemplate(template, bytes, { signal });
    expect(await update(features({ seed: 1 }, synthesizeFinger(62)))).toBeUndefined();
    expect(await update(encodeTemplate([{ ...print({ seed: 4 }), quality: 20 }]))).toBeUndefined();
    expect(await update(encodeTemplate([decodeTemplate(enrolled)[0]!]))).toBeUndefined();
    const short = encodeTemplate(decodeTemplate(enrolled).slice(0, 2));
    expect(await update(features({ seed: 4 }), short)).toBeUndefined();
    await expect(update(enrolled)).rejects.toMatchObject({ code: 'E_INVALIDARG' });
    await expect(update(enrolled.subarray(0, 40))).rejects.toMatchObject({ code: 'WHORL_E_MALFORMED' });
  });

  it('keeps the enrolled impressions and the size in bounds, however often it is done', async () => {
    const engine = new FingerprintEngine({ updateTemplates: true });
    let template = enrolled;
    let changes = 0;
    for (let seed = 10; seed < 40; seed++) {
      const updated = await engine.updateTemplate(template, features({ seed, rotationRad: 0.02 * (seed - 25) }), {
        signal,
      });
      if (updated === undefined) continue;
      template = updated;
      changes++;
    }
    expect(changes).toBeGreaterThan(MAX_VIEWS - TEMPLATE_UPDATE.anchors);
    expect(decodeTemplate(template)).toHaveLength(MAX_VIEWS);
    expect(decodeTemplate(template).slice(0, 3)).toEqual(decodeTemplate(enrolled));
  });

  it('can be canceled', async () => {
    const engine = new FingerprintEngine({ updateTemplates: true });
    const aborted = engine.updateTemplate(enrolled, features({ seed: 4 }), { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  });
});
