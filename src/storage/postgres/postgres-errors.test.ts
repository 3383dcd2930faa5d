import { expect, test } from 'vitest';
import { BiometricError } from '../../core/biometric-error.ts';
import { PostgresConnection } from './postgres-connection.ts';
import { isAnswer, postgresError } from './postgres-errors.ts';

function fault(code: string | undefined, message = 'words') {
  return Object.assign(new TypeError(message), code === undefined ? {} : { code });
}

test.each([
  ['ECONNREFUSED', 'WHORL_E_OFFLINE', false],
  ['08006', 'WHORL_E_OFFLINE', false],
  ['57P01', 'WHORL_E_OFFLINE', false],
  ['57014', 'WHORL_E_OFFLINE', true],
  ['25006', 'WHORL_E_READ_ONLY', true],
  ['23505', 'WINBIO_E_DUPLICATE_ENROLLMENT', true],
  ['28P01', 'WHORL_E_CONFIGURATION', true],
  ['42P01', 'WHORL_E_CONFIGURATION', true],
  ['55P03', 'WINBIO_E_DATABASE_LOCKED', true],
  ['53100', 'WINBIO_E_DATABASE_FULL', true],
  ['XX001', 'WINBIO_E_DATABASE_CORRUPTED', true],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'WHORL_E_CONFIGURATION', false],
  ['22P02', 'WINBIO_E_DATABASE_WRITE_ERROR', true],
])('%s is %s', (code, expected, answered) => {
  expect(postgresError(fault(code), 'write')).toMatchObject({ code: expected });
  expect(isAnswer(fault(code))).toBe(answered);
});

test('what has no code is known by its words; what is known already stays', () => {
  expect(postgresError(fault(undefined, 'Query read timeout'), 'read')).toMatchObject({ code: 'WHORL_E_OFFLINE' });
  expect(postgresError(fault(undefined, 'anything'), 'read')).toMatchObject({ code: 'WINBIO_E_DATABASE_READ_ERROR' });
  const known = new BiometricError('WHORL_E_STALE');
  expect(postgresError(known, 'write')).toBe(known);
});

test('options of connections are checked', () => {
  const wrong: readonly [object, RegExp][] = [
    [{ url: 'mysql://db1' }, /postgres:\/\//],
    [{ url: 'postgres://db1/whorl', schema: 'Whorl' }, /small letters/],
    [{ url: 'postgres://db1/whorl', timeout: 1 }, /timeoutMs/],
    [{ url: 'postgres://db1/whorl', tls: { certificate: 'a' } }, /certificate and key/],
    [{}, /give url/],
  ];
  for (const [options, words] of wrong) {
    expect(() => new PostgresConnection(options as { readonly url: string })).toThrow(
      expect.objectContaining({ code: 'E_INVALIDARG', message: expect.stringMatching(words) }),
    );
  }
});
