import { describe, expect, test } from 'vitest';
import type { JournalStore, NewJournalLine } from '../../adapters/journal-store.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { JournalLine } from '../../core/journal-line.ts';
import { SILENT_LOGGER } from '../../core/logger.ts';
import { Journal } from './journal.ts';
import { DEFAULT_JOURNAL_POLICY, type JournalPolicy } from './journal-policy.ts';

/** A clock whose alarms ring when a test says so. */
class TestClock implements Clock {
  readonly alarms = new Map<() => void, number>();

  nowMs(): number {
    return 1_000_000_000_000;
  }

  after(delayMs: number, action: () => void): Disposable {
    this.alarms.set(action, delayMs);
    return { [Symbol.dispose]: () => this.alarms.delete(action) };
  }

  /** Rings what was set for this delay. */
  ring(delayMs: number): void {
    for (const [action, delay] of [...this.alarms]) {
      if (delay !== delayMs) continue;
      this.alarms.delete(action);
      action();
    }
  }
}

/** What the tests need of a store: lines in an array, or a disk that is full. */
class TestStore {
  readonly lines: JournalLine[] = [];
  full = false;
  old = 0;
  retention: unknown;

  async append(lines: readonly NewJournalLine[]): Promise<readonly JournalLine[]> {
    if (this.full) throw new BiometricError('WINBIO_E_DATABASE_FULL', 'the disk is full');
    const written = lines.map(({ atMs, entry }, i) => ({ ...entry, atMs, number: this.lines.length + i + 1 }));
    this.lines.push(...written);
    return written;
  }

  async since(_: unknown, after: number) {
    return { lines: this.lines.slice(after), after: this.lines.length, more: false };
  }

  async position() {
    return { number: this.lines.length, chain: '' };
  }

  async trim(retention: unknown): Promise<number> {
    this.retention = retention;
    const step = Math.min(2, this.old);
    this.old -= step;
    return step;
  }
}

function made(policy: Partial<JournalPolicy> = {}) {
  const [clock, store] = [new TestClock(), new TestStore()];
  const port = {
    store: store as unknown as JournalStore,
    isThere: false,
    policy: () => ({ ...DEFAULT_JOURNAL_POLICY, ...policy }),
  };
  return { clock, store, journal: new Journal(port, clock, SILENT_LOGGER) };
}

const ENTRY = { kind: 'unknown', sid: 'S-1-22-1-1' } as const;

describe('a journal that cannot be written', () => {
  test('is a fault of the service, and no answer waits for it', async () => {
    const { store, journal } = made();
    store.full = true;
    await journal.note(ENTRY);
    expect(journal.faults.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'WINBIO_E_DATABASE_FULL: the journal cannot be written: the disk is full',
    ]);
    store.full = false;
    await journal.note(ENTRY);
    expect(journal.faults).toEqual([]);
    await journal.close();
    await journal.close();
  });

  test('refuses the touch where policy requires it', async () => {
    const { store, journal } = made({ required: true });
    store.full = true;
    await expect(journal.note(ENTRY)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_FULL' });
    await journal.close();
  });
});

test('followers hear lines at once, and after two quiet seconds that there are none', async () => {
  const { clock, journal } = made();
  await journal.note(ENTRY);
  const quiet = journal.follow({}, 1);
  await new Promise(setImmediate);
  clock.ring(2000);
  expect(await quiet).toEqual({ lines: [], after: 1 });
  const news = journal.follow({}, undefined);
  await new Promise(setImmediate);
  await journal.note(ENTRY);
  expect((await news).lines.map(({ number }) => number)).toEqual([2]);
  const waiting = journal.follow({}, 2);
  await new Promise(setImmediate);
  await journal.close();
  // What follows ends with the service.
  expect((await waiting).lines).toEqual([]);
});

test('old lines are taken away in steps, between which others are served', async () => {
  const { clock, store, journal } = made({ days: 10, pictureDays: 2 });
  store.old = 5;
  const trimming = journal.trim();
  for (let i = 0; i < 5; i++) {
    await new Promise(setImmediate);
    clock.ring(5);
  }
  expect(await trimming).toBe(5);
  const day = 86_400_000;
  expect(store.retention).toEqual({
    linesBeforeMs: clock.nowMs() - 10 * day,
    picturesBeforeMs: clock.nowMs() - 2 * day,
  });
  await journal.close();
});
