/** Keeps the shell of the console in the browser, so that it opens at once and says that the service is away. */

/** Registers the worker that does it; where browsers allow none, nothing is kept. */
export function keepShell(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  void navigator.serviceWorker.register('./worker.js').catch(() => undefined);
}
