/** What every engine adapter must do: the engine clauses of the adapter conformance list, for any test runner. */

import assert from 'node:assert/strict';
import type { ADAPTER_CAPABILITIES } from '../adapters/adapter-module.ts';
import type { EngineAdapter, EnrollmentBuilder } from '../adapters/engine-adapter.ts';
import { HASH_ALGORITHMS } from '../adapters/hash-template.ts';
import { sharesBucket } from '../adapters/index-vector.ts';
import { isBiometricError } from '../core/biometric-error.ts';
import { WINBIO_PURPOSE_ENROLL, WINBIO_PURPOSE_IDENTIFY } from '../core/constants.ts';
import { isGuid } from '../core/guid.ts';
import { type AdapterTest, rejectsWith } from './adapter-test.ts';

/** An engine to be tested, and samples it can read. */
export interface EngineRig {
  readonly engine: EngineAdapter;
  /** A sample (the bytes of a BIR) of finger 1 to 4, impression 1 to 8; impressions of one finger match, others do not. */
  sample(finger: number, impression: number): Uint8Array | Promise<Uint8Array>;
  /** A sample with nothing in it; its extraction is rejected. */
  blank(): Uint8Array | Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What an engine may do without, by the names of its manifest. */
export type EngineCapability = (typeof ADAPTER_CAPABILITIES)['engine'][number];

const { signal } = new AbortController();
const ABORTED = { signal: AbortSignal.abort('enough') };
const OPEN = { signal };
const MAX_SAMPLES = 8;
const REFUSALS = ['E_INVALIDARG', 'WHORL_E_MALFORMED', 'WHORL_E_UNSUPPORTED_FORMAT'];

/** The suite; `lacks` names what the engine does not do, and those tests are marked as skipped. */
export function engineSuite(
  factory: () => Promise<EngineRig>,
  lacks: readonly EngineCapability[] = [],
): readonly AdapterTest[] {
  const withEngine = (
    id: string,
    what: string,
    check: (engine: EngineAdapter, world: World) => Promise<void>,
    needs?: EngineCapability,
  ): AdapterTest => ({
    id,
    title: `${id}: ${what}`,
    ...(needs !== undefined && lacks.includes(needs) && { skipped: `the engine has no ${needs}` }),
    async run() {
      const rig = await factory();
      try {
        await check(rig.engine, new World(rig));
      } finally {
        await rig.close();
      }
    },
  });

  return [
    withEngine('A-015', 'two enrollments and two galleries at once do not mix', async (engine, world) => {
      using one = engine.createEnrollment(1);
      using two = engine.createEnrollment(2);
      for (let i = 1; i <= MAX_SAMPLES; i++) {
        if (one.progress.kind !== 'complete') await one.add(await world.features(1, i), OPEN);
        if (two.progress.kind !== 'complete') await two.add(await world.features(2, i), OPEN);
      }
      using first = engine.createGallery();
      using second = engine.createGallery();
      first.add(10, one.template());
      second.add(20, two.template());
      assert.deepEqual([first.size, second.size], [1, 1]);
      assert.deepEqual(await world.found(1, first), [10]);
      assert.deepEqual(await world.found(1, second), []);
      assert.deepEqual(await world.found(2, second), [20]);
    }),
    withEngine('A-085', 'an empty sample, or one without a purpose, is refused', async (engine, { rig }) => {
      const sample = await rig.sample(1, 1);
      await rejectsWith('E_INVALIDARG', () => engine.extract(new Uint8Array(), WINBIO_PURPOSE_IDENTIFY, OPEN));
      for (const purpose of [0, 0x20, 0x100, -1, 1.5]) {
        await rejectsWith('E_INVALIDARG', () => engine.extract(sample, purpose, OPEN));
      }
      for (const purpose of [1, 2, 4, 8, 0x10, 0x1f]) {
        assert.equal((await engine.extract(sample, purpose, OPEN)).kind, 'features');
      }
    }),
    withEngine('A-086', 'what was extracted before changes nothing', async (engine, world) => {
      const alone = await world.features(1, 1);
      await world.features(2, 1);
      assert.deepEqual(await extract(engine, await world.rig.sample(1, 1)), alone);
    }),
    withEngine('A-087', 'what becomes of a sample after its extraction changes nothing', async (engine, world) => {
      const sample = (await world.rig.sample(1, 1)).slice();
      const features = await extract(engine, sample);
      const before = features.slice();
      sample.fill(0);
      assert.deepEqual(features, before);
      const { match } = await engine.verify(features, [await world.template(1)], OPEN);
      assert.equal(match, true);
    }),
    withEngine(
      'A-088',
      'a sample that is not declared as an image of the standard is refused',
      async (engine, world) => {
        const sample = (await world.rig.sample(1, 1)).slice();
        const view = new DataView(sample.buffer);
        // BIR: the header block begins at 32, BiometricDataFormat lies 40 bytes into it.
        const format = view.getUint32(4, true) + 40;
        assert.equal(view.getUint16(format, true), 0x1b, 'the sample of the rig is no record with an image');
        view.setUint16(format, 0x1234, true);
        await refuses(() => engine.extract(sample, WINBIO_PURPOSE_IDENTIFY, OPEN));
        await refuses(() => engine.extract(Uint8Array.of(1, 2, 3), WINBIO_PURPOSE_IDENTIFY, OPEN));
      },
    ),
    withEngine(
      'A-090',
      'it lists the digests it makes',
      async (engine) => {
        const { hashAlgorithms = [] } = engine.info;
        assert.ok(hashAlgorithms.length > 0 && engine.hashTemplate !== undefined);
        for (const oid of hashAlgorithms) assert.match(oid, /^\d+(\.\d+)+$/);
        assert.equal(new Set(hashAlgorithms).size, hashAlgorithms.length);
      },
      'hashing',
    ),
    withEngine(
      'A-091',
      'SHA-1 is among the digests',
      async (engine) => assert.ok(engine.info.hashAlgorithms?.includes('1.3.14.3.2.26')),
      'hashing',
    ),
    withEngine(
      'A-092',
      'a digest that is not listed is refused',
      async (engine, world) => {
        const template = await world.template(1);
        for (const oid of ['', '1.2.3', 'SHA-256', 'toString']) {
          await rejectsWith('E_INVALIDARG', async () => engine.hashTemplate?.(template, oid));
        }
      },
      'hashing',
    ),
    withEngine(
      'A-093',
      'each digest is of the template as it is, whatever was asked before',
      async (engine, world) => {
        const template = await world.template(1);
        for (const oid of [...(engine.info.hashAlgorithms ?? []), ...(engine.info.hashAlgorithms ?? [])]) {
          const digest = await engine.hashTemplate?.(template.slice(), oid);
          assert.ok(digest !== undefined && digest.length >= 20);
          if (HASH_ALGORITHMS.includes(oid)) assert.deepEqual(digest, await digestOf(template, oid));
        }
      },
      'hashing',
    ),
    withEngine('A-096', 'against no template nothing matches', async (engine, world) => {
      const { match, score } = await engine.verify(await world.features(1, 1), [], OPEN);
      assert.deepEqual([match, score >= 0], [false, true]);
    }),
    withEngine('A-097', 'one template of several is enough to match', async (engine, world) => {
      const templates = [await world.template(2), await world.template(1), await world.template(3)];
      assert.equal((await engine.verify(await world.features(1, 8), templates, OPEN)).match, true);
      assert.equal((await engine.verify(await world.features(4, 8), templates, OPEN)).match, false);
    }),
    withEngine(
      'A-098',
      'an unknown finger is not found, neither among others nor among none',
      async (engine, world) => {
        using gallery = engine.createGallery();
        assert.deepEqual(await world.found(4, gallery), []);
        for (const finger of [1, 2, 3]) gallery.add(finger, await world.template(finger));
        assert.deepEqual(await world.found(4, gallery), []);
      },
    ),
    withEngine('A-099', 'a known finger is found under its record number, best first', async (engine, world) => {
      using gallery = engine.createGallery();
      for (const finger of [1, 2, 3]) gallery.add(finger * 100, await world.template(finger));
      for (const finger of [1, 2, 3]) assert.deepEqual(await world.found(finger, gallery), [finger * 100]);
      gallery.add(7, await world.template(2));
      const scores = (await engine.identify(await world.features(2, 8), gallery, OPEN)).map(({ score }) => score);
      assert.equal(scores.length, 2);
      assert.ok(scores.every((score) => Number.isFinite(score) && score >= 0));
      assert.deepEqual(
        scores,
        [...scores].sort((a, b) => b - a),
      );
    }),
    withEngine('A-102', 'a sample with nothing in it is rejected with a detail', async (engine, { rig }) => {
      const outcome = await engine.extract(await rig.blank(), WINBIO_PURPOSE_IDENTIFY, OPEN);
      assert.equal(outcome.kind, 'rejected');
      assert.ok(outcome.kind === 'rejected' && outcome.detail > 0);
    }),
    withEngine('A-104', 'an enrollment that was ended takes nothing more', async (engine, world) => {
      const builder = engine.createEnrollment(1);
      builder[Symbol.dispose]();
      builder[Symbol.dispose]();
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', async () => builder.add(await world.features(1, 1), OPEN));
      assert.throws(() => builder.template(), isBiometricError);
    }),
    withEngine('A-105', 'an enrollment asks for more until it is complete', async (engine, world) => {
      using builder = engine.createEnrollment(1);
      assert.deepEqual(builder.progress, { kind: 'more-data', detail: 0, percentComplete: 0 });
      let samples = 0;
      let progress = builder.progress;
      while (progress.kind !== 'complete') {
        assert.ok(samples < MAX_SAMPLES, `not complete after ${samples} good samples`);
        assert.equal(progress.kind, 'more-data');
        samples += 1;
        progress = await builder.add(await world.features(1, samples), OPEN);
      }
      assert.ok(engine.info.sampleHint === 0 || samples <= engine.info.sampleHint, 'the sample hint is too small');
      assert.ok(builder.template().length > 0);
    }),
    withEngine('A-106', 'a sample that is not taken leaves an enrollment as it was', async (engine, world) => {
      using builder = engine.createEnrollment(1);
      const before = { ...(await builder.add(await world.features(1, 1), OPEN)) };
      await rejectsWith('WINBIO_E_CANCELED', async () => builder.add(await world.features(1, 2), ABORTED));
      assert.deepEqual(builder.progress, before);
      await assert.rejects(builder.add(new Uint8Array(1), OPEN), isBiometricError);
      assert.equal(builder.progress.percentComplete, before.percentComplete);
      assert.deepEqual(await world.complete(builder, 1, 2), 'complete');
      assert.equal((await engine.verify(await world.features(1, 8), [builder.template()], OPEN)).match, true);
    }),
    withEngine('A-107', 'looking at an enrollment does not change it', async (engine, world) => {
      using builder = engine.createEnrollment(1);
      await builder.add(await world.features(1, 1), OPEN);
      const seen = { ...builder.progress };
      for (let i = 0; i < 5; i++) assert.deepEqual({ ...builder.progress }, seen);
      await world.complete(builder, 1, 2);
      assert.deepEqual(builder.template(), builder.template());
      builder.template().fill(0);
      assert.ok(
        builder.template().some((byte) => byte !== 0),
        'a template is handed out as a copy',
      );
    }),
    withEngine('A-108', 'before it is complete there is no template to hash or to store', async (engine, world) => {
      using builder = engine.createEnrollment(1);
      assert.throws(() => builder.template(), { code: 'WINBIO_E_INVALID_OPERATION' });
      const { kind } = await builder.add(await world.features(1, 1), OPEN);
      if (kind !== 'complete') assert.throws(() => builder.template(), { code: 'WINBIO_E_INVALID_OPERATION' });
    }),
    withEngine('A-110', 'among no references there is no duplicate', async (engine, world) => {
      using gallery = engine.createGallery();
      assert.deepEqual(await engine.findDuplicates(await world.template(1), gallery, OPEN), []);
    }),
    withEngine('A-111', 'the same finger is a duplicate, another one is not', async (engine, world) => {
      using gallery = engine.createGallery();
      for (const finger of [2, 1]) gallery.add(finger, await world.template(finger));
      const again = await world.template(1, 4);
      assert.deepEqual((await engine.findDuplicates(again, gallery, OPEN))[0]?.recordId, 1);
      assert.deepEqual(await engine.findDuplicates(await world.template(3), gallery, OPEN), []);
    }),
    withEngine('A-117', 'every sub-factor is taken, known or not', async (engine) => {
      for (let subFactor = 1; subFactor < 0xff; subFactor++) engine.createEnrollment(subFactor)[Symbol.dispose]();
    }),
    withEngine('A-119', 'progress lies in 0 to 100 and does not fall', async (engine, world) => {
      using builder = engine.createEnrollment(1);
      const seen = [builder.progress.percentComplete];
      for (let i = 1; i <= MAX_SAMPLES; i++) {
        const { kind, percentComplete } = await builder.add(await world.features(1, i), OPEN);
        if (kind !== 'rejected') assert.equal(kind === 'complete', percentComplete === 100);
        seen.push(percentComplete);
      }
      assert.ok(seen.every((percent) => percent >= 0 && percent <= 100));
      assert.deepEqual(
        seen,
        [...seen].sort((a, b) => a - b),
      );
    }),
    withEngine(
      'A-120',
      'in a frame without people there is nobody',
      async (engine, { rig }) => {
        using gallery = engine.createGallery();
        assert.deepEqual(await engine.identifyAll?.(await rig.blank(), gallery, OPEN), []);
      },
      'presence',
    ),
    withEngine('A-121', 'telling a gallery of changes never fails', async (engine, world) => {
      using gallery = engine.createGallery();
      gallery.remove(5);
      gallery.add(5, await world.template(1));
      gallery.remove(6);
      assert.deepEqual(await world.found(1, gallery), [5]);
      gallery.remove(5);
      gallery.remove(5);
      assert.equal(gallery.size, 0);
      assert.deepEqual(await world.found(1, gallery), []);
      gallery.add(5, await world.template(1));
      assert.deepEqual(await world.found(1, gallery), [5]);
    }),
    withEngine('A-171', 'an unknown control code is refused', async (engine) => {
      for (const privileged of [false, true]) {
        const request = { code: 0x7fff_fffe, privileged, sendBuffer: new Uint8Array(), receiveBufferSize: 64 };
        await rejectsWith('E_INVALIDARG', () => engine.control(request, OPEN));
      }
    }),
    withEngine('engine-1', 'its description is complete, and it has what it says', async (engine) => {
      const { info } = engine;
      assert.ok(info.factor > 0 && isGuid(info.templateFormat) && info.sampleHint >= 0);
      assert.equal(info.hashAlgorithms !== undefined, engine.hashTemplate !== undefined);
      assert.equal((info.indexLength ?? 0) > 0, engine.indexVector !== undefined);
      const has: Record<EngineCapability, boolean> = {
        hashing: engine.hashTemplate !== undefined,
        'index-vectors': engine.indexVector !== undefined,
        calibration: engine.calibration !== undefined,
        presence: engine.identifyAll !== undefined,
        selection: info.needsSelector === true,
        control: !lacks.includes('control'),
      };
      for (const [name, present] of Object.entries(has)) {
        assert.equal(present, !lacks.includes(name as EngineCapability), `${name} is not as declared`);
      }
    }),
    withEngine('engine-2', 'what is aborted before it begins ends with CANCELED', async (engine, world) => {
      const features = await world.features(1, 1);
      const template = await world.template(1);
      using gallery = engine.createGallery();
      gallery.add(1, template);
      const calls = [
        async () => engine.extract(await world.rig.sample(1, 1), WINBIO_PURPOSE_ENROLL, ABORTED),
        () => engine.verify(features, [template], ABORTED),
        () => engine.identify(features, gallery, ABORTED),
        () => engine.findDuplicates(template, gallery, ABORTED),
      ];
      for (const call of calls) await rejectsWith('WINBIO_E_CANCELED', call);
      assert.deepEqual(await world.found(1, gallery), [1]);
    }),
    withEngine('engine-6', 'a reference gives way to another one of its number', async (engine, world) => {
      using gallery = engine.createGallery();
      gallery.add(5, await world.template(1));
      gallery.add(5, await world.template(2));
      assert.equal(gallery.size, 1);
      assert.deepEqual(await world.found(2, gallery), [5]);
      assert.deepEqual(await world.found(1, gallery), []);
    }),
    withEngine('engine-3', 'a closed engine refuses everything, and closes again', async (engine, world) => {
      const features = await world.features(1, 1);
      const sample = await world.rig.sample(1, 1);
      using gallery = engine.createGallery();
      gallery.add(1, await world.template(1));
      await Promise.all([engine.close(), engine.close()]);
      const calls = [
        () => engine.extract(sample, WINBIO_PURPOSE_IDENTIFY, OPEN),
        () => engine.verify(features, [features], OPEN),
        () => engine.identify(features, gallery, OPEN),
        async () => engine.createGallery(),
        async () => engine.createEnrollment(1),
      ];
      for (const call of calls) await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', call);
    }),
    withEngine(
      'engine-4',
      'a probe shares a bucket with the template of its finger',
      async (engine, world) => {
        const template = engine.indexVector?.(await world.template(1)) ?? [];
        assert.equal(template.length, engine.info.indexLength);
        assert.ok(template.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket <= 0xffff_ffff));
        for (const impression of [1, 4, 8]) {
          assert.ok(sharesBucket(engine.indexVector?.(await world.features(1, impression)) ?? [], template));
        }
      },
      'index-vectors',
    ),
    withEngine(
      'engine-5',
      'it takes a calibration format it is offered, or says that there is none for it',
      async (engine) => {
        const offered = '0F0E0D0C-0B0A-4908-8706-050403020100';
        try {
          const chosen = engine.calibration?.select([offered]);
          if (chosen !== undefined) assert.ok(chosen.format === offered && chosen.maxBytes <= 4096);
        } catch (error) {
          assert.ok(isBiometricError(error) && error.code === 'WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT');
        }
      },
      'calibration',
    ),
  ];
}

