/** A day at a reception: people, fingers, a door, trouble, the journal, and what is done after hours. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { SyntheticFinger, VirtualReaderClient } from '../../src/client/virtual-reader-client.ts';
import { encodePgm } from '../../src/formats/image/pgm.ts';
import { connected, enrolledPerson, enrollFinger, enrollmentStage, goTo, touchUntilComplete } from './console-rig.ts';
import { describeConsole } from './describe-in-browser.ts';

/** 3 s for the page, and what it takes to look at it. */
const MAX_LATE_MS = 3500;

describeConsole('a day with the console', (rig) => {
  test('a person is added, two fingers are enrolled at the chosen reader, and a duplicate is refused by name', async () => {
    const page = await rig().page();
    await goTo(page, '#/person/new');
    await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
    await page.getByLabel(/^Number/).fill('1042');
    await page.getByRole('button', { name: 'Save and enroll a finger' }).click();
    await page.getByRole('combobox', { name: 'Person' }).waitFor();
    await page
      .getByRole('combobox', { name: 'Reader', exact: true })
      .selectOption({ label: 'Reception desk · Ground floor' });
    await page.getByRole('button', { name: 'Start' }).click();
    await enrollmentStage(page, 'touch');
    // A finger at the other reader is not taken, and the page says so.
    await using service = await rig().connect();
    expect(await service.virtualReader('front').touch({ person: 1, finger: 'right-index' })).toBe('lost');
    expect(await touchUntilComplete(page)).toBeGreaterThan(1);
    // Enter saves; after that, the next finger has the focus.
    await page.keyboard.press('Enter');
    await enrollmentStage(page, 'saved');
    await page.getByRole('button', { name: 'Next finger' }).click();
    await page.getByRole('radio', { name: 'left index finger' }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Start' }).click();
    await enrollmentStage(page, 'touch');
    await touchUntilComplete(page);
    await page.getByRole('button', { name: /^Save Enter/ }).click();
    await enrollmentStage(page, 'saved');
    // Somebody else with the same finger: refused, and whose it is.
    const synthetic = await page.getByLabel('Synthetic person').inputValue();
    const grace = await service.people.create({ name: 'Grace Hopper' });
    await goTo(page, `#/enroll?person=${grace.identity.type === 'guid' ? grace.identity.guid : ''}`);
    await page.getByRole('button', { name: 'Start' }).click();
    await enrollmentStage(page, 'touch');
    await page.getByLabel('Synthetic person').fill(synthetic);
    await touchUntilComplete(page);
    await page.getByRole('button', { name: /^Save Enter/ }).click();
    await enrollmentStage(page, 'duplicate');
    await page.getByText('Already enrolled as Ada Lovelace').waitFor();
    await page.getByRole('link', { name: 'Open Ada Lovelace' }).click();
    await page.getByRole('heading', { name: 'Ada Lovelace', level: 1 }).waitFor();
    expect(await page.locator('.finger-card h3').count()).toBe(2);
  });

  test('an enrollment outlives a reload, an unplugged reader and a killed service is told', async () => {
    const page = await rig().page();
    await using service = await rig().connect();
    const { identity } = await service.people.create({ name: 'Alan Turing' });
    await goTo(page, `#/enroll?person=${identity.type === 'guid' ? identity.guid : ''}`);
    await page.getByRole('button', { name: 'Start' }).click();
    await enrollmentStage(page, 'touch');
    await page.locator('[data-touch]').click();
    await page.locator('[data-touch-number="1"]').waitFor();
    const before = await page.getByRole('progressbar').getAttribute('aria-valuenow');
    await page.reload();
    await enrollmentStage(page, 'touch');
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe(before);
    await service.virtualReader('desk').unplug();
    await enrollmentStage(page, 'waiting');
    await page.getByText('Waiting for Reception desk').waitFor();
    await service.virtualReader('desk').plug();
    await enrollmentStage(page, 'touch');
    for (let i = 0; i < 25 && (await enrollmentStage(page, 'touch', 'complete')) === 'touch'; i++) {
      const number = Number(await page.locator('[data-touch-number]').getAttribute('data-touch-number'));
      await page.locator('[data-touch]').click();
      await page.locator(`[data-touch-number="${number + 1}"]`).waitFor();
    }
    // Leaving a complete one asks.
    await page.getByRole('link', { name: 'People' }).first().click();
    await page.getByRole('dialog').getByText('Save the finger of Alan Turing first?').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    const { fingers } = await service.people.get(identity);
    expect(fingers).toHaveLength(1);
  });

  test('a door opens for those who may, tells another system, and its screen says what happened', async () => {
    await using hook = await Hook.start();
    await using service = await rig().connect();
    await enrolledPerson(service, { name: 'Ada Lovelace', groups: ['Staff'] }, 1);
    await enrolledPerson(service, { name: 'Konrad Zuse', groups: ['Visitors'] }, 2);
    const page = await rig().page();
    await goTo(page, '#/readers?open=front');
    await page.getByRole('button', { name: 'Add a door' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Main');
    await dialog.getByRole('checkbox', { name: 'Staff' }).check();
    await dialog.getByLabel(/^Address to tell/).fill(hook.url);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Only Staff.').waitFor();
    const screen = await rig().pageOf({ role: 'screen', door: 'Main' });
    await screen.getByText('Touch to enter').waitFor();
    const touch = (person: number, impression: number) =>
      service.virtualReader('front').touch({ person, finger: 'right-index', impression });
    await touch(1, 70);
    await screen.getByText('Welcome, Ada Lovelace').waitFor();
    await hook.received(1);
    await touch(2, 70);
    await screen.locator('[data-said="not-valid"]').waitFor();
    await touch(3, 70);
    await screen.locator('[data-said="unknown"]').waitFor();
    await service.virtualReader('front').unplug();
    await screen.getByText('Reader not connected').waitFor();
    await service.virtualReader('front').plug();
    await screen.getByText('Touch to enter').waitFor();
    // A screen shows its door and nothing else, whatever the address says.
    await screen.goto(`${rig().url}#/people`);
    await screen.getByText('Touch to enter').waitFor();
    // The journal has it all.
    await goTo(page, '#/journal?result=touches');
    for (const result of ['Recognised', 'Not recognised']) {
      await page.locator('td .chip', { hasText: result }).first().waitFor();
    }
  });

  test('somebody who may not at this time is refused by name, and too many failures lock the reader', async () => {
    await using service = await rig().connect();
    const hours = [
      {
        days: [(new Date().getDay() % 7) + 1 === 7 ? 1 : (new Date().getDay() % 7) + 1],
        from: '03:00',
        until: '03:01',
      },
    ];
    await enrolledPerson(service, { name: 'George Boole', validity: { hours } }, 4);
    await service.doors.set({ name: 'Main', reader: 'front', actions: [] });
    const screen = await rig().pageOf({ role: 'screen', door: 'Main' });
    await screen.getByText('Touch to enter').waitFor();
    const front = service.virtualReader('front');
    await touchAtDoor(front, { person: 4, finger: 'right-index', impression: 71 });
    await screen.getByText('Not now, George Boole').waitFor();
    for (let i = 0; i < 15 && (await screen.locator('[data-door="locked"]').count()) === 0; i++) {
      const before = await screen.locator('[data-at]').getAttribute('data-at');
      await touchAtDoor(front, { person: 9, finger: 'right-index', impression: 80 + i });
      await screen.locator(`[data-at]:not([data-at="${before}"]), [data-door="locked"]`).first().waitFor();
    }
    await screen.getByText('Locked').first().waitFor();
    const page = await rig().page();
    await page.getByText(/not recognised at Main entrance/).waitFor();
  });

  test('a service that is killed is said to be gone, comes back by itself, and nothing is lost', async () => {
    await using first = await rig().connect();
    await enrolledPerson(first, { name: 'Ada Lovelace' }, 1);
    await first.doors.set({ name: 'Main', reader: 'front', actions: [] });
    const page = await rig().page();
    await goTo(page, '#/people');
    await page.getByRole('link', { name: 'Ada Lovelace', exact: true }).waitFor();
    await rig().endDaemon('SIGKILL');
    await page.locator('[data-link="lost"]').first().waitFor({ state: 'attached' });
    await page
      .getByText(/The service is not running|The connection was lost/)
      .first()
      .waitFor();
    await rig().startDaemon();
    await connected(page);
    await page.getByRole('link', { name: 'Ada Lovelace', exact: true }).waitFor();
    await using second = await rig().connect();
    await goTo(page, '#/journal');
    await touchAtDoor(second.virtualReader('front'), { person: 1, finger: 'right-index', impression: 72 });
    await page.locator('td .chip', { hasText: 'Recognised' }).first().waitFor();
  });

  test('a service that hangs is shown to be late within seconds, and everything greys', async () => {
    const page = await rig().page();
    await page.locator('#main .card').first().waitFor();
    rig().signal('SIGSTOP');
    const stoppedMs = Date.now();
    try {
      await page.locator('[data-link="late"]').first().waitFor({ state: 'attached' });
      expect(Date.now() - stoppedMs).toBeLessThan(MAX_LATE_MS);
      await page.locator('.shell.stale').waitFor();
      await page
        .getByText(/^What you see is from/)
        .first()
        .waitFor();
    } finally {
      rig().signal('SIGCONT');
    }
    await connected(page);
    await page.locator('.shell:not(.stale)').waitFor();
  });

  test('the journal is filtered, exported, and attendance is right and corrected', async () => {
    await using service = await rig().connect();
    const ada = await enrolledPerson(service, { name: 'Ada Lovelace' }, 1);
    await enrolledPerson(service, { name: 'Alan Turing' }, 2);
    await service.doors.set({ name: 'Main', reader: 'front', actions: [] });
    const front = service.virtualReader('front');
    for (const person of [1, 2, 1])
      await touchAtDoor(front, { person, finger: 'right-index', impression: 90 + person });
    const page = await rig().page();
    await goTo(page, `#/journal?result=yes&person=${ada.identity.type === 'guid' ? ada.identity.guid : ''}`);
    await page.locator('tbody tr').nth(1).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(2);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const csv = readFileSync(await (await coming).path(), 'utf8');
    expect(csv).toContain('Ada Lovelace');
    expect(csv).not.toContain('Alan Turing');
    // The open row is part of the address, and Back closes it.
    await page
      .getByRole('button', { name: /^Details of/ })
      .first()
      .click();
    await page.locator('#line-title').waitFor();
    await page.reload();
    await page.locator('#line-title').waitFor();
    await page.goBack();
    await page.locator('#line-title').waitFor({ state: 'detached' });
    await goTo(page, '#/attendance?uses=all');
    await page
      .getByRole('row', { name: /Alan Turing/ })
      .getByText('here', { exact: true })
      .waitFor();
    await page
      .getByRole('row', { name: /Alan Turing/ })
      .getByRole('button', { name: /^Correct/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Time').fill('00:01');
    await dialog.getByLabel('Why').fill('forgot to touch');
    await dialog.getByRole('button', { name: 'Enter the time' }).click();
    await page
      .getByRole('row', { name: /Alan Turing/ })
      .getByText('corrected')
      .waitFor();
  });

  test('people are imported with a preview, found, changed together, merged and deleted with an undo', async () => {
    const page = await rig().page();
    await goTo(page, '#/people?import=1');
    const rows = ['name,number,groups', 'Ada Lovelace,1,Staff', 'Alan Turing,2,Staff', 'A. Lovelace,3,', ',4,'];
    await page
      .locator('dialog input[type=file]')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await page.getByText('1 row cannot be used.').waitFor();
    await page.getByRole('button', { name: 'Import 3 people' }).click();
    await page.getByRole('button', { name: 'Save the report' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByLabel('Search').fill('lov');
    await page.getByText('1–2 of 2').waitFor();
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await page.getByRole('button', { name: 'Group …' }).click();
    await page.getByRole('dialog').getByLabel('Name of the group').fill('Keyholders');
    await page.getByRole('dialog').getByRole('button', { name: 'Put into the group' }).click();
    await page.getByText('2 people changed.').waitFor();
    await page.getByRole('link', { name: 'Ada Lovelace', exact: true }).click();
    await page.getByRole('button', { name: 'Merge' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').fill('A. Love');
    await dialog.getByRole('option', { name: /A\. Lovelace/ }).click();
    await dialog.getByRole('button', { name: 'Merge into Ada Lovelace' }).click();
    await page.getByText('A. Lovelace is merged into Ada Lovelace.').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete Ada Lovelace' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await using service = await rig().connect();
    expect((await service.people.list()).total).toBe(2);
  });

  test('a backup is made, checked and restored, and a pairing that is revoked is out at once', async () => {
    await using service = await rig().connect();
    const ada = await enrolledPerson(service, { name: 'Ada Lovelace' }, 1);
    const page = await rig().page();
    await goTo(page, '#/backup');
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Back up now' }).click();
    await page
      .getByRole('row')
      .nth(1)
      .getByRole('button', { name: /^More for/ })
      .click();
    await page.getByRole('menuitem', { name: 'Check' }).click();
    await page.getByText('The backup is whole').waitFor();
    await enrollFinger(service, ada, 1, 'left-index');
    const other = await rig().pageOf({ role: 'operator' });
    await connected(other);
    await goTo(page, '#/access');
    await page
      .getByRole('row', { name: /A page of a test, operator/ })
      .getByRole('button', { name: /^More for/ })
      .click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await other.getByText('This browser is not paired').waitFor();
    await goTo(page, '#/audit');
    await page.getByRole('button', { name: 'Check the chain' }).click();
    await page.getByText('The log is whole').waitFor();
    // Restored: the finger that came after it is gone, the service is back by itself, and so is the page.
    await goTo(page, '#/backup');
    await page
      .getByRole('row')
      .nth(1)
      .getByRole('button', { name: /^More for/ })
      .click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await connected(page);
    await goTo(page, `#/person/${ada.identity.type === 'guid' ? ada.identity.guid : ''}`);
    await page.getByText('1 of 10').waitFor();
  });

  test('two pictures are compared in the page, and a reader is renamed and tested', async () => {
    await using service = await rig().connect();
    const page = await rig().page();
    await goTo(page, '#/compare');
    const picture = async (person: number, impression: number) => {
      const image = await service.virtualReader('desk').preview({ person, finger: 'right-index', impression });
      return { name: `${person}-${impression}.pgm`, mimeType: 'image/x-pgm', buffer: Buffer.from(encodePgm(image)) };
    };
    await page
      .getByLabel('First picture')
      .last()
      .setInputFiles(await picture(1, 1));
    await page
      .getByLabel('Second picture')
      .last()
      .setInputFiles(await picture(1, 2));
    await page.locator('[data-compared="match"]').waitFor();
    await page
      .getByLabel('Second picture')
      .last()
      .setInputFiles(await picture(2, 1));
    await page.locator('[data-compared="non-match"]').waitFor();
    await goTo(page, '#/readers?open=front');
    await page.locator('.drawer').getByLabel('Name').fill('Side entrance');
    await page.locator('.drawer').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Side entrance' }).waitFor();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('Touch this reader now.').waitFor();
    await page.getByRole('button', { name: 'Touch', exact: true }).click();
    await page.getByText('The reader works.').waitFor();
    // Unplugged and back, it has its name still.
    await page.getByRole('button', { name: 'Unplug' }).click();
    await page.getByRole('button', { name: 'Plug in' }).click();
    await page.getByRole('button', { name: 'Unplug' }).waitFor();
    expect((await service.places.list()).find(({ reader }) => reader === 'front')?.title).toBe('Side entrance');
  });
});

/** Another system that a door tells: counts what arrives. */
class Hook implements AsyncDisposable {
  readonly #server: Server;
  #count = 0;
  #arrived: () => void = () => {};

  private constructor() {
    this.#server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        this.#count += 1;
        response.writeHead(204).end();
        this.#arrived();
      });
    });
  }

  static async start(): Promise<Hook> {
    const hook = new Hook();
    hook.#server.listen(0, '127.0.0.1');
    await once(hook.#server, 'listening');
    return hook;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Resolves when so many messages have arrived. */
  async received(count: number): Promise<void> {
    while (this.#count < count) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A touch while the door turns from one answer to the next is lost: the person touches again. */
async function touchAtDoor(reader: VirtualReaderClient, finger: SyntheticFinger): Promise<void> {
  await expect.poll(() => reader.touch(finger), { timeout: 10_000 }).toBe('captured');
}
