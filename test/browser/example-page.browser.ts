/**
 * The page of examples/05-browser-page, used as its README entry says: paired, listed as an origin, and asked who is
 * there.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unixUserSid } from '../../src/core/sid.ts';
import { connect } from '../../src/exports/whorl/connect.ts';
import { pairingsOf, startHere, temporaryFolder } from '../daemon/start.ts';
import { launchBrowser } from './console-rig.ts';
import { describeInBrowser } from './describe-in-browser.ts';

describeInBrowser('examples/05-browser-page', () => {
  let browser: Browser;
  let server: ChildProcess;
  let origin: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    server = spawn(process.execPath, ['examples/05-browser-page/serve.ts', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    [origin] = (await once(createInterface({ input: server.stdout! }), 'line')) as [string];
  });
  afterAll(async () => {
    server.kill();
    await browser.close();
  });

  test('says who touched the reader, and is told why it is not let in', async () => {
    using folder = temporaryFolder();
    await using daemon = await startHere(folder.path, { http: { port: 0, origins: [origin] } });
    const { token } = pairingsOf(folder.path).add({
      origin,
      sid: unixUserSid(process.getuid?.() ?? 0),
      administrator: false,
      mayEnroll: false,
    });
    const service = `?service=${encodeURIComponent(`${(daemon.url ?? '').replace('http', 'ws')}/connect`)}`;
    const page = await browser.newPage();
    await page.goto(`${origin}/${service}#wrong`);
    await page.getByText('run whorl pair').waitFor();
    await page.close();

    await using own = await connect({ address: daemon.address });
    const reader = own.virtualReader();
    const finger = { person: 8, finger: 'left-thumb' } as const;
    await using session = await own.openSession();
    await using enrollment = await session.beginEnrollment({ finger: 'left-thumb' });
    for (let impression = 1, more = true; more; impression++) {
      const step = enrollment.capture();
      await reader.touch({ ...finger, impression });
      more = (await step).kind !== 'sufficient';
    }
    const { identity } = await enrollment.commit();

    const door = await browser.newPage();
    await door.goto(`${origin}/${service}#${token}`);
    await door.getByText('Connected.').waitFor();
    const answers: string[] = [];
    for (const touched of [
      { ...finger, impression: 30 },
      { ...finger, person: 9, impression: 1 },
    ]) {
      await door.getByRole('button', { name: 'Identify' }).click();
      await door.getByText('Touch the reader').waitFor();
      while ((await reader.touch(touched)) === 'lost');
      await door.getByRole('button', { name: 'Identify', disabled: false }).waitFor();
      answers.push((await door.getByRole('status').textContent()) ?? '');
    }
    expect(answers[0]).toBe(identity.type === 'sid' && identity.sid);
    expect(answers[1]).toBe('Nobody we know.');
    await door.getByRole('button', { name: 'Identify' }).click();
    await door.getByRole('button', { name: 'Cancel' }).click();
    await door.getByText('Canceled.').waitFor();
  });

  test('is told whether the service refuses it, the browser keeps it away, or nothing answers', async () => {
    using folder = temporaryFolder();
    await using daemon = await startHere(folder.path, { http: { port: 0 } });
    const page = await browser.newPage();
    const of = (url: string) =>
      `${origin}/?service=${encodeURIComponent(`${url.replace('http', 'ws')}/connect`)}#token`;
    await page.goto(of(daemon.url ?? ''));
    await page.getByText(`refuses pages of ${origin}`).waitFor();
    await page.getByText(`whorl pair ${origin}`).waitFor();

    const nowhere = of('http://127.0.0.1:9');
    await page.goto('about:blank');
    await page.goto(nowhere);
    await page.getByText('nothing answers').waitFor();

    const developer = await page.context().newCDPSession(page);
    const { targetInfo } = await developer.send('Target.getTargetInfo');
    const { browserContextId = '' } = targetInfo;
    const permission = { name: 'local-network-access' };
    await developer.send('Browser.setPermission', { browserContextId, origin, permission, setting: 'denied' });
    await page.goto('about:blank');
    await page.goto(nowhere);
    await page.getByText('allow access to the local network').waitFor();
    await page.close();
  });
});
