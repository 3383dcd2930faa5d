/** The tour: what Whorl does, step by step, with what happened and how long it took. */

import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import colors from 'picocolors';
import { codeName } from '../../core/codes.ts';
import { connect, fingerName, type WhorlService } from '../../exports/whorl/index.ts';
import * as w from '../../exports/whorl/winbio.ts';
import { NoticeBoard } from './notice-board.ts';

/** How to print, and what follows. */
export interface TourOptions {
  /** End after the walk. */
  readonly once?: boolean;
  /** Port of the console that follows. */
  readonly http?: string;
  readonly json?: boolean;
  readonly output?: Writable;
}

/** Where the service that follows keeps its state. */
const STATE_DIRECTORY = '.whorl';

/** Prints steps: aligned and coloured on a terminal, plain in a pipe, or as JSON lines. */
class TourPrinter {
  readonly #output: Writable;
  readonly #json: boolean;
  readonly #colors;

  constructor({ json = false, output = process.stdout }: TourOptions) {
    this.#output = output;
    this.#json = json;
    this.#colors = colors.createColors(colors.isColorSupported && output === process.stdout && process.stdout.isTTY);
  }

  title(text: string): void {
    if (!this.#json) this.#output.write(`\n${this.#colors.bold(text)}\n`);
  }

  step(what: string, happened: string, ms: number): void {
    if (this.#json) {
      this.#output.write(`${JSON.stringify({ step: what, happened, ms: Math.round(ms * 10) / 10 })}\n`);
      return;
    }
    const { cyan, dim } = this.#colors;
    const time = ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
    this.#output.write(`  ${cyan(what.padEnd(32))} ${happened} ${dim(`(${time})`)}\n`);
  }
}

const PERSON = 7;

/** Runs the tour, and then a service with the console; rejects with the first thing that does not go as it should. */
export async function tour(options: TourOptions = {}): Promise<void> {
  const printer = new TourPrinter(options);
  await walkThrough(printer);
  if (options.once === true) return printer.title('Done.');
  printer.title('Now you: open the console and touch the virtual reader');
  const { run, httpOf } = await import('./serve.ts');
  const directory = resolve(STATE_DIRECTORY);
  const configuration = { state: { directory }, log: { level: 'warn' }, http: httpOf(options.http) } as const;
  const { json = false } = options;
  const startedAtMs = performance.now();
  await run(configuration, { folder: process.cwd(), json, startedAtMs, hint: `WHORL_HOME=${directory}` });
}

async function walkThrough(printer: TourPrinter): Promise<void> {
  const began = performance.now();
  printer.title('Whorl: a service, a virtual reader and synthetic fingers');
  await using service = await connect({ embedded: { state: 'memory' } });
  const [unit] = await service.units();
  printer.step('embedded service', `unit ${unit?.unitId}: ${unit?.description}`, performance.now() - began);
  await walk(service, printer);
}

async function walk(service: WhorlService, printer: TourPrinter): Promise<void> {
  const winbio = w.bindWinBio(service);
  const board = new NoticeBoard();
  const reader = service.virtualReader();
  const timed = async (what: string, calls: () => Promise<string>) => {
    const began = performance.now();
    const happened = await calls();
    printer.step(what, happened, performance.now() - began);
  };
  const touch = async (finger: 'right-index' | 'left-thumb', impression: number) => {
    await reader.touch({ person: PERSON, finger, impression });
  };

  printer.title('Open a session asynchronously');
  const holder = w.out<number>();
  await timed('WinBioAsyncOpenSession', async () => {
    const hr = await winbio.WinBioAsyncOpenSession(
      w.WINBIO_TYPE_FINGERPRINT,
      w.WINBIO_POOL_SYSTEM,
      w.WINBIO_FLAG_RAW,
      null,
      0,
      w.WINBIO_DB_DEFAULT,
      w.WINBIO_ASYNC_NOTIFY_CALLBACK,
      null,
      0,
      board.post,
      'tour',
      true,
      holder,
    );
    return `${codeName(hr)}, no handle yet`;
  });
  let session = 0;
  await timed('notice OPEN', async () => {
    return await board.read(winbio, w.WINBIO_OPERATION_OPEN, ({ ApiStatus, SessionHandle, SequenceNumber }) => {
      session = SessionHandle;
      return `${codeName(ApiStatus)}, session ${session}, number ${SequenceNumber}`;
    });
  });

  printer.title('Enroll the right index finger');
  await timed('WinBioEnrollBegin', async () => {
    await winbio.WinBioEnrollBegin(session, w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER, 1);
    return await board.outcome(winbio, w.WINBIO_OPERATION_ENROLL_BEGIN);
  });
  for (let capture = 1, more = true; more; capture++) {
    await timed(`WinBioEnrollCapture ${capture}`, async () => {
      await winbio.WinBioEnrollCapture(session, null);
      await touch('right-index', capture);
      const outcome = await board.outcome(winbio, w.WINBIO_OPERATION_ENROLL_CAPTURE);
      more = outcome !== 'S_OK';
      return more ? `${outcome}, touch again` : `${outcome}, the template is complete`;
    });
  }
  let owner: w.WINBIO_IDENTITY | undefined;
  await timed('WinBioEnrollCommit', async () => {
    await winbio.WinBioEnrollCommit(session, null, null);
    return await board.read(winbio, w.WINBIO_OPERATION_ENROLL_COMMIT, ({ ApiStatus, Parameters }) => {
      const { Identity, IsNewTemplate } = Parameters.EnrollCommit;
      // Kept beyond the result, so copied.
      owner = structuredClone(Identity);
      return `${codeName(ApiStatus)}, ${IsNewTemplate ? 'new' : 'known'} template of ${nameOf(Identity)}`;
    });
  });

  printer.title('Identify and verify');
  await timed('WinBioIdentify', async () => {
    await winbio.WinBioIdentify(session, null, null, null, null);
    await touch('right-index', 40);
    return await board.read(winbio, w.WINBIO_OPERATION_IDENTIFY, ({ ApiStatus, Parameters }) => {
      const { Identity, SubFactor } = Parameters.Identify;
      return `${codeName(ApiStatus)}, ${fingerName(SubFactor)} of ${nameOf(Identity)}`;
    });
  });
  for (const [finger, impression] of [
    ['right-index', 41],
    ['left-thumb', 42],
  ] as const) {
    await timed(`WinBioVerify, ${finger}`, async () => {
      await winbio.WinBioVerify(session, owner, w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER, null, null, null);
      await touch(finger, impression);
      return await board.read(winbio, w.WINBIO_OPERATION_VERIFY, ({ ApiStatus, Parameters }) => {
        return `${codeName(ApiStatus)}, ${Parameters.Verify.Match ? 'match' : 'no match'}`;
      });
    });
  }

  printer.title('Start a capture and two more operations, then cancel');
  await timed('three operations wait', async () => {
    await winbio.WinBioCaptureSample(session, 0, w.WINBIO_DATA_FLAG_RAW, null, null, null, null);
    await winbio.WinBioIdentify(session, null, null, null, null);
    await winbio.WinBioLocateSensor(session, null);
    return 'capture waits for a finger, two are queued';
  });
  await timed('WinBioCancel', async () => codeName(await winbio.WinBioCancel(session)));
  for (const [name, operation] of [
    ['CAPTURE_SAMPLE', w.WINBIO_OPERATION_CAPTURE_SAMPLE],
    ['IDENTIFY', w.WINBIO_OPERATION_IDENTIFY],
    ['LOCATE_SENSOR', w.WINBIO_OPERATION_LOCATE_SENSOR],
    ['NONE (the cancel itself)', w.WINBIO_OPERATION_NONE],
  ] as const) {
    await timed(`notice ${name}`, () => board.outcome(winbio, operation));
  }

  printer.title('Close');
  await timed('WinBioCloseSession', async () => codeName(await winbio.WinBioCloseSession(session)));
  await timed('notice CLOSE', () => board.outcome(winbio, w.WINBIO_OPERATION_CLOSE));
  await timed('WinBioFree', async () => `${winbio.liveBlocks()} results left to free`);
}

function nameOf(identity: w.WINBIO_IDENTITY): string {
  const known = w.fromWinbioIdentity(identity);
  if (known?.type === 'sid') return known.sid;
  return known?.type === 'guid' ? known.guid : 'nobody';
}
