/** Builds the console before its tests; warns when there is no browser to run them in. */

import { build } from 'vite';
import { chromiumPath } from './console-rig.ts';

export async function setup(): Promise<void> {
  if (chromiumPath() === undefined) {
    throw new TypeError('tests in a browser need chromium: install it, or name it in CHROMIUM');
  }
  await build({ configFile: 'console/vite.config.ts' });
}
