import { expect, test } from 'vitest';
import type { Position } from '../../adapters/shared-history.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { GallerySource } from './gallery-source.ts';
import { KnownHistory } from './known-history.ts';

const at = (change: number, token = `token ${change}`, incarnation = 'one'): Position => ({
  incarnation,
  change,
  token,
});

/** A database that knows changes up to 10,000 by their tokens, and says when it is asked. */
function sourceThat(answers: 'knows' | 'offline') {
  const asked: number[] = [];
  const source = {
    async *changes(after: Position) {
      asked.push(after.change);
      if (answers === 'offline') throw new BiometricError('WHORL_E_OFFLINE');
      if (after.token !== `token ${after.change}`) throw new BiometricError('WHORL_E_RESYNC');
      yield [];
    },
  } as unknown as GallerySource;
  return { source, asked };
}

test('tells two histories apart in which a change has the same number', async () => {
  const { source, asked } = sourceThat('knows');
  const history = new KnownHistory(source, at(5));
  history.note(at(6));
  expect(await history.has(at(6))).toBe(true);
  expect(await history.has(at(6, 'of the server that was promoted'))).toBe(false);
  expect(await history.has(at(6, 'token 6', 'restored'))).toBe(false);
  expect(await history.has(at(0, ''))).toBe(true);
  expect(asked).toEqual([]);
});

test('asks the database about changes that it did not see, once', async () => {
  const { source, asked } = sourceThat('knows');
  const history = new KnownHistory(source, at(100));
  expect(await history.has(at(50))).toBe(true);
  expect(await history.has(at(50))).toBe(true);
  expect(await history.has(at(51, 'another'))).toBe(false);
  expect(asked).toEqual([50, 51]);
});

test('does not guess while the database cannot be asked', async () => {
  const history = new KnownHistory(sourceThat('offline').source, at(100));
  expect(await history.has(at(100))).toBe(true);
  await expect(history.has(at(50))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
});
