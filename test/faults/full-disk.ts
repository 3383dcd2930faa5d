/**
 * Fills the disk at each write of an enrollment: a small file system with less and less room. Needs the right to mount
 * one.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditFiles } from '../../src/composition/state/state-directory.ts';
import { verifyAuditLog } from '../../src/composition/state/verify-audit-log.ts';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import { connect, PRIVATE_DATABASE_ID, type Session, type WhorlService } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';

const PAGE_BYTES = 4096;
const DISK_BYTES = 8 << 20;
/** Room for everything an enrollment writes, in pages. */
const LAST_PAGES = 8;

/** The effect of one amount of room. */
export interface FullDiskObservation {
  readonly roomBytes: number;
  /** `stored`, or the code. */
  readonly outcome: string;
  /** What is wrong once there is room again; must be empty. */
  readonly left: readonly string[];
}

/** Whether this process may mount a file system. */
export function canMount(): boolean {
  using folder = temporaryFolder();
  try {
    mount(folder.path);
  } catch {
    return false;
  }
  execFileSync('umount', [folder.path]);
  return true;
}

/** One enrollment for each amount of room, from none. */
export async function observeFullDisk(): Promise<readonly FullDiskObservation[]> {
  using folder = temporaryFolder();
  const disk = join(folder.path, 'disk');
  mkdirSync(disk);
  mount(disk);
  try {
    const seen: FullDiskObservation[] = [];
    for (let pages = 0; pages <= LAST_PAGES; pages++) seen.push(await observe(disk, pages));
    return seen;
  } finally {
    execFileSync('umount', [disk]);
  }
}

async function observe(disk: string, pages: number): Promise<FullDiskObservation> {
  const state = join(disk, 'state');
  const filling = join(disk, 'filling');
  const left: string[] = [];
  const expectFound = async (kiosk: Kiosk, person: number, wanted: boolean) => {
    if ((await kiosk.finds(person)) !== wanted) left.push(`person ${person} is ${wanted ? 'not ' : ''}found`);
  };
  let outcome: string;
  {
    await using kiosk = await Kiosk.open(state);
    await kiosk.enroll(1);
    outcome = await kiosk.enroll(2, () => fill(disk, filling, pages));
    rmSync(filling);
    await expectFound(kiosk, 1, true);
    await expectFound(kiosk, 2, outcome === 'stored');
    if (outcome !== 'stored') {
      const again = await kiosk.enroll(2);
      if (again !== 'stored') left.push(`enrolled again: ${again}`);
    }
  }
  const { log, key } = auditFiles(state);
  const { brokenAt } = await verifyAuditLog(log, key);
  if (brokenAt !== undefined) left.push(`the audit log is broken at line ${brokenAt}`);
  {
    await using kiosk = await Kiosk.open(state);
    await expectFound(kiosk, 1, true);
    await expectFound(kiosk, 2, true);
  }
  rmSync(state, { recursive: true });
  return { roomBytes: pages * PAGE_BYTES, outcome, left };
}

/** A daemon with one reader, and its client. */
class Kiosk implements AsyncDisposable {
  readonly #stack: AsyncDisposableStack;
  readonly #service: WhorlService;
  readonly #session: Session;

  private constructor(stack: AsyncDisposableStack, service: WhorlService, session: Session) {
    this.#stack = stack;
    this.#service = service;
    this.#session = session;
  }

  static async open(state: string): Promise<Kiosk> {
    const stack = new AsyncDisposableStack();
    const daemon = stack.use(await startHere(state, { readers: [{ kind: 'virtual', earlyTouch: 'kept' }] }));
    const service = stack.use(await connect({ address: daemon.address }));
    const session = stack.use(await service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID }));
    return new Kiosk(stack, service, session);
  }

  /** `stored`, or how it ended otherwise. */
  async enroll(person: number, beforeCommit: () => void = () => {}): Promise<string> {
    await using enrollment = await this.#session.beginEnrollment({ finger: 'right-index' });
    for (let impression = 0, done = false; !done; impression++) {
      const [step] = await Promise.all([enrollment.capture(), this.#touch(person, impression)]);
      done = step.kind === 'sufficient';
    }
    beforeCommit();
    const commit = enrollment.commit();
    return await commit.then(
      ({ kind }) => kind,
      (thrown) => (isBiometricError(thrown) ? thrown.code : String(thrown)),
    );
  }

  async finds(person: number): Promise<boolean> {
    const [found] = await Promise.all([this.#session.identify(), this.#touch(person, 7)]);
    return found.kind === 'identified';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  #touch(person: number, impression: number): Promise<unknown> {
    return this.#service.virtualReader().touch({ person, finger: 'right-index', impression });
  }
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder], { stdio: 'pipe' });
}

/** Fills the file system except for this many pages. */
function fill(disk: string, filling: string, pages: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filling, new Uint8Array(Math.max(0, bavail * bsize - pages * PAGE_BYTES)));
}
