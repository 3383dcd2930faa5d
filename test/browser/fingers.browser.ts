/** The main tasks in a browser, with a virtual reader: enroll, identify, verify, delete. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { beginEnrolling, enroll, enrollmentState, goTo, identify, touch } from './console-rig.ts';
import { describeConsole } from './describe-in-browser.ts';

describeConsole('fingers in the console', (rig) => {
  test('a finger is enrolled touch by touch, with its picture, and then identified', async () => {
    const page = await rig().page();
    expect(await enroll(page, 'right index finger')).toBeGreaterThan(1);
    expect(await page.locator('[data-enrollment]').textContent()).toMatch(/Stored for S-1-.*my account/);
    await page.locator('.live-sample canvas[aria-label*="minutiae"]').waitFor();
    await page.getByRole('meter', { name: 'quality' }).waitFor();
    await page.getByRole('img', { name: /square millimetres seen/ }).waitFor();
    expect(await identify(page)).toBe('identified');
    const answer = page.locator('.verdict');
    expect(await answer.textContent()).toMatch(
      /right index finger.*score.*threshold.*comparisons of different fingers/,
    );
    await page.getByRole('img', { name: /minutiae of the probe are paired/ }).waitFor();
    // From now on the finger is marked on the hands.
    await goTo(page, 'Enroll');
    await page.getByRole('radio', { name: 'right index finger, enrolled' }).waitFor();
  });

  test('a finger that nobody enrolled is nobody', async () => {
    const page = await rig().page();
    await enroll(page, 'right index finger');
    await goTo(page, 'Identify');
    await page
      .getByLabel('Finger that touches')
      .selectOption('left-ring')
      .catch(() => undefined);
    await page.getByRole('button', { name: 'Start identifying' }).click();
    await page.getByLabel('Finger that touches').selectOption('left-ring');
    await touch(page);
    await page.locator('[data-match="unknown-identity"]').waitFor();
    expect(await page.locator('.verdict').textContent()).toContain('none of the enrolled ones');
  });

  test('a claim is verified, and another finger does not match it', async () => {
    const page = await rig().page();
    await enroll(page, 'right thumb');
    await goTo(page, 'Identify');
    await page.getByRole('radio', { name: /^verify/ }).check();
    for (const [finger, answer] of [
      ['right-thumb', 'match'],
      ['left-thumb', 'non-match'],
    ] as const) {
      await page.getByLabel('Finger that touches').selectOption(finger);
      await page.getByRole('button', { name: 'Start verifying' }).click();
      await page.locator('[data-match="waiting"]').waitFor();
      await touch(page);
      await page.locator(`[data-match="${answer}"]`).waitFor();
    }
  });

  test('a touch nobody waits for is lost, and says so; waiting is canceled at any time', async () => {
    const page = await rig().page();
    await goTo(page, 'Touch');
    await touch(page);
    expect(await page.locator('.touch-outcome').textContent()).toContain('nothing was waiting for a finger');
    await goTo(page, 'Identify');
    await page.getByRole('button', { name: 'Start identifying' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('[data-match="canceled"]').waitFor();
    await beginEnrolling(page, 'left little finger');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await enrollmentState(page, 'canceled')).toBe('canceled');
  });

  test('the same finger as another one is a duplicate, and says of whom', async () => {
    const page = await rig().page();
    await enroll(page, 'right index finger');
    await beginEnrolling(page, 'left thumb');
    await page.getByLabel('Finger that touches').selectOption('right-index');
    for (let i = 1; (await enrollmentState(page, 'capturing', 'sufficient')) !== 'sufficient'; i++) {
      await touch(page);
      await page.locator('.touch-list summary', { hasText: new RegExp(`^${i} touch`) }).waitFor();
    }
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await enrollmentState(page, 'duplicate');
    expect(await page.locator('[data-enrollment]').textContent()).toMatch(
      /in the database already.*right index finger of .*my account/,
    );
    await page.getByRole('button', { name: 'Discard' }).click();
    await enrollmentState(page, 'discarded');
  });

  test('a reader that is unplugged while enrolling ends it, and enrolls again when it is back', async () => {
    const page = await rig().page();
    await beginEnrolling(page, 'right middle finger');
    await touch(page);
    const units = await page.context().newPage();
    await units.goto(rig().url);
    await units.getByRole('button', { name: 'Unplug' }).click();
    await units.getByRole('button', { name: /^Plug in/ }).waitFor();
    await enrollmentState(page, 'failed');
    expect(await page.locator('[data-enrollment]').textContent()).toMatch(/unplugged.*nothing was stored/);
    await units.getByRole('button', { name: /^Plug in/ }).click();
    await units.getByRole('button', { name: 'Unplug' }).waitFor();
    await page.bringToFront();
    await enroll(page, 'right middle finger');
    expect(await enrollmentState(page, 'stored')).toBe('stored');
  });

  test('a template is exported, and deleted after a question', async () => {
    const page = await rig().page();
    await enroll(page, 'right index finger');
    await goTo(page, 'Templates');
    await page.getByRole('button', { name: 'Export right index finger' }).click();
    await page.getByRole('radio', { name: /^iso-19794-2-2005/ }).check();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the file' }).click();
    const bytes = readFileSync(await (await coming).path());
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('FMR\0');
    await page.getByRole('button', { name: 'Delete right index finger' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete right index finger' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Deleted: right index finger.').waitFor();
    expect(await page.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
    expect(await identify(page)).toBe('unknown-identity');
  });

  test('the finger over the pad follows keys, pointer and wheel, and Enter puts it down', async () => {
    const page = await rig().page();
    await goTo(page, 'Touch');
    const pad = page.getByRole('application', { name: /^Sensor pad/ });
    const shown = (name: string) => page.getByRole('slider', { name }).inputValue().then(Number);
    await pad.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Shift+ArrowDown', ',', '+']) await pad.press(key);
    expect(await Promise.all(['Shift right', 'Shift down', 'Turn', 'Press'].map(shown))).toEqual([1, 1.5, 3, 0.55]);
    const box = await pad.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 50, (box?.y ?? 0) + 50];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 40, y + 20, { steps: 4 });
    await page.mouse.up();
    expect(await shown('Shift right')).toBeLessThan(-1);
    expect(await shown('Shift down')).toBeGreaterThan(2);
    await page.mouse.wheel(0, 100);
    await expect.poll(() => shown('Turn')).toBe(1);
    await page.getByRole('button', { name: 'Centre' }).click();
    expect(await shown('Shift right')).toBe(0);
    await pad.press('Enter');
    await page.getByText('nothing was waiting for a finger').waitFor();
  });

  test('an image file is presented instead of a synthetic finger', async () => {
    const page = await rig().page();
    await goTo(page, 'Touch');
    const pgm = Buffer.concat([Buffer.from('P5 64 64 255\n'), Buffer.alloc(64 * 64, 200)]);
    await page.locator('input[type=file]').setInputFiles({ name: 'blank.pgm', mimeType: 'image/x-pgm', buffer: pgm });
    await page.getByText('64 × 64 pixels at 500 ppi').waitFor();
    await touch(page);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'text.png', mimeType: 'image/png', buffer: Buffer.from('no') });
    await page.getByText('WHORL_E_UNSUPPORTED_FORMAT').waitFor();
  });

  test('a private pool enrolls a new identity, with its pictures', async () => {
    const page = await rig().page();
    await goTo(page, 'Enroll');
    await page.getByRole('radio', { name: /a new identity in a private pool/ }).check();
    await page.getByRole('button', { name: 'Start enrolling' }).click();
    for (let i = 1; (await enrollmentState(page, 'capturing', 'sufficient')) !== 'sufficient'; i++) {
      await touch(page);
      await page.locator('.touch-list summary', { hasText: new RegExp(`^${i} touch`) }).waitFor();
    }
    await page.locator('.live-sample canvas[aria-label*="minutiae"]').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await enrollmentState(page, 'stored');
    await goTo(page, 'Identify');
    await page.getByLabel('Among whom').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Start identifying' }).click();
    await page.locator('[data-match="waiting"]').waitFor();
    await touch(page);
    await page.locator('[data-match="identified"]').waitFor();
  });
});
