/** The fingerprint engine on Node.js for Windows: what it makes of a print is the same, bit by bit. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { synthesizeFinger } from '../../../src/fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../../src/fingerprint/synthesis/synthesize-impression.ts';
import { encodePng } from '../../../src/formats/index.ts';
import { NO_WINE, Wine } from './wine.ts';

const wine = test.skipIf(NO_WINE);
let windows: Wine;

beforeAll(() => {
  if (!NO_WINE) windows = Wine.prepare();
});
afterAll(() => windows?.[Symbol.asyncDispose]());

wine('a template and a score are those of this machine', async () => {
  const { folder } = windows;
  const finger = synthesizeFinger(7);
  for (const [name, seed] of [
    ['one', 1],
    ['other', 2],
  ] as const) {
    writeFileSync(join(folder, `${name}.png`), encodePng(synthesizeImpression(finger, { seed })));
  }
  const extract = (name: string) => ['extract', 'one.png', '--out', name];
  const compare = ['compare', 'one.png', 'other.png', '--json'];
  const main = join(folder, 'node_modules/@whorl/daemon/dist/cli/main.js');
  const here = (args: readonly string[]) =>
    execFileSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8' });
  here(extract('here.template'));
  const extracted = await windows.whorl(...extract('there.template')).ended;
  expect(extracted.status, extracted.stderr).toBe(0);
  expect(readFileSync(join(folder, 'there.template'))).toEqual(readFileSync(join(folder, 'here.template')));
  const compared = await windows.whorl(...compare).ended;
  expect(JSON.parse(compared.stdout)).toEqual(JSON.parse(here(compare)));
});
