/** What a web page loads runs in every current browser: Safari has neither `using` nor the symbols of disposal. */

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const USING = /^\s*(?:await )?using \w+ =/m;

/** The files that an entry loads, the entry among them. */
function loadedBy(entry: string, files = new Set<string>()): Set<string> {
  if (files.has(entry)) return files;
  files.add(entry);
  for (const [, path = ''] of readFileSync(entry, 'utf8').matchAll(
    /^(?:import|export)\s(?!type)[^;]*?from '(\.[^']+)'/gms,
  )) {
    loadedBy(resolve(dirname(entry), path), files);
  }
  return files;
}

test('no file that a page loads uses a declaration that Safari does not read', () => {
  const files = loadedBy(resolve('src/exports/whorl/client/browser.ts'));
  expect(files.size).toBeGreaterThan(30);
  expect([...files].some((file) => file.endsWith('stay-connected.ts'))).toBe(true);
  expect([...files].filter((file) => USING.test(readFileSync(file, 'utf8')))).toEqual([]);
});
