import { expect, test } from 'vitest';
import { workerEntry } from './worker-entry.ts';

test('a worker that a bundler left behind is named, with what to do', () => {
  expect(workerEntry('engine-worker', import.meta.url).href).toMatch(/engine-worker\.ts$/);
  expect(() => workerEntry('no-such-worker', import.meta.url)).toThrow(
    expect.objectContaining({ code: 'WHORL_E_CONFIGURATION', message: expect.stringMatching(/bundler.*external/) }),
  );
});
