import { expect, test } from 'vitest';
import { workerEntry } from './worker-entry.ts';

test('a worker that a bundler left behind is named, with what to do', () => {
  const starter = new URL('../composition/threads/engine-threads.ts', import.meta.url).href;
  expect(workerEntry('engine-worker', starter).href).toMatch(/engine-worker\.ts$/);
  expect(() => workerEntry('no-such-worker', starter)).toThrow(
    expect.objectContaining({ code: 'WHORL_E_CONFIGURATION', message: expect.stringMatching(/bundler.*external/) }),
  );
});
