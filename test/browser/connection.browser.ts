/** Pairing, roles, addresses that lead nowhere, keys, languages, and a page that fails. */

import { expect, test } from 'vitest';
import { connected, goTo } from './console-rig.ts';
import { describeConsole } from './describe-in-browser.ts';

describeConsole('connection of the console', (rig) => {
  test('a link pairs once and leaves no token in the address; the browser stays paired', async () => {
    const link = await rig().link();
    const page = await rig().emptyPage();
    await page.goto(link);
    await connected(page);
    expect(page.url()).not.toContain('pair');
    await page.reload();
    await connected(page);
    const other = await rig().emptyPage();
    await other.goto(link);
    await other.getByText('This link was used already').waitFor();
    expect(await other.locator('main').textContent()).toContain('whorl console');
  });

  test('a browser that is not paired is told how, and connects by a link in the same tab', async () => {
    const page = await rig().emptyPage();
    await page.goto(rig().url);
    await page.getByText('This browser is not paired').waitFor();
    await page.goto(await rig().link());
    await connected(page);
  });

  test('what a role may not do is not shown, and a deep link says why', async () => {
    const operator = await rig().pageOf({ role: 'operator' });
    await connected(operator);
    const pages = operator.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link');
    expect(await pages.allTextContents()).toEqual(['Live', 'People', 'Journal', 'Developers']);
    await goTo(operator, '#/settings');
    await operator.getByText('This browser may not see this page').waitFor();
    await goTo(operator, '#/people');
    await operator.getByRole('button', { name: 'Import people' }).waitFor();
    const user = await rig().pageOf({ role: 'user' });
    await connected(user);
    await goTo(user, '#/enroll');
    await user.getByText('This browser may not enroll others').waitFor();
    await goTo(user, '#/nowhere-at-all');
    await user.getByRole('heading', { name: 'There is no such page' }).first().waitFor();
  });

  test('keys lead to pages and to the search, and can be switched off', async () => {
    const page = await rig().page();
    await using service = await rig().connect();
    await service.people.create({ name: 'Ada Lovelace' });
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find anything' }).fill('ada');
    await page.getByRole('option', { name: /Ada Lovelace/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ada Lovelace', level: 1 }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: 'Single keys do something' }).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ada Lovelace');
  });

  test('the language is chosen, remembered, and turns the page, not the hands', async () => {
    const page = await rig().page();
    await goTo(page, '#/enroll');
    const left = async () => (await page.locator('.hand').first().locator('input').first().getAttribute('value')) ?? '';
    const before = await page.locator('.hand').first().boundingBox();
    await page.getByRole('button', { name: /^English/ }).click();
    await page.getByRole('button', { name: 'العربية' }).click();
    await page.getByRole('heading', { name: 'تسجيل إصبع' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    expect(await left()).toMatch(/^left-/);
    const hands = await page.locator('.hand').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().x));
    expect(hands[0]).toBeLessThan(hands[1] ?? 0);
    expect(before).not.toBeNull();
    await page.reload();
    await page.getByRole('heading', { name: 'تسجيل إصبع' }).waitFor();
  });

  test('a page that fails says so, and leaves the others alone', async () => {
    const page = await rig().page();
    await page.evaluate(() => {
      const { map } = Array.prototype;
      Array.prototype.map = function planted(this: unknown[], ...args: Parameters<typeof map>) {
        if (location.hash.startsWith('#/health') && this.length === 7) throw new TypeError('planted');
        return Reflect.apply(map, this, args);
      } as typeof map;
    });
    await goTo(page, '#/health');
    await page.getByRole('heading', { name: 'This page failed' }).waitFor();
    await goTo(page, '#/people');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    expect(await page.getByText('This page failed').count()).toBe(0);
  });
});
