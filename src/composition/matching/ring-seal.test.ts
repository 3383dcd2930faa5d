import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { SealingKey } from '../../storage/sealed/keyring.ts';
import { RingSeal } from './ring-seal.ts';

const DATABASE = 'B0000000-0000-4000-8000-00000000000B';
const [first, second] = [randomBytes(32), randomBytes(32)].map((key) => new SealingKey(key)) as [
  SealingKey,
  SealingKey,
];
const ring = (...keys: [SealingKey, ...SealingKey[]]) => ({
  current: keys[0],
  byId: (keyId: number) => keys.find((key) => key.keyId === keyId),
});
const message = Uint8Array.of(1, 2, 3);

test('while keys are rotated all read each other', () => {
  const before = new RingSeal(ring(first, second), DATABASE);
  const after = new RingSeal(ring(second, first), DATABASE);
  expect(after.open(before.seal(message, 'p'), 'p')).toEqual(message);
  expect(before.open(after.seal(message, 'p'), 'p')).toEqual(message);
});

test('another key, another database, another purpose and changed bytes are refused', () => {
  const seal = new RingSeal(ring(first), DATABASE);
  const sealed = seal.seal(message, 'p');
  const refused = (open: () => unknown) => expect(open).toThrow(expect.objectContaining({ code: 'WHORL_E_PROTOCOL' }));
  refused(() => new RingSeal(ring(second), DATABASE).open(sealed, 'p'));
  refused(() => new RingSeal(ring(first), DATABASE.replace('B0', 'C0')).open(sealed, 'p'));
  refused(() => seal.open(sealed, 'q'));
  for (let i = 0; i < sealed.length; i++) refused(() => seal.open(sealed.with(i, sealed[i]! ^ 1), 'p'));
  for (let length = 0; length < sealed.length; length++) refused(() => seal.open(sealed.subarray(0, length), 'p'));
  expect(seal.seal(message, 'p')).not.toEqual(sealed);
});
