/** A daemon with a console, and a browser to open it in. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { unixUserSid } from '../../src/core/sid.ts';
import { connect } from '../../src/exports/whorl/connect.ts';
import { type DaemonProcess, pairingsOf, startProcess, temporaryFolder } from '../daemon/start.ts';

/** Path of the browser: CHROMIUM, or the first one in the PATH. */
export function chromiumPath(): string | undefined {
  if (process.env.CHROMIUM !== undefined) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new TypeError('there is no browser');
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** The account a page belongs to. */
export interface PageAccount {
  readonly administrator: boolean;
  readonly mayEnroll: boolean;
}

export class ConsoleRig implements AsyncDisposable {
  readonly browser: Browser;
  readonly #folder = temporaryFolder();
  #daemon: DaemonProcess | undefined;
  #port = 0;
  /** Complaints of the pages: errors, and what their content security policy refused. */
  readonly complaints: string[] = [];

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  static async start(browser: Browser): Promise<ConsoleRig> {
    const rig = new ConsoleRig(browser);
    await rig.startDaemon();
    return rig;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Restarts on the same port and state. */
  async startDaemon(): Promise<void> {
    this.#daemon = await startProcess(this.#folder.path, { http: { port: this.#port }, engineThreads: 2 });
    this.#port = Number(new URL(await this.link()).port);
  }

  async endDaemon(): Promise<void> {
    await this.#daemon?.end('SIGTERM');
    this.#daemon = undefined;
  }

  /** The address of its socket, for clients beside the pages. */
  get address(): string {
    if (this.#daemon === undefined) throw new TypeError('no daemon runs');
    return this.#daemon.address;
  }

  async link(): Promise<string> {
    await using service = await connect({ address: this.address });
    return await service.administration.consoleAddress();
  }

  /** A connected page, opened by a console link. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.emptyPage(options);
    await page.goto(await this.link());
    await connected(page);
    return page;
  }

  /** A connected page of an account with fewer rights. */
  async pageOf(account: PageAccount, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.emptyPage(options);
    const { origin } = new URL(this.url);
    const { token } = pairingsOf(this.#folder.path).add({
      origin,
      sid: unixUserSid(process.getuid?.() ?? 0),
      ...account,
    });
    const [cookie, key] = [token.slice(0, 22), token.slice(22)];
    await page.context().addCookies([{ name: `whorl-console-${this.#port}`, value: cookie, url: origin }]);
    await page.addInitScript((half) => localStorage.setItem('whorl-console', half), key);
    await page.goto(this.url);
    await connected(page);
    return page;
  }

  /** A page of an unpaired browser, not opened yet. */
  async emptyPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    // Random choices of the pages are the same in each run.
    await page.addInitScript(() => {
      let state = 2026;
      Math.random = () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
      };
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.complaints.push(message.text());
    });
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const context of this.browser.contexts()) await context.close();
    await this.endDaemon();
    this.#folder[Symbol.dispose]();
  }
}

/** Waits until the page shows this text. */
export async function connected(page: Page): Promise<void> {
  await page.locator('[data-link="connected"]').waitFor();
}

/** Goes to a page of the console. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Touches the virtual reader and waits for the outcome of the touch. */
export async function touch(page: Page): Promise<void> {
  const outcome = page.locator('.touch-outcome');
  const before = await outcome.textContent();
  await page.getByRole('button', { name: 'Touch', exact: true }).click();
  await page.waitForFunction((text) => document.querySelector('.touch-outcome')?.textContent !== text, before);
}

/** Waits until an enrollment is in one of these states; returns which. */
export async function enrollmentState(page: Page, ...states: readonly string[]): Promise<string> {
  await page.locator(states.map((state) => `[data-enrollment="${state}"]`).join(', ')).waitFor();
  return (await page.locator('[data-enrollment]').getAttribute('data-enrollment')) ?? '';
}

/** Begins to enroll a finger of the virtual reader's first person. */
export async function beginEnrolling(page: Page, finger: string): Promise<void> {
  await goTo(page, 'Enroll');
  await page.getByRole('radio', { name: finger }).check({ force: true });
  await page.getByRole('button', { name: 'Start enrolling' }).click();
  await enrollmentState(page, 'capturing');
}

/** Enrolls the finger, touch by touch; returns the number of touches. */
export async function enroll(page: Page, finger: string): Promise<number> {
  await beginEnrolling(page, finger);
  let touches = 0;
  for (; touches < 20; touches++) {
    await touch(page);
    await page.locator('.touch-list summary', { hasText: new RegExp(`^${touches + 1} touch`) }).waitFor();
    if ((await enrollmentState(page, 'capturing', 'sufficient')) === 'sufficient') break;
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await enrollmentState(page, 'stored', 'duplicate', 'already-enrolled');
  return touches + 1;
}

/** Identifies with one touch; returns the kind of the answer. */
export async function identify(page: Page): Promise<string> {
  await goTo(page, 'Identify');
  await page.getByRole('button', { name: 'Start identifying' }).click();
  await page.locator('[data-match="waiting"]').waitFor();
  await touch(page);
  await page.locator('[data-match]:not([data-match="waiting"])').waitFor();
  return (await page.locator('[data-match]').getAttribute('data-match')) ?? '';
}
