import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BiometricError, deserializeError, isBiometricError, toBiometricError } from './biometric-error.ts';
import { CODES, codeEntry, codeName } from './codes.ts';
import { FAILED, formatHresult, SUCCEEDED } from './hresult.ts';
import * as constants from './result-constants.ts';

test('every code has a number, a name and a constant of its own', () => {
  const numbers = Object.values(CODES).map(({ hresult }) => hresult);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const [name, { hresult, kind }] of Object.entries(CODES)) {
    expect(codeName(hresult)).toBe(name);
    expect(SUCCEEDED(hresult)).toBe(kind === 'success');
  }
  const named = Object.fromEntries(Object.entries(CODES).map(([name, { hresult }]) => [name, hresult]));
  expect({ ...constants }).toEqual(named);
});

test('the comment of every constant says what the table says', () => {
  const source = readFileSync(new URL('./result-constants.ts', import.meta.url), 'utf8');
  for (const [name, { hresult, meaning }] of Object.entries(CODES)) {
    expect(source).toContain(`/** ${formatHresult(hresult)}: ${meaning}. */\nexport const ${name}: HRESULT`);
  }
});

test('numbers that no table lists survive', () => {
  const error = new BiometricError(0x80041234);
  expect([error.code, error.hresult, codeEntry(0x80041234)]).toEqual(['HRESULT_0x80041234', 0x80041234, undefined]);
  // Signed or unsigned, the same code.
  expect(new BiometricError(0x80098004 | 0).code).toBe('WINBIO_E_CANCELED');
  expect(FAILED(0x80098004 | 0)).toBe(true);
});

test('errors cross a boundary whole and are known by any copy of the package', () => {
  const cause = new TypeError('first');
  const error = new BiometricError('WINBIO_E_DEVICE_FAILURE', 'lamp is out', {
    unitId: 3,
    operation: 'identify',
    cause,
  });
  const copy = deserializeError(structuredClone(error.serialize()));
  expect(copy).toMatchObject({ code: error.code, message: 'lamp is out', unitId: 3, operation: 'identify' });
  expect([isBiometricError(copy), isBiometricError(cause), isBiometricError(null)]).toEqual([true, false, false]);
  expect(toBiometricError(cause)).toMatchObject({ code: 'E_UNEXPECTED', message: 'first', cause });
  expect(new BiometricError('WINBIO_E_CANCELED').name).toBe('AbortError');
});
