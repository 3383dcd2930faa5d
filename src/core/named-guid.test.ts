import { expect, test } from 'vitest';
import { namedGuid } from './named-guid.ts';

test('is that of RFC 9562, appendix A.4', async () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(await namedGuid(dns, 'www.example.com')).toBe('2ED6657D-E927-568B-95E1-2665A8AEA6A2');
});

test('needs a namespace', async () => {
  await expect(namedGuid('members', '1')).rejects.toMatchObject({ code: 'E_INVALIDARG' });
});
