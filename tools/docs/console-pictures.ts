/**
 * Takes the pictures of `docs/pictures/` from a running console with synthetic fingers. Usage: node
 * tools/docs/console-pictures.ts
 */

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import {
  beginEnrolling,
  ConsoleRig,
  enroll,
  enrollmentState,
  goTo,
  identify,
  launchBrowser,
  touch,
} from '../../test/browser/console-rig.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const WIDE = { viewport: { width: 1040, height: 720 } } satisfies BrowserContextOptions;
const NARROW = { viewport: { width: 360, height: 740 } } satisfies BrowserContextOptions;

mkdirSync(FOLDER, { recursive: true });
await build({ configFile: 'console/vite.config.ts' });
const browser = await launchBrowser();
{
  await using rig = await ConsoleRig.start(browser);
  const page = await rig.page(WIDE);
  await enroll(page, 'right thumb');
  await enroll(page, 'left index finger');
  await goTo(page, 'Enroll');
  await take(page, 'enroll-choose');
  await enrollment(page, 'enroll');
  await identification(page, 'identify');
  for (const name of ['Units', 'Touch', 'Templates', 'Events']) {
    await goTo(page, name);
    if (name === 'Touch') await page.waitForTimeout(500);
    await take(page, name.toLowerCase());
  }
  await goTo(page, 'Health');
  // Work for the pictures to show.
  for (let i = 0; i < 6; i++) {
    await identify(page);
    await goTo(page, 'Health');
    await page.waitForTimeout(2500);
  }
  await take(page, 'health');
  const dark = await rig.page({ ...WIDE, colorScheme: 'dark' });
  await enrollment(dark, 'enroll-dark');
  await identification(dark, 'identify-dark');
  const narrow = await rig.page(NARROW);
  await enrollment(narrow, 'enroll-narrow');
  await identification(narrow, 'identify-narrow');
}
await browser.close();

/** An enrollment after two touches; ends it. */
async function enrollment(page: Page, name: string): Promise<void> {
  await beginEnrolling(page, 'right index finger');
  for (let i = 1; i <= 2; i++) {
    await touch(page);
    await page.locator('.touch-list summary', { hasText: new RegExp(`^${i} touch`) }).waitFor();
  }
  await page.locator('.live-sample canvas[aria-label*="minutiae"]').waitFor();
  await page.waitForTimeout(500);
  await take(page, name);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await enrollmentState(page, 'canceled');
}

/** An identification of an enrolled finger. */
async function identification(page: Page, name: string): Promise<void> {
  await goTo(page, 'Identify');
  await page.getByLabel('Finger that touches').selectOption('right-thumb');
  await identify(page);
  await page.getByRole('img', { name: /minutiae of the probe/ }).waitFor();
  await page.waitForTimeout(500);
  await take(page, name);
}

async function take(page: Page, name: string): Promise<void> {
  // Moves the pointer away, so that no control is highlighted.
  await page.mouse.move(2, 2);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage: true });
}
