/** Suites that need a browser. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { chromiumPath } from './console-rig.ts';

const BUILT = fileURLToPath(new URL('../../dist/console/index.html', import.meta.url));

/** A suite; where there is no browser, or no console to open in it, it is skipped and its name says why. */
export function describeInBrowser(name: string, tests: () => void): void {
  const missing = whatIsMissing();
  if (missing === undefined) describe(name, tests);
  else describe.skip(`${name}: ${missing}`, tests);
}

function whatIsMissing(): string | undefined {
  if (chromiumPath() === undefined) return 'no chromium in the PATH, and CHROMIUM is not set';
  return existsSync(BUILT) ? undefined : 'the console is not built (npm run build)';
}
