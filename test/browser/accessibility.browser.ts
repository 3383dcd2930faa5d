/** Every page passes the rules of axe, light and dark, at every width, in Arabic too, and none is wider than its window. */

import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ConsoleRig,
  connected,
  enrolledPerson,
  enrollmentStage,
  goTo,
  launchBrowser,
  touchUntilComplete,
} from './console-rig.ts';
import { describeInBrowser } from './describe-in-browser.ts';

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 768, 1280, 1600];
const CASES = [
  ...SCHEMES.flatMap((scheme) => WIDTHS.map((width) => [scheme, width, 'en'] as const)),
  ['light', 360, 'ar'] as const,
  ['dark', 1280, 'ar'] as const,
];

describeInBrowser('accessibility of the console', () => {
  let browser: Browser;
  let rig: ConsoleRig;
  let ada: string;
  let grace: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    rig = await ConsoleRig.start(browser);
    await using service = await rig.connect();
    const person = await enrolledPerson(
      service,
      { name: 'Ada Lovelace', number: '1042', groups: ['Staff', 'Keyholders'], validity: { until: '2020-01-01' } },
      1,
    );
    ada = person.identity.type === 'guid' ? person.identity.guid : person.identity.sid;
    const other = await service.people.create({ name: 'Grace Hopper' });
    grace = other.identity.type === 'guid' ? other.identity.guid : other.identity.sid;
    await service.doors.set({ name: 'Main', reader: 'front', actions: [] });
    for (const synthetic of [1, 2]) {
      await service.virtualReader('front').touch({ person: synthetic, finger: 'right-index', impression: 60 });
    }
  });
  afterAll(async () => {
    await rig[Symbol.asyncDispose]();
    await browser.close();
  });

  test.each(CASES)('%s, %d px, %s', async (colorScheme, width, language) => {
    const page = await open(rig, language, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    await page.evaluate(axe.source);
    const found: string[] = [];
    const look = async (hash: string, settled = 'h1') => {
      await goTo(page, hash);
      await page.locator(settled).first().waitFor();
      found.push(...(await problems(page, hash)));
    };
    await look('#/live', '.stream li');
    await look('#/people', 'td.lead');
    await look('#/people?import=1', 'dialog[open]');
    await look('#/people?text=nobody-of-this-name', '.empty');
    await look(`#/person/${ada}`, '.finger-card');
    await look(`#/person/${ada}?merge=ask`, 'dialog[open]');
    await look('#/person/new', 'form');
    await look('#/journal', 'td.lead');
    await look('#/attendance?uses=all');
    await look('#/readers', 'td.lead');
    await look('#/readers?open=front', '#test-title');
    await look('#/readers?add=1', '.device');
    await look('#/identify', '[data-match]');
    await look('#/compare');
    await look('#/developers', 'pre');
    await look('#/settings', '.setting');
    await look('#/access', 'td.lead');
    await look('#/backup');
    await look('#/audit', 'td.lead');
    await look('#/health', '.tile');
    await look('#/door/Main', '[data-door]');
    await look(`#/enroll?person=${grace}`, '.hand');
    await page.locator('main .btn.primary.wide').click();
    await enrollmentStage(page, 'touch');
    found.push(...(await problems(page, 'an enrollment')));
    await touchUntilComplete(page);
    found.push(...(await problems(page, 'a complete enrollment')));
    const { hash } = new URL(page.url());
    await look(hash.replace('#/enroll', '#/kiosk'), '.kiosk-body');
    await goTo(page, hash);
    await page.locator('.stage-foot .danger').click();
    await page.locator('.hand').first().waitFor();
    await page.context().close();
    expect(found).toEqual([]);
  });
});

async function open(rig: ConsoleRig, language: string, options: BrowserContextOptions): Promise<Page> {
  const page = await rig.emptyPage({ ...options, reducedMotion: 'reduce' });
  await page.addInitScript((wanted) => localStorage.setItem('whorl-language', JSON.stringify(wanted)), language);
  await page.goto(await rig.link());
  await connected(page);
  return page;
}

async function problems(page: Page, where: string): Promise<readonly string[]> {
  const violations = await page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const { violations: all } = await loaded.run(document, { resultTypes: ['violations'] });
    return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`);
  });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) violations.push(`${overflow} px wider than the window`);
  return violations.map((text) => `${where}: ${text}`);
}
