import { expect, test } from 'vitest';
import { takePairingToken } from './pairing-link.ts';

test('a token is taken once and leaves no trace in the address', () => {
  const replaced: unknown[] = [];
  const history = { replaceState: (_: unknown, __: string, url?: string | URL | null) => replaced.push(url) };
  const location = { hash: '#pair=a_B-9', pathname: '/', search: '' };
  expect(takePairingToken(location, history)).toBe('a_B-9');
  expect(replaced).toEqual(['/']);
  expect(takePairingToken({ ...location, hash: '#enroll' }, history)).toBeUndefined();
  expect(replaced).toHaveLength(1);
});
