/**
 * Takes the pictures of `docs/pictures/` from a running console with synthetic fingers. Usage: node
 * tools/docs/console-pictures.ts
 */

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { ConsoleRig, enrolledPerson, enrollmentStage, goTo, launchBrowser } from '../../test/browser/console-rig.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const WIDE = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;
const NARROW = { viewport: { width: 390, height: 844 } } satisfies BrowserContextOptions;
const PEOPLE = [
  'Ada Lovelace',
  'Alan Turing',
  'Emmy Noether',
  'Grace Hopper',
  'Hedy Lamarr',
  'Katherine Johnson',
  'Konrad Zuse',
  'Sofia Kovalevskaya',
];

mkdirSync(FOLDER, { recursive: true });
await build({ configFile: 'console/vite.config.ts' });
const browser = await launchBrowser();
{
  await using rig = await ConsoleRig.start(browser);
  await using service = await rig.connect();
  const keys: string[] = [];
  for (const [i, name] of PEOPLE.entries()) {
    const details = { name, number: String(1000 + 7 * i), groups: i % 3 === 0 ? ['Staff', 'Keyholders'] : ['Staff'] };
    const { identity } = i < 5 ? await enrolledPerson(service, details, i + 1) : await service.people.create(details);
    keys.push(identity.type === 'guid' ? identity.guid : identity.sid);
  }
  await service.doors.set({ name: 'Main', reader: 'front', actions: [] });
  for (const person of [1, 2, 9, 3, 4, 1]) {
    await service.virtualReader('front').touch({ person, finger: 'right-index', impression: 50 + person });
  }
  const page = await rig.page(WIDE);
  for (const [name, hash] of [
    ['live', '#/live'],
    ['people', '#/people'],
    ['person', `#/person/${keys[0]}`],
    ['journal', '#/journal'],
    ['attendance', '#/attendance?uses=all'],
    ['readers', '#/readers?open=front'],
    ['door', '#/door/Main'],
    ['settings', '#/settings'],
    ['health', '#/health'],
  ] as const) {
    await goTo(page, hash);
    await take(page, name);
  }
  await enrollment(page, keys[5] ?? '', 'enroll');
  await identification(page, 'identify');
  await enrollment(await rig.page({ ...WIDE, colorScheme: 'dark' }), keys[6] ?? '', 'enroll-dark');
  await enrollment(await rig.page(NARROW), keys[7] ?? '', 'enroll-narrow');
}
await browser.close();

/** An enrollment after its first touch; ends it. */
async function enrollment(page: Page, key: string, name: string): Promise<void> {
  await goTo(page, `#/enroll?person=${key}`);
  await page.getByRole('button', { name: 'Start' }).click();
  await enrollmentStage(page, 'touch');
  await page.locator('[data-touch]').click();
  await page.locator('[data-touch-number="1"]').waitFor();
  await take(page, name);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('.hand').first().waitFor();
}

/** An identification of an enrolled finger. */
async function identification(page: Page, name: string): Promise<void> {
  await goTo(page, '#/identify?reader=desk');
  await page.getByLabel('Synthetic person').fill('1');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.locator('[data-match="waiting"]').waitFor();
  await page.locator('[data-touch]').click();
  await page.locator('.comparison canvas').waitFor();
  await take(page, name);
}

async function take(page: Page, name: string): Promise<void> {
  // Pictures of readers and charts arrive after the page; the pointer is moved away, so that no control is highlighted.
  await page.waitForTimeout(600);
  await page.mouse.move(2, 2);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.screenshot({ path: `${FOLDER}${name}.png` });
}
