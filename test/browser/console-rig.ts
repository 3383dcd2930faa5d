/** A daemon with a console, two virtual readers, and a browser to open it in. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { WhorlService } from '../../src/client/whorl-service.ts';
import type { Person } from '../../src/core/person.ts';
import { unixUserSid } from '../../src/core/sid.ts';
import { FINGERS, type FingerName } from '../../src/core/sub-factor.ts';
import type { DaemonConfiguration } from '../../src/daemon/configuration/daemon-configuration.ts';
import { connect } from '../../src/exports/whorl/connect.ts';
import { type DaemonProcess, pairingsOf, startProcess, temporaryFolder } from '../daemon/start.ts';
import { freePort } from './other-browsers.ts';

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

/** What the pages of a pairing may do. */
export interface PageAccount {
  readonly role: 'administrator' | 'operator' | 'user' | 'screen';
  readonly door?: string;
}

/** Readers of every console here, and how people call them. */
const READERS = {
  desk: { title: 'Reception desk', place: 'Ground floor', use: 'desk' },
  front: { title: 'Main entrance', place: 'Ground floor', use: 'door' },
} as const;

export class ConsoleRig implements AsyncDisposable {
  readonly browser: Browser;
  readonly #configuration: DaemonConfiguration;
  readonly #folder = temporaryFolder();
  #daemon: DaemonProcess | undefined;
  #port = 0;
  /** Complaints of the pages: errors, and what their content security policy refused. */
  readonly complaints: string[] = [];

  private constructor(browser: Browser, configuration: DaemonConfiguration) {
    this.browser = browser;
    this.#configuration = configuration;
  }

  static async start(browser: Browser, configuration: DaemonConfiguration = {}): Promise<ConsoleRig> {
    const rig = new ConsoleRig(browser, configuration);
    await rig.startDaemon();
    await using service = await rig.connect();
    for (const [reader, place] of Object.entries(READERS)) await service.places.change(reader, place);
    return rig;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Its state directory. */
  get folder(): string {
    return this.#folder.path;
  }

  /** Restarts on the same port and state. */
  async startDaemon(): Promise<void> {
    // The same again after the service has started itself anew.
    if (this.#port === 0) this.#port = await freePort();
    const readers = Object.keys(READERS).map((name) => ({ kind: 'virtual' as const, name }));
    const own = { http: { port: this.#port }, engineThreads: 2, readers };
    this.#daemon = await startProcess(this.#folder.path, { ...own, ...this.#configuration });
  }

  async endDaemon(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#daemon?.end(signal);
    this.#daemon = undefined;
  }

  /** Stops the process in its tracks, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#daemon?.child.kill(signal);
  }

  /** The address of its socket, for clients beside the pages. */
  get address(): string {
    if (this.#daemon === undefined) throw new TypeError('no daemon runs');
    return this.#daemon.address;
  }

  /** A client beside the pages, as another program would be one. */
  async connect(): Promise<WhorlService> {
    return await connect({ address: this.address });
  }

  async link(): Promise<string> {
    await using service = await this.connect();
    return await service.administration.consoleAddress();
  }

  /** A connected page, opened by a console link. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.emptyPage(options);
    await page.goto(await this.link());
    await connected(page);
    return page;
  }

  /** A connected page with another role. */
  async pageOf({ role, door }: PageAccount, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.emptyPage(options);
    const { origin } = new URL(this.url);
    const { token } = pairingsOf(this.#folder.path).add({
      origin,
      sid: unixUserSid(process.getuid?.() ?? 0),
      administrator: role === 'administrator',
      mayEnroll: role !== 'screen',
      name: `A page of a test, ${role}`,
      ...((role === 'operator' || role === 'screen') && { role }),
      ...(door !== undefined && { door }),
    });
    const [cookie, key] = [token.slice(0, 22), token.slice(22)];
    await page.context().addCookies([{ name: `whorl-console-${this.#port}`, value: cookie, url: origin }]);
    await page.addInitScript((half) => localStorage.setItem('whorl-console', half), key);
    await page.goto(this.url);
    return page;
  }

  /** A page of an unpaired browser, not opened yet. */
  async emptyPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      ...options,
    });
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

/** Waits until the page says that the service answers. */
export async function connected(page: Page): Promise<void> {
  await page.locator('[data-link="connected"]').first().waitFor({ state: 'attached' });
}

/** Goes to an address of the console, such as `#/people`, and waits for its page. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction((wanted) => location.hash.startsWith(wanted.split('?')[0] ?? ''), hash);
}

/** Waits until an enrollment is in one of these stages; returns which. */
export async function enrollmentStage(page: Page, ...stages: readonly string[]): Promise<string> {
  await page.locator(stages.map((stage) => `[data-enrollment="${stage}"]`).join(', ')).waitFor();
  return (await page.locator('[data-enrollment]').getAttribute('data-enrollment')) ?? '';
}

/** Touches the virtual reader beside the stage until the enrollment is complete; returns the number of touches. */
export async function touchUntilComplete(page: Page): Promise<number> {
  for (let touches = 1; touches < 25; touches++) {
    await page.locator('[data-touch]').click();
    await page.locator(`[data-touch-number="${touches}"]`).waitFor();
    if ((await enrollmentStage(page, 'touch', 'complete')) === 'complete') return touches;
  }
  throw new TypeError('the enrollment is not complete after 25 touches');
}

/** Creates a person and enrolls a finger of the synthetic person of that number, without a page. */
export async function enrolledPerson(
  service: WhorlService,
  details: Parameters<WhorlService['people']['create']>[0],
  synthetic: number,
  finger: FingerName = 'right-index',
): Promise<Person> {
  const person = await service.people.create(details);
  await enrollFinger(service, person, synthetic, finger);
  return person;
}

/** Enrolls a finger of a person at the reader `desk`, without a page. */
export async function enrollFinger(
  service: WhorlService,
  person: Person,
  synthetic: number,
  finger: FingerName,
): Promise<void> {
  const { token } = await service.enrollments.begin({
    identity: person.identity,
    subFactor: FINGERS[finger],
    reader: 'desk',
  });
  let impression = 0;
  for await (const { stage, lastTouch } of service.enrollments.follow(token)) {
    if (stage === 'complete') break;
    // Not before the touch of the last round was counted.
    if ((lastTouch?.number ?? 0) < impression || stage !== 'touch') continue;
    impression += 1;
    await service.virtualReader('desk').touch({ person: synthetic, finger, impression });
  }
  await service.enrollments.save(token);
}
