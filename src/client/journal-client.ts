/** The journal of a service, and the attendance that is worked out of it. */

import type { AttendanceDay, AttendanceQuery } from '../core/attendance.ts';
import type { OwnerIdentity } from '../core/identity.ts';
import type { JournalCount, JournalLine, JournalQuery } from '../core/journal-line.ts';
import type { Page, PageRequest } from '../core/page.ts';
import { asking, type MayBeCanceled } from './asking.ts';
import type { ServiceChannel } from './service-channel.ts';

/** What a check of the journal found: the first line that is not as it was written, or none. */
export interface JournalCheck {
  /** Lines that were checked. */
  readonly lines: number;
  /** Lines whose content was forgotten. */
  readonly forgotten: number;
  /** Number of the first line that was changed, taken away or put in; absent when all is well. */
  readonly broken?: number;
}

/** How the journal is checked. */
export interface VerifyJournalOptions extends MayBeCanceled {
  /** Told of the lines that were checked so far. Default: nobody. */
  readonly onProgress?: (lines: number) => void;
}

/**
 * Who was where, and what came of it, from `service.journal`. For administrators and operators. Every method rejects with
 * E_ACCESSDENIED for others, E_INVALIDARG, and WHORL_E_CONNECTION_LOST.
 *
 * ```ts
 * const { items } = await service.journal.list({ place: 'Main entrance', kinds: ['recognised'] });
 * ```
 */
export class JournalClient {
  readonly #channel: ServiceChannel;

  /** Made by `service.journal`. */
  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /**
   * Lines that fit, newest first, a page at a time. `total` counts at most 10,000.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { items, next } = await service.journal.list({ identity, fromMs: Date.parse('2026-11-20') });
   * ```
   */
  async list(query: JournalQuery & PageRequest = {}): Promise<Page<JournalLine>> {
    return (await this.#ask('list', { query })) as Page<JournalLine>;
  }

  /**
   * Lines as they come, those after `after` first (default: from now on). Leaving the loop or the signal ends it; the
   * signal makes it reject with WINBIO_E_CANCELED.
   * Rejects with WINBIO_E_CANCELED, E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const { kind, person, title } of service.journal.follow()) show(kind, person?.name, title);
   * ```
   */
  async *follow(
    options: MayBeCanceled & { readonly query?: JournalQuery; readonly after?: number } = {},
  ): AsyncGenerator<JournalLine, void, void> {
    const { query = {}, signal } = options;
    let { after } = options;
    for (;;) {
      const body = { query, ...(after !== undefined && { after }) };
      const news = (await this.#ask('follow', body, signal)) as { lines: readonly JournalLine[]; after: number };
      yield* news.lines;
      ({ after } = news);
    }
  }

  /**
   * Lines an hour or a day, of the span of the query.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const today = await service.journal.counts({ fromMs: Date.parse('2026-11-27'), untilMs: Date.now() }, 'hour');
   * ```
   */
  async counts(query: JournalQuery, per: 'hour' | 'day'): Promise<readonly JournalCount[]> {
    return (await this.#ask('counts', { query, per })) as readonly JournalCount[];
  }

  /**
   * Lines that fit as a file, piece by piece.
   * Rejects with WINBIO_E_CANCELED, E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const piece of service.journal.export({}, { format: 'csv' })) process.stdout.write(piece);
   * ```
   */
  async *export(
    query: JournalQuery,
    options: MayBeCanceled & { readonly format: 'csv' | 'jsonl' },
  ): AsyncGenerator<string, void, void> {
    const { format, signal } = options;
    let cursor: string | undefined;
    do {
      const body = { query: { ...query, ...(cursor !== undefined && { cursor }) }, format };
      const part = (await this.#ask('export', body, signal)) as { text: string; next?: string };
      yield part.text;
      cursor = part.next;
    } while (cursor !== undefined);
  }

  /**
   * Picture of the sample of a line, a PNG, where policy keeps them; undefined without one. Each look is audited.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const png = await service.journal.picture(4711);
   * ```
   */
  async picture(number: number): Promise<Uint8Array | undefined> {
    return ((await this.#ask('picture', { number })) ?? undefined) as Uint8Array | undefined;
  }

  /**
   * Forgets a person: their lines stay and no longer say whose they are. Resolves with how many lines. Administrators
   * only, and audited.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const lines = await service.journal.forget(identity);
   * ```
   */
  async forget(identity: OwnerIdentity): Promise<number> {
    return (await this.#ask('forget', { identity })) as number;
  }

  /**
   * Checks the chain of the journal, part by part. Administrators only.
   * Rejects with WINBIO_E_CANCELED, E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { broken } = await service.journal.verify();
   * ```
   */
  async verify(options: VerifyJournalOptions = {}): Promise<JournalCheck> {
    const { signal, onProgress } = options;
    let [lines, forgotten] = [0, 0];
    for (let from: number | undefined; ; ) {
      const body = from === undefined ? {} : { from };
      const part = (await this.#ask('verify', body, signal)) as JournalCheck & { readonly next?: number };
      lines += part.lines;
      forgotten += part.forgotten;
      onProgress?.(lines);
      if (part.broken !== undefined) return { lines, forgotten, broken: part.broken };
      if (part.next === undefined) return { lines, forgotten };
      from = part.next;
    }
  }

  /**
   * First in, last out and hours by person and day.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { items } = await service.journal.attendance({ from: '2026-11-01', until: '2026-11-30', group: 'Staff' });
   * ```
   */
  async attendance(query: AttendanceQuery & PageRequest): Promise<Page<AttendanceDay>> {
    return (await this.#ask('attendance', { query })) as Page<AttendanceDay>;
  }

  /**
   * The same as a CSV table, piece by piece.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const query = { from: '2026-11-01', until: '2026-11-30' };
   * for await (const piece of service.journal.exportAttendance(query)) process.stdout.write(piece);
   * ```
   */
  async *exportAttendance(query: AttendanceQuery, options: MayBeCanceled = {}): AsyncGenerator<string, void, void> {
    let cursor: string | undefined;
    do {
      const body = { query: { ...query, ...(cursor !== undefined && { cursor }) } };
      const part = (await this.#ask('export-attendance', body, options.signal)) as { text: string; next?: string };
      yield part.text;
      cursor = part.next;
    } while (cursor !== undefined);
  }

  /**
   * Enters a time by hand: somebody was there, and no reader saw it. Audited; the lines that readers wrote stay.
   * `withdraws` takes back one that was entered before.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WHORL_E_NO_SUCH_PERSON, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.journal.correct({ identity, atMs: Date.parse('2026-11-27T17:05'), reason: 'forgot to touch' });
   * ```
   */
  async correct(correction: {
    readonly identity: OwnerIdentity;
    readonly atMs: number;
    readonly reason: string;
    readonly withdraws?: number;
  }): Promise<JournalLine> {
    return (await this.#ask('correct', { correction })) as JournalLine;
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<unknown> {
    return asking(this.#channel, 'journal', { kind, ...fields }, signal);
  }
}
