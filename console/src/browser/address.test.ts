import { expect, test, vi } from 'vitest';

vi.stubGlobal('location', { hash: '' });
const { addressOf, linkTo } = await import('./address.ts');

test('an address holds the page, what of it, and its filters, whatever is in them', () => {
  const query = { text: 'Ada & Grace', page: '3', empty: '' };
  const link = linkTo('person', ['S-1-22-1-0', 'a/b?c'], query);
  expect(addressOf(link)).toEqual({
    page: 'person',
    rest: ['S-1-22-1-0', 'a/b?c'],
    query: { text: 'Ada & Grace', page: '3' },
  });
});

test('what is no address is the first page, and broken escapes are kept as they are', () => {
  expect(addressOf('')).toEqual({ page: '', rest: [], query: {} });
  expect(addressOf('#/people/%E0%A4%A')).toEqual({ page: 'people', rest: ['%E0%A4%A'], query: {} });
});
