/** The address of what is shown: a page, what of it, and its filters. Back, reload and links keep all of it. */

import { type ReadonlySignal, signal } from '@preact/signals';

/** `#/people?text=ada` is the page `people` with the query `text`. */
export interface Address {
  readonly page: string;
  /** What of the page: an identity, a place. */
  readonly rest: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

/** Leaves the query out when it is empty; empty values are left out of it. */
export function linkTo(
  page: string,
  rest: readonly string[] = [],
  query: Readonly<Record<string, string>> = {},
): string {
  const path = [page, ...rest].map(encodeURIComponent).join('/');
  const set = Object.entries(query).filter(([, value]) => value !== '');
  return `#/${path}${set.length === 0 ? '' : `?${new URLSearchParams(set)}`}`;
}

/** Reads a fragment; anything else is the page '' . */
export function addressOf(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...rest] = path.split('/').map(decoded);
  return { page, rest, query: Object.fromEntries(new URLSearchParams(query)) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const shown = signal(addressOf(location.hash));

/** Asked before the page changes; `false` keeps it. */
type Guard = (next: Address) => boolean;
let guard: Guard | undefined;

export const address: ReadonlySignal<Address> = shown;

/** Goes to an address made by {@link linkTo}. */
export function go(link: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = link;
  else {
    history.replaceState(null, '', link);
    arrive();
  }
}

/** Changes some of the query: a filter replaces the address, so that Back leaves the page. */
export function changeQuery(change: Readonly<Record<string, string>>, how: 'push' | 'replace' = 'replace'): void {
  const { page, rest, query } = shown.value;
  go(linkTo(page, rest, { ...query, ...change }), how);
}

/** While `ask` is set, another page is shown only if it answers true. Returns how to end that. */
export function guardLeaving(ask: Guard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = undefined;
  };
}

/** Follows the fragment. Call once. */
export function followAddress(): void {
  // The token of a console link is gone from the address by now.
  shown.value = addressOf(location.hash);
  addEventListener('hashchange', arrive);
}

function arrive(): void {
  // A console link, opened while the console is: it pairs, and leads nowhere.
  if (location.hash.startsWith('#pair=')) return;
  const next = addressOf(location.hash);
  const now = shown.value;
  const isAnother = next.page !== now.page || next.rest.join('/') !== now.rest.join('/');
  if (isAnother && guard?.(next) === false) {
    history.pushState(null, '', linkTo(now.page, now.rest, now.query));
    return;
  }
  shown.value = next;
}
