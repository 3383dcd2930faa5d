/** Suites that need a browser. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { ConsoleRig, chromiumPath, launchBrowser } from './console-rig.ts';

const BUILT = fileURLToPath(new URL('../../packages/daemon/dist/console/index.html', import.meta.url));

/** A suite. Without a browser, or a console to open in it, it is skipped and its name says why. */
export function describeInBrowser(name: string, tests: () => void): void {
  const missing = whatIsMissing();
  if (missing === undefined) describe(name, tests);
  else describe.skip(`${name}: ${missing}`, tests);
}

/** A suite with its own browser and a new console for each test; a test fails when a page complains. */
export function describeConsole(name: string, tests: (rig: () => ConsoleRig) => void): void {
  describeInBrowser(name, () => {
    let browser: Browser;
    let rig: ConsoleRig;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => await browser.close());
    beforeEach(async () => {
      rig = await ConsoleRig.start(browser);
    });
    afterEach(async () => {
      await rig[Symbol.asyncDispose]();
      expect(rig.complaints).toEqual([]);
    });
    tests(() => rig);
  });
}

function whatIsMissing(): string | undefined {
  if (chromiumPath() === undefined) return 'no chromium in the PATH, and CHROMIUM is not set';
  return existsSync(BUILT) ? undefined : 'the console is not built (npm run build)';
}
