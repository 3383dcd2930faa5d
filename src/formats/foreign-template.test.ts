import { expect, test } from 'vitest';
import { foreignTemplate } from './foreign-template.ts';

test.each([
  ['SvlTUzIxAAADur0ECAUHCc7Q', 'ZKTeco'],
  ['TAVTUzIxAAAFRkYECAUHCc7Q', 'ZKTeco'],
  ['AOg3Acgp43NcwEE381mKK', 'DigitalPersona'],
  ['p/8BHrkAtgABVQ==', 'Griaule'],
  ['RlAzAAAA', 'libfprint'],
  ['p2d2ZXJzaW9u', 'SourceAFIS'],
])('%s is told', (base64, vendor) => {
  expect(foreignTemplate(Buffer.from(base64, 'base64'))).toContain(vendor);
});

test('other bytes are nobody\u2019s', () => {
  for (const bytes of [new Uint8Array(), Uint8Array.of(1, 2), new TextEncoder().encode('FMR\0 20\0')]) {
    expect(foreignTemplate(bytes)).toBeUndefined();
  }
});
