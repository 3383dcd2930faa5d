/** Every page passes the rules of axe, light and dark, narrow and wide, and none is wider than its window. */

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beginEnrolling,
  ConsoleRig,
  enroll,
  enrollmentState,
  goTo,
  identify,
  launchBrowser,
  touch,
} from './console-rig.ts';
import { describeInBrowser } from './describe-in-browser.ts';

const PAGES = ['Units', 'Touch', 'Enroll', 'Identify', 'Templates', 'Events', 'Health'];
const CASES = (['light', 'dark'] as const).flatMap((scheme) => [360, 1280].map((width) => [scheme, width] as const));

describeInBrowser('accessibility of the console', () => {
  let browser: Browser;
  let rig: ConsoleRig;
  beforeAll(async () => {
    browser = await launchBrowser();
    rig = await ConsoleRig.start(browser);
    const page = await rig.page();
    await enroll(page, 'right index finger');
    await page.context().close();
  });
  afterAll(async () => {
    await rig[Symbol.asyncDispose]();
    await browser.close();
  });

  test.each(CASES)('%s, %d px', async (colorScheme, width) => {
    const page = await rig.page({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    await page.evaluate(axe.source);
    const found: string[] = [];
    for (const name of PAGES) {
      await goTo(page, name);
      if (name === 'Health') await page.locator('.chart canvas').first().waitFor();
      found.push(...(await problems(page, name)));
    }
    expect(await identify(page)).toBe('identified');
    await page.getByRole('img', { name: /minutiae of the probe/ }).waitFor();
    found.push(...(await problems(page, 'an identification')));
    await beginEnrolling(page, 'left index finger');
    await touch(page);
    await page.locator('.touch-list').waitFor();
    found.push(...(await problems(page, 'an enrollment')));
    await page.getByRole('button', { name: 'Cancel' }).click();
    await enrollmentState(page, 'canceled');
    await goTo(page, 'Templates');
    await page.getByRole('button', { name: /^Delete/ }).click();
    found.push(...(await problems(page, 'a dialog')));
    await page.context().close();
    expect(found).toEqual([]);
  });
});

async function problems(page: Page, where: string): Promise<readonly string[]> {
  const violations = await page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const { violations: all } = await loaded.run(document, { resultTypes: ['violations'] });
    return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) violations.push(`${overflow} px wider than the window`);
  return violations.map((text) => `${where}: ${text}`);
}
