import { describe, expect, test } from 'vitest';
import { BiometricError } from '../../../src/exports/whorl/client/browser.ts';
import { connectionWords, faultWords, rejectWords } from './fault-words.ts';

describe('a connection that fails says at which stage', () => {
  const reach = new BiometricError('WHORL_E_SERVICE_NOT_RUNNING', undefined, { stage: 'reach' });
  const origin = new BiometricError('E_ACCESSDENIED', undefined, { stage: 'origin' });
  const permission = new BiometricError('E_ACCESSDENIED', undefined, { stage: 'permission' });
  const denied = new BiometricError('E_ACCESSDENIED', undefined, { stage: 'authorize' });
  const other = new BiometricError('WHORL_E_PROTOCOL', undefined, { stage: 'version' });
  test.each([
    [connectionWords(reach), 'not running', 'whorl serve'],
    [connectionWords(origin), 'refused', 'http.origins'],
    [connectionWords(permission), 'browser keeps', 'local network'],
    [connectionWords(denied), 'not paired', 'whorl console'],
    [connectionWords(other), 'different versions', 'Reload'],
    [connectionWords(new BiometricError('WHORL_E_CONNECTION_LOST')), 'lost', 'by itself'],
  ])('%s', (words, title, advice) => {
    expect(words.title).toContain(title);
    expect(words.advice).toContain(advice);
  });
});

test('a fault without words of its own has its meaning, its remedy and its code', () => {
  expect(faultWords(new BiometricError('WINBIO_E_DATABASE_FULL'))).toEqual({
    code: 'WINBIO_E_DATABASE_FULL',
    title: 'no room for another record',
    advice: 'Delete what is no longer needed, then try again.',
  });
  expect(faultWords(new TypeError('x is not a function')).advice).toBe('x is not a function');
});

test('a reject detail nobody listed still says what to do', () => {
  expect(rejectWords(1).advice).toBe('Move the finger down.');
  expect(rejectWords(4711).advice).toBe('Touch again.');
});