/** The rig, and what tests make of its samples. */
class World {
  readonly rig: EngineRig;

  constructor(rig: EngineRig) {
    this.rig = rig;
  }

  async features(finger: number, impression: number): Promise<Uint8Array> {
    return await extract(this.rig.engine, await this.rig.sample(finger, impression));
  }

  async template(finger: number, firstImpression = 1): Promise<Uint8Array> {
    using builder = this.rig.engine.createEnrollment(1);
    await this.complete(builder, finger, firstImpression);
    return builder.template();
  }

  /** Adds impressions until the template is complete. */
  async complete(builder: EnrollmentBuilder, finger: number, firstImpression: number): Promise<string> {
    for (let i = firstImpression; i <= MAX_SAMPLES && builder.progress.kind !== 'complete'; i++) {
      await builder.add(await this.features(finger, i), OPEN);
    }
    return builder.progress.kind;
  }

  async found(finger: number, gallery: ReturnType<EngineAdapter['createGallery']>): Promise<number[]> {
    const candidates = await this.rig.engine.identify(await this.features(finger, 8), gallery, OPEN);
    return candidates.map(({ recordId }) => recordId);
  }
}

async function extract(engine: EngineAdapter, sample: Uint8Array): Promise<Uint8Array> {
  const outcome = await engine.extract(sample, WINBIO_PURPOSE_ENROLL, OPEN);
  if (outcome.kind !== 'features') assert.fail(`a good sample was rejected with detail ${outcome.detail}`);
  return outcome.features;
}

async function digestOf(template: Uint8Array, oid: string): Promise<Uint8Array> {
  const name = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'][HASH_ALGORITHMS.indexOf(oid)] ?? '';
  return new Uint8Array(await crypto.subtle.digest(name, new Uint8Array(template)));
}

/** Rejects unless the input is refused with one of the codes of bad input. */
async function refuses(attempt: () => Promise<unknown>): Promise<void> {
  const thrown: unknown = await attempt().then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(isBiometricError(thrown) && REFUSALS.includes(thrown.code), `expected a refusal, got ${String(thrown)}`);
}
