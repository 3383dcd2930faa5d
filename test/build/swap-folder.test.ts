/** A build changes the files of running programs under their feet: none may be missing or half written, ever. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeBuildLock } from '../../tools/build/build-lock.ts';
import { swapFolder } from '../../tools/build/swap-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-build-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(root: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(folder, root);
}

describe('a folder that is swapped', () => {
  test('has the new content, and nothing else', () => {
    const target = write('dist', { 'a.js': 'old', 'same.js': 'same', 'gone/b.js': 'old' });
    const before = statSync(join(target, 'same.js')).ino;
    swapFolder(write('staged', { 'a.js': 'new', 'same.js': 'same', 'deep/c.js': 'new' }), target);
    const names = readdirSync(target, { recursive: true, encoding: 'utf8' });
    expect(names.sort()).toEqual(['a.js', 'deep', join('deep', 'c.js'), 'same.js']);
    expect(statSync(join(target, 'same.js')).ino).toBe(before);
  });

  test('is whole at every instant for a program that reads it', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}.js`, `${'x'.repeat(5000)}1`]));
    const target = write('dist', files);
    const program = `
      const { readFileSync } = require('node:fs');
      const { parentPort, workerData } = require('node:worker_threads');
      let [reads, bad, on] = [0, 0, true];
      parentPort.once('message', () => { on = false; });
      (function round() {
        for (const path of workerData) {
          reads += 1;
          try { if (readFileSync(path, 'utf8').length !== 5001) bad += 1; } catch { bad += 1; }
        }
        if (on) setImmediate(round); else parentPort.postMessage({ reads, bad });
      })();
      parentPort.postMessage('reads');`;
    const paths = Object.keys(files).map((name) => join(target, name));
    const reader = new Worker(program, { eval: true, workerData: paths });
    const answer = () => new Promise<unknown>((resolve) => reader.once('message', resolve));
    await answer();
    for (let build = 0; build < 20; build++) {
      const text = `${'x'.repeat(5000)}${build % 10}`;
      swapFolder(write('staged', Object.fromEntries(Object.keys(files).map((name) => [name, text]))), target);
    }
    const counted = answer();
    reader.postMessage('end');
    const { reads, bad } = (await counted) as { readonly reads: number; readonly bad: number };
    await reader.terminate();
    expect(reads).toBeGreaterThan(100);
    expect(bad).toBe(0);
  });
});

test('a second build waits for the first, and says so', async () => {
  const path = join(folder, 'lock');
  const first = takeBuildLock(path, () => {});
  const program = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ takeBuildLock }) => {
      const lock = takeBuildLock(workerData.path, () => parentPort.postMessage('waits'));
      parentPort.postMessage('has it');
      lock[Symbol.dispose]();
    });`;
  const module = new URL('../../tools/build/build-lock.ts', import.meta.url).href;
  const second = new Worker(program, { eval: true, workerData: { module, path } });
  const said: string[] = [];
  second.on('message', (text: string) => {
    said.push(text);
    if (text === 'waits') first[Symbol.dispose]();
  });
  await new Promise((resolve) => second.once('exit', resolve));
  expect(said).toEqual(['waits', 'has it']);
});
