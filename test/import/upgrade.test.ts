/** Templates of an earlier version are upgraded from the pictures they were made of, and from nothing else. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { connect, PRIVATE_DATABASE_ID, type WhorlService } from '../../src/exports/whorl/index.ts';
import {
  decodeTemplate,
  encodeTemplate,
  extract,
  synthesizeFinger,
  synthesizeImpression,
} from '../../src/fingerprint/index.ts';
import { encodePng } from '../../src/formats/index.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';

const databaseId = PRIVATE_DATABASE_ID;
const pictureOf = (finger: number, seed: number) => synthesizeImpression(synthesizeFinger(finger), { seed });

let folder: ReturnType<typeof temporaryFolder>;
let daemon: Daemon;
let service: WhorlService;
beforeAll(async () => {
  folder = temporaryFolder();
  daemon = await startHere(folder.path, { databases: [{ id: databaseId, pool: 'private' }] });
  service = await connect({ address: daemon.address });
  const rows = ['Ada', 'Bert'].map((person, i) => ({ person, finger: 'right-index', print: earlier(71 + i, [1, 2]) }));
  for await (const { kind } of service.administration.importTemplates(rows, { databaseId }))
    expect(kind).toBe('stored');
  const pictures = join(folder.path, 'pictures');
  mkdirSync(pictures);
  const write = (name: string, finger: number, seed: number) =>
    writeFileSync(join(pictures, name), encodePng(pictureOf(finger, seed)));
  write('Ada_right-index_1.png', 71, 1);
  write('Ada_right-index_2.png', 71, 2);
  write('Ada_right-index_3.png', 71, 3);
  write('Bert_right-index_1.png', 71, 1);
  write('Bert_left-index_1.png', 72, 1);
});
afterAll(async () => {
  await service.close();
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

test('each picture upgrades what was made of it, once', async () => {
  const dry = await upgrade('--dry-run');
  expect(dry.counts).toMatchObject({ accepted: 2, unused: 3 });
  const done = await upgrade();
  expect(done.code).toBe(0);
  expect(done.counts).toMatchObject({ upgraded: 2, unused: 3, stored: 0, replaced: 0, rejected: 0 });
  const again = await upgrade();
  expect(again.counts).toMatchObject({ upgraded: 0, unused: 5 });
});

test('it neither replaces nor adds, and says so', async () => {
  const rows = [{ person: 'Ada', finger: 'right-index', print: earlier(71, [1]) }];
  const both = { databaseId, upgrade: true, replace: true };
  expect(() => service.administration.importTemplates(rows, both)).toThrow(/neither replaces nor adds/);
});

/** A template as version 1 made it: without phase samples. */
function earlier(finger: number, seeds: readonly number[]): Uint8Array {
  const views = seeds.map((seed) => {
    const made = extract(pictureOf(finger, seed));
    const [{ texture: _, ...impression }] = decodeTemplate(
      made.kind === 'features' ? made.features : new Uint8Array(),
    ) as [ReturnType<typeof decodeTemplate>[number]];
    return impression;
  });
  const template = encodeTemplate(views);
  expect(template[4]).toBe(1);
  return template;
}

async function upgrade(...more: readonly string[]) {
  const args = ['templates', 'upgrade', join(folder.path, 'pictures'), '--pattern', '{person}_{finger}_*.png'];
  const own = ['--database', databaseId, '--address', daemon.address, '--json', ...more];
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args, ...own]);
  let stdout = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...(JSON.parse(stdout) as { counts: Record<string, number> }) };
}
