/**
 * Keeps the files of the console, which are the same for everyone: the page, scripts, styles, pictures of the interface.
 * Data of the service comes over a WebSocket and is never kept.
 */

const KEPT = 'whorl-shell-1';
const SHELL = /\/(?:assets\/[^/]+|manifest\.webmanifest|icon[^/]*|)$/;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  const others = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(others.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || !SHELL.test(url.pathname)) return;
  event.respondWith(url.pathname.includes('/assets/') ? keptFirst(request) : freshFirst(request));
});

/** Assets have their content in their name. */
async function keptFirst(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request)) ?? (await fetched(kept, request));
}

/** The page names its assets: a new one is preferred, an old one does while the service is away. */
async function freshFirst(request) {
  const kept = await caches.open(KEPT);
  try {
    return await fetched(kept, request);
  } catch (thrown) {
    const old = await kept.match(request);
    if (old === undefined) throw thrown;
    return old;
  }
}

async function fetched(kept, request) {
  const response = await fetch(request);
  if (response.ok && response.type === 'basic') await kept.put(request, response.clone());
  return response;
}
