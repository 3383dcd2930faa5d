/** The main walk in Firefox and in WebKit: paired, a person enrolled and recognised at a door, the journal, another language. */

import { globSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ConsoleRig } from './console-rig.ts';
import { type DrivenPage, openFirefox, openWebKit, programPath } from './other-browsers.ts';

const firefox = programPath('firefox-esr') ?? programPath('firefox');
const driver = programPath('WebKitWebDriver');
const [miniBrowser] = globSync('/usr/{lib,libexec}/**/webkit2gtk-4*/MiniBrowser');
const display = programPath('Xvfb');

const BROWSERS: readonly (readonly [name: string, missing: string | undefined, open: () => Promise<DrivenPage>])[] = [
  ['Firefox', firefox === undefined ? 'no firefox-esr in the PATH' : undefined, () => openFirefox(firefox!)],
  [
    'WebKit',
    driver === undefined || miniBrowser === undefined
      ? 'no WebKitWebDriver with its MiniBrowser (Debian: webkit2gtk-driver)'
      : display === undefined
        ? 'no Xvfb in the PATH'
        : undefined,
    () => openWebKit(driver!, miniBrowser!, display!),
  ],
];

/** A rig needs a browser to end its pages; these have none of Playwright's. */
const NO_BROWSER = { contexts: () => [] } as unknown as Browser;

for (const [name, missing, open] of BROWSERS) {
  const suite = missing === undefined ? describe : describe.skip;
  suite(missing === undefined ? name : `${name}: ${missing}`, () => {
    test('the main walk', async () => {
      await using rig = await ConsoleRig.start(NO_BROWSER);
      await using page = await open();
      const walk = new Walk(page);
      await page.goto(await rig.link());
      await walk.waitFor('[data-link="connected"]');
      await walk.go('#/person/new');
      await walk.fill('form input[type=text]', 'Ada Lovelace');
      await walk.click('form button[type=submit]');
      await walk.click('main .btn.primary.wide');
      await walk.waitFor('[data-enrollment="touch"]');
      for (let touches = 1; touches < 25; touches++) {
        await walk.click('[data-touch]');
        await walk.waitFor(`[data-touch-number="${touches}"]`);
        await walk.waitFor('[data-enrollment="touch"], [data-enrollment="complete"]');
        if (await walk.has('[data-enrollment="complete"]')) break;
      }
      await walk.click('.stage-foot .btn.primary:not(.mobile-only)');
      await walk.waitFor('[data-enrollment="saved"]');
      await using service = await rig.connect();
      const [ada] = (await service.people.list()).items;
      expect(ada).toMatchObject({ name: 'Ada Lovelace', fingers: [{ subFactor: 2 }] });
      // Identified in the page, with the picture of what matched.
      const synthetic = Number(await walk.value('.pad input[type=number]'));
      await walk.go('#/identify?reader=desk');
      await walk.click('[aria-label="What to ask"] .btn.primary');
      await walk.waitFor('[data-match="waiting"]');
      await walk.click('[data-touch]');
      await walk.waitFor('[data-match="identified"]');
      await walk.waitFor('.comparison canvas');
      // A door opens, and the journal has it while it is looked at.
      await service.doors.set({ name: 'Main', reader: 'front', actions: [] });
      await walk.go('#/journal?result=touches');
      await walk.waitFor('#main table, #main .empty');
      await service.virtualReader('front').touch({ person: synthetic, finger: 'right-index', impression: 300 });
      await walk.waitForText('tbody', 'Main entrance');
      await walk.go('#/door/Main');
      await walk.waitFor('[data-door]');
      // Another language, another direction.
      await page.run(`localStorage.setItem('whorl-language', '"ar"'); location.hash = '#/people'; location.reload();`);
      await walk.waitFor('html[dir="rtl"] td.lead');
      expect(await walk.text('h1')).toBe('الأشخاص');
      expect(await page.run('return document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    });
  });
}

/** Steps of a walk, each as a script in the page: what it waits for has 15 s. */
class Walk {
  readonly #page: DrivenPage;

  constructor(page: DrivenPage) {
    this.#page = page;
  }

  async go(hash: string): Promise<void> {
    await this.#page.run(`location.hash = ${JSON.stringify(hash)};`);
  }

  async waitFor(selector: string): Promise<void> {
    await this.#until(`document.querySelector(${JSON.stringify(selector)}) !== null`, selector);
  }

  async waitForText(selector: string, text: string): Promise<void> {
    const shown = `document.querySelector(${JSON.stringify(selector)})?.textContent.includes(${JSON.stringify(text)})`;
    await this.#until(shown, `${selector} with ${text}`);
  }

  async click(selector: string): Promise<void> {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    await this.#until(`${found} !== null && !${found}.disabled`, selector);
    await this.#page.run(`${found}.click();`);
  }

  async fill(selector: string, text: string): Promise<void> {
    await this.waitFor(selector);
    await this.#page.run(
      `const field = document.querySelector(${JSON.stringify(selector)}); field.value = ${JSON.stringify(text)};
       field.dispatchEvent(new Event('input', { bubbles: true }));`,
    );
  }

  async has(selector: string): Promise<boolean> {
    return (await this.#page.run(`return document.querySelector(${JSON.stringify(selector)}) !== null`)) === true;
  }

  async text(selector: string): Promise<unknown> {
    return await this.#page.run(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);
  }

  async value(selector: string): Promise<unknown> {
    return await this.#page.run(`return document.querySelector(${JSON.stringify(selector)})?.value ?? ''`);
  }

  async #until(condition: string, what: string): Promise<void> {
    const deadlineMs = Date.now() + 15_000;
    for (;;) {
      const isTrue = await this.#page.run(`return Boolean(${condition})`).catch(() => false);
      if (isTrue === true) return;
      if (Date.now() > deadlineMs) {
        const shown = await this.#page.run('return document.body.innerText.slice(0, 400)').catch(String);
        throw new TypeError(`never seen: ${what}; the page says: ${shown}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
