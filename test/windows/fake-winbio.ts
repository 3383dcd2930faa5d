/** The winbio library of `winbio.c`, compiled for this machine, and its script. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { sidToBytes } from '../../src/core/sid.ts';

/** Why it cannot be compiled; false where it can. On Windows its path is given, and it is built by mingw elsewhere. */
export const NO_COMPILER =
  process.env.WHORL_FAKE_WINBIO !== undefined || spawnSync('gcc', ['--version']).status === 0
    ? false
    : 'no C compiler: apt-get install gcc';

/** What can be counted. */
const COUNTS = { blocks: 0, handles: 1, waits: 2, templates: 3, touches: 4 } as const;

let built: string | undefined;

/** Compiles the library, once a process. */
function build(): string {
  if (process.env.WHORL_FAKE_WINBIO !== undefined) return process.env.WHORL_FAKE_WINBIO;
  if (built !== undefined && existsSync(built)) return built;
  const folder = mkdtempSync(join(tmpdir(), 'whorl-winbio-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  built = join(folder, 'winbio.so');
  const flags = ['-O1', '-Wall', '-Werror', '-shared', '-fPIC', '-pthread'];
  execFileSync('gcc', [...flags, '-o', built, join(import.meta.dirname, 'winbio.c')]);
  return built;
}

/** A world with one library: what it did for another test is forgotten. */
export class FakeWinBio {
  /** Where the library is. */
  readonly path: string;
  readonly #library: ReturnType<typeof koffi.load>;
  readonly #functions = new Map<string, (...values: unknown[]) => unknown>();

  /** `units` are plugged in. */
  constructor(units: readonly number[] = [1]) {
    this.path = build();
    this.#library = koffi.load(this.path);
    this.#call('void FakeReset()');
    for (const unit of [1, 2, 3, 4]) this.plug(unit, units.includes(unit));
  }

  /** A finger, from 0, touches a unit as soon as somebody waits. */
  touch(finger: number, unit = 1): void {
    this.#call('void FakeTouch(uint32_t, int, uint32_t)', unit, finger, 0);
  }

  /** As {@link touch}, badly. */
  touchBadly(detail: number, unit = 1): void {
    this.#call('void FakeTouch(uint32_t, int, uint32_t)', unit, 0, detail);
  }

  /** A unit is plugged in, or pulled out. */
  plug(unit: number, present = true): void {
    this.#call('void FakePlug(uint32_t, int)', unit, present ? 1 : 0);
  }

  /** The next operation ends with a code, or the next call returns it. */
  fail(hresult: number, at: 'operation' | 'call' = 'operation'): void {
    this.#call('void FakeFailNext(int32_t, int)', hresult | 0, at === 'call' ? 1 : 0);
  }

  /** Nothing ends while it hangs. */
  hang(hangs: boolean): void {
    this.#call('void FakeHang(int)', hangs ? 1 : 0);
  }

  /** What is captured from now on. */
  captures(sample: Uint8Array): void {
    this.#call('void FakeSample(void *, size_t)', sample, sample.length);
  }

  /** Most templates there may be (64), whether who asks for the focus gets it (no), and is an administrator (yes). */
  settings({
    templates = 64,
    focus = false,
    administrator = true,
  }: {
    readonly templates?: number;
    readonly focus?: boolean;
    readonly administrator?: boolean;
  }): void {
    this.#call('void FakeSettings(int, int, int)', templates, focus ? 1 : 0, administrator ? 1 : 0);
  }

  /** The account that asks, by its SID; default: S-1-5-21-1-2-3-1001. */
  account(sid: string): void {
    this.#call('void FakeAccount(void *)', sidToBytes(sid));
  }

  /** Counts something. */
  count(what: keyof typeof COUNTS): number {
    return Number(this.#call('int FakeCount(int)', COUNTS[what]));
  }

  /** Resolves when a count is as it should be. */
  async until(what: keyof typeof COUNTS, count: number): Promise<void> {
    while (this.count(what) !== count) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /** Functions stay: koffi keeps memory of each that it has made. */
  #call(prototype: string, ...values: readonly unknown[]): unknown {
    const known = this.#functions.get(prototype);
    const called = known ?? this.#library.func(prototype.replace(' Fake', ' __stdcall Fake'));
    this.#functions.set(prototype, called);
    return called(...values);
  }
}
