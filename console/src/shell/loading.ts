/** Loads the pages that the first one does without: in good time, and again when the service was away. */

import type { ComponentType } from 'preact';
import type { PageProps } from '../frame/page-props.ts';
import { allTexts } from '../words/speech.ts';
import { FIRST_PAGE, ROUTES, type Route } from './routes.ts';

const TRIES = 10;
const AGAIN_MS = 1000;

/** A page whose script or texts did not come. Some browsers never ask for a script again until they reload. */
export class NotLoaded extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : 'the page was not loaded', { cause });
    this.name = 'NotLoaded';
  }
}

/** A page with its texts. Tries for some seconds: a service that starts again is back by then. */
export async function loadPage(route: Route): Promise<ComponentType<PageProps>> {
  for (let tries = 1; ; tries += 1) {
    try {
      const [View] = await Promise.all([route.load(), route === ROUTES[FIRST_PAGE] ? undefined : allTexts()]);
      return View;
    } catch (thrown) {
      if (tries === TRIES) throw new NotLoaded(thrown);
    }
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

/** Loads what the other pages need, so that the next one has not to wait, nor for a service that is away. */
export async function loadRest(): Promise<void> {
  await allTexts().catch(() => undefined);
  for (const route of Object.values<Route>(ROUTES)) await route.load().catch(() => undefined);
}
