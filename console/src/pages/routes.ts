/** The pages, each with its title; the hash of the address names the page. */

import { type ReadonlySignal, signal } from '@preact/signals';

export const PAGES = {
  units: 'Units',
  touch: 'Touch',
  enroll: 'Enroll',
  identify: 'Identify',
  templates: 'Templates',
  events: 'Events',
  health: 'Health',
} as const;

export type PageName = keyof typeof PAGES;

/** The page that a hash names; the first page if it names none. */
export function pageOf(hash: string): PageName {
  const name = hash.slice(1);
  return Object.hasOwn(PAGES, name) ? (name as PageName) : 'units';
}

/** The page that the address names, as it changes. */
export function followRoute(): ReadonlySignal<PageName> {
  const page = signal(pageOf(location.hash));
  addEventListener('hashchange', () => {
    page.value = pageOf(location.hash);
  });
  return page;
}
