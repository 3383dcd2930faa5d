import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBiometricError } from './biometric-error.ts';
import { guidFromBytes, guidToBytes, normalizeGuid } from './guid.ts';
import {
  type Identity,
  identityFromBytes,
  identityToBytes,
  isIdentity,
  NULL_IDENTITY,
  sameIdentity,
  WILDCARD_IDENTITY,
} from './identity.ts';
import { isSid, sidFromBytes, sidToBytes } from './sid.ts';

const sid = fc
  .tuple(fc.nat(0xffffffff), fc.array(fc.nat(0xffffffff), { maxLength: 15 }))
  .map(([authority, parts]) => ['S', 1, authority, ...parts].join('-'));
const guid = fc.uuid().map((text) => text.toUpperCase());
const identity: fc.Arbitrary<Identity> = fc.oneof(
  sid.map((text) => ({ type: 'sid', sid: text }) as const),
  guid.map((text) => ({ type: 'guid', guid: text }) as const),
  fc.constant(NULL_IDENTITY),
  fc.constant(WILDCARD_IDENTITY),
);

test('identities, SIDs and GUIDs come back from their bytes', () => {
  fc.assert(
    fc.property(identity, (value) => {
      const bytes = identityToBytes(value);
      expect(bytes).toHaveLength(76);
      expect(sameIdentity(identityFromBytes(bytes), value)).toBe(true);
      expect(isIdentity(value)).toBe(true);
    }),
  );
  fc.assert(fc.property(sid, (text) => sidFromBytes(sidToBytes(text)) === text));
  fc.assert(fc.property(guid, (text) => guidFromBytes(guidToBytes(text)) === text));
});

test('a GUID has its first three fields in little-endian order', () => {
  const bytes = guidToBytes('{00112233-4455-6677-8899-aabbccddeeff}');
  expect([...bytes.subarray(0, 10)]).toEqual([0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99]);
});

test('any bytes are an identity or a coded error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
      try {
        expect(isIdentity(identityFromBytes(bytes))).toBe(true);
      } catch (thrown) {
        expect(isBiometricError(thrown) && thrown.code).toBe('E_INVALIDARG');
      }
    }),
  );
});

test.each(['', 'S-1', 'S-2-5-18', 'S-1-5-4294967296', `S-1-5${'-1'.repeat(16)}`, 'S-1-5-', 'root', null, 5])(
  '%s is no SID',
  (text) => expect(isSid(text)).toBe(false),
);

test('a GUID is compared without regard to case and braces', () => {
  expect(normalizeGuid('{a3d9e6b2-7c41-4f0a-8b1e-92c5d47f6038}')).toBe('A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038');
  expect(() => normalizeGuid('A3D9E6B2')).toThrow(/not a GUID/);
});
