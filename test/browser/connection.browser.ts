/** Pairing, refusals with their stage, a lost connection, and accounts with fewer rights. */

import { expect, test } from 'vitest';
import { connect } from '../../src/exports/whorl/connect.ts';
import { beginEnrolling, connected, enroll, enrollmentState, goTo, identify, touch } from './console-rig.ts';
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
    await page.getByText('This browser is not paired with the service').waitFor();
    await page.goto(await rig().link());
    await connected(page);
  });

  test('a service that ends is said to have, and the page goes on when it is back', async () => {
    const page = await rig().page();
    await enroll(page, 'right index finger');
    await goTo(page, 'Identify');
    await page.getByRole('button', { name: 'Start identifying' }).click();
    await page.locator('[data-match="waiting"]').waitFor();
    await rig().endDaemon();
    await page.locator('[data-link="lost"]').waitFor();
    await page.getByText('The service is not running').waitFor();
    await page.getByRole('button', { name: 'Try now' }).click();
    await rig().startDaemon();
    await connected(page);
    expect(await identify(page)).toBe('identified');
  });

  test('an enrollment that loses its connection says so when there is another one', async () => {
    const page = await rig().page();
    await beginEnrolling(page, 'right index finger');
    await touch(page);
    await rig().endDaemon();
    await page.locator('[data-link="lost"]').waitFor();
    await rig().startDaemon();
    await connected(page);
    expect(await enrollmentState(page, 'failed')).toBe('failed');
    expect(await page.locator('[data-enrollment]').textContent()).toMatch(
      /(service canceled it|connection was lost).*nothing was stored/,
    );
    await enroll(page, 'right index finger');
  });

  test('without help it connects again by itself', async () => {
    const page = await rig().page();
    await rig().endDaemon();
    await page.locator('[data-link="lost"]').waitFor();
    await rig().startDaemon();
    await connected(page);
    await page.getByRole('heading', { name: 'Virtual fingerprint reader' }).waitFor();
  });

  test('an account without raw access sees numbers and no image', async () => {
    const driver = await rig().page();
    const page = await rig().pageOf({ administrator: false, mayEnroll: true });
    await goTo(page, 'Identify');
    await page.getByRole('button', { name: 'Start identifying' }).click();
    await page.locator('[data-match="waiting"]').waitFor();
    await goTo(driver, 'Touch');
    await touch(driver);
    await page.locator('[data-match="unknown-identity"]').waitFor();
    await page.getByText('Images need a session with raw access').waitFor();
    await page.getByRole('meter', { name: 'quality' }).waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    await goTo(page, 'Health');
    await page.getByText('Health is for administrators').waitFor();
  });

  test('an account that may not enroll is told so before it begins', async () => {
    const page = await rig().pageOf({ administrator: false, mayEnroll: false });
    await goTo(page, 'Enroll');
    await page.getByText('This account may not enroll').waitFor();
  });

  test('another process that asked later has the focus; the page says so, and has the finger after that', async () => {
    const page = await rig().page();
    await goTo(page, 'Identify');
    await page.getByRole('button', { name: 'Start identifying' }).click();
    await page.locator('[data-match="waiting"]').waitFor();
    await using rival = await connect({ address: rig().address });
    await using session = await rival.openSession();
    const answer = session.identify();
    await page.getByText('2 operations wait on this reader').waitFor();
    await touch(page);
    expect((await answer).kind).toBe('unknown-identity');
    expect(await page.locator('[data-match]').getAttribute('data-match')).toBe('waiting');
    await touch(page);
    await page.locator('[data-match="unknown-identity"]').waitFor();
  });

  test('what happens is in the tail of events, by name', async () => {
    const page = await rig().page();
    expect(await identify(page)).toBe('unknown-identity');
    await goTo(page, 'Events');
    await page.getByRole('cell', { name: 'WINBIO_E_UNKNOWN_ID' }).waitFor();
    await page.getByLabel('That contains').fill('identify');
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Nothing yet').waitFor();
  });

  test('a page that fails says so, and leaves the others alone', async () => {
    const page = await rig().page();
    await page.evaluate(() => {
      Number.prototype.toFixed = () => {
        throw new TypeError('planted');
      };
    });
    await goTo(page, 'Health');
    await page.getByText('This page failed').waitFor();
    await goTo(page, 'Units');
    await page.getByRole('heading', { level: 2, name: 'Virtual fingerprint reader' }).waitFor();
    expect(await page.getByText('This page failed').count()).toBe(0);
  });
});
