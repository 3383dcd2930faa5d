/** The walk of the tour: the WinBio calls of one session, with a synthetic person at the reader. */

import { codeName } from '../../core/codes.ts';
import { type FingerName, fingerName, type VirtualReaderClient, type WhorlService } from '../../exports/whorl/index.ts';
import * as w from '../../exports/whorl/winbio.ts';
import { type NameOwner, ownerNames } from '../fingers/names.ts';
import { NoticeBoard } from './notice-board.ts';
import type { TourPrinter } from './tour-printer.ts';

/** What every chapter works with. */
interface Stage {
  readonly winbio: w.WinBio;
  readonly board: NoticeBoard;
  readonly reader: VirtualReaderClient;
  readonly printer: TourPrinter;
  readonly nameOwner: NameOwner;
}

/** Number of the synthetic person. */
const PERSON = 7;
const ENROLLED_FINGER = w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER;

/** Impressions of the touches after the enrollment; those of the enrollment count from 1. */
const IDENTIFIED_IMPRESSION = 40;
const VERIFIED_TOUCHES = [
  { finger: 'right-index', impression: 41 },
  { finger: 'left-thumb', impression: 42 },
] as const;

/** Notices that a cancel brings, in their order. */
const CANCELED_NOTICES = [
  ['CAPTURE_SAMPLE', w.WINBIO_OPERATION_CAPTURE_SAMPLE],
  ['IDENTIFY', w.WINBIO_OPERATION_IDENTIFY],
  ['LOCATE_SENSOR', w.WINBIO_OPERATION_LOCATE_SENSOR],
  ['NONE (the cancel itself)', w.WINBIO_OPERATION_NONE],
] as const;

/** Walks through a session from open to close. Rejects with the first thing that does not go as it should. */
export async function walk(service: WhorlService, printer: TourPrinter): Promise<void> {
  const stage: Stage = {
    winbio: w.bindWinBio(service),
    board: new NoticeBoard(),
    reader: service.virtualReader(),
    printer,
    nameOwner: await ownerNames(),
  };
  const session = await open(stage);
  const owner = await enroll(stage, session);
  await identify(stage, session);
  await verify(stage, session, owner);
  await cancel(stage, session);
  await close(stage, session);
}

async function open({ winbio, board, printer }: Stage): Promise<number> {
  printer.title('Open a session asynchronously');
  const holder = w.out<number>();
  await printer.timed('WinBioAsyncOpenSession', async () => {
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
  await printer.timed('notice OPEN', () =>
    board.read(winbio, w.WINBIO_OPERATION_OPEN, ({ ApiStatus, SessionHandle, SequenceNumber }) => {
      session = SessionHandle;
      return `${codeName(ApiStatus)}, session ${session}, number ${SequenceNumber}`;
    }),
  );
  return session;
}

async function enroll(stage: Stage, session: number): Promise<w.WINBIO_IDENTITY | undefined> {
  const { winbio, board, printer, nameOwner } = stage;
  printer.title('Enroll the right index finger');
  await printer.timed('WinBioEnrollBegin', async () => {
    await winbio.WinBioEnrollBegin(session, ENROLLED_FINGER, 1);
    return await board.outcome(winbio, w.WINBIO_OPERATION_ENROLL_BEGIN);
  });
  for (let capture = 1, more = true; more; capture++) {
    await printer.timed(`WinBioEnrollCapture ${capture}`, async () => {
      await winbio.WinBioEnrollCapture(session, null);
      await touch(stage, 'right-index', capture);
      const outcome = await board.outcome(winbio, w.WINBIO_OPERATION_ENROLL_CAPTURE);
      more = outcome !== 'S_OK';
      return more ? `${outcome}, touch again` : `${outcome}, the template is complete`;
    });
  }
  let owner: w.WINBIO_IDENTITY | undefined;
  await printer.timed('WinBioEnrollCommit', async () => {
    await winbio.WinBioEnrollCommit(session, null, null);
    return await board.read(winbio, w.WINBIO_OPERATION_ENROLL_COMMIT, ({ ApiStatus, Parameters }) => {
      const { Identity, IsNewTemplate } = Parameters.EnrollCommit;
      // A copy: the result is freed once it is read.
      owner = structuredClone(Identity);
      return `${codeName(ApiStatus)}, ${IsNewTemplate ? 'new' : 'known'} template of ${nameOf(Identity, nameOwner)}`;
    });
  });
  return owner;
}

async function identify(stage: Stage, session: number): Promise<void> {
  const { winbio, board, printer, nameOwner } = stage;
  printer.title('Identify and verify');
  await printer.timed('WinBioIdentify', async () => {
    await winbio.WinBioIdentify(session, null, null, null, null);
    await touch(stage, 'right-index', IDENTIFIED_IMPRESSION);
    return await board.read(winbio, w.WINBIO_OPERATION_IDENTIFY, ({ ApiStatus, Parameters }) => {
      const { Identity, SubFactor } = Parameters.Identify;
      return `${codeName(ApiStatus)}, ${fingerName(SubFactor)} of ${nameOf(Identity, nameOwner)}`;
    });
  });
}

async function verify(stage: Stage, session: number, owner: w.WINBIO_IDENTITY | undefined): Promise<void> {
  const { winbio, board, printer } = stage;
  for (const { finger, impression } of VERIFIED_TOUCHES) {
    await printer.timed(`WinBioVerify, ${finger}`, async () => {
      await winbio.WinBioVerify(session, owner, ENROLLED_FINGER, null, null, null);
      await touch(stage, finger, impression);
      return await board.read(winbio, w.WINBIO_OPERATION_VERIFY, ({ ApiStatus, Parameters }) => {
        return `${codeName(ApiStatus)}, ${Parameters.Verify.Match ? 'match' : 'no match'}`;
      });
    });
  }
}

async function cancel({ winbio, board, printer }: Stage, session: number): Promise<void> {
  printer.title('Start a capture and two more operations, then cancel');
  await printer.timed('three operations wait', async () => {
    await winbio.WinBioCaptureSample(session, 0, w.WINBIO_DATA_FLAG_RAW, null, null, null, null);
    await winbio.WinBioIdentify(session, null, null, null, null);
    await winbio.WinBioLocateSensor(session, null);
    return 'capture waits for a finger, two are queued';
  });
  await printer.timed('WinBioCancel', async () => codeName(await winbio.WinBioCancel(session)));
  for (const [name, operation] of CANCELED_NOTICES) {
    await printer.timed(`notice ${name}`, () => board.outcome(winbio, operation));
  }
}

async function close({ winbio, board, printer }: Stage, session: number): Promise<void> {
  printer.title('Close');
  await printer.timed('WinBioCloseSession', async () => codeName(await winbio.WinBioCloseSession(session)));
  await printer.timed('notice CLOSE', () => board.outcome(winbio, w.WINBIO_OPERATION_CLOSE));
  await printer.timed('WinBioFree', async () => `${winbio.liveBlocks()} results left to free`);
}

async function touch({ reader }: Stage, finger: FingerName, impression: number): Promise<void> {
  await reader.touch({ person: PERSON, finger, impression });
}

function nameOf(identity: w.WINBIO_IDENTITY, nameOwner: NameOwner): string {
  const known = w.fromWinbioIdentity(identity);
  return known?.type === 'sid' || known?.type === 'guid' ? nameOwner(known) : 'nobody';
}
