/**
 * Sends the journal to other systems as it is written: line by line, in order, each until it is taken. What was taken last is
 * kept, so that after a restart, and after days without the other system, none is missing; the last one may come twice.
 */

import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { isBiometricError } from '../../core/biometric-error.ts';
import type { JournalLine, JournalQuery } from '../../core/journal-line.ts';
import type { Logger } from '../../core/logger.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import type { WebhookConfiguration } from '../configuration/service-configuration.ts';
import { readAuthenticated, writeAuthenticated } from '../state/authenticated-file.ts';
import { sendWebhook } from './webhook.ts';

/** How long to wait after the journal could not be read, milliseconds. */
const AGAIN_MS = 5000;

/** What a feed reads. */
export interface FeedSource {
  /** Lines that fit after a number, at once if there are any, else after a while with none; and how far was looked. */
  readonly since: (
    query: JournalQuery,
    after: number,
  ) => Promise<{ readonly lines: readonly JournalLine[]; readonly after: number }>;
  /** Number of the last line. */
  readonly last: () => Promise<number>;
}

/** What feeds need. */
export interface JournalFeedParts {
  readonly hooks: readonly WebhookConfiguration[];
  readonly source: FeedSource;
  /** Signs webhooks. */
  readonly secretOf: () => string;
  readonly logger: Logger;
  /** Where it is kept what was taken; undefined for state in memory. */
  readonly file: { readonly path: string; readonly keyring: Keyring } | undefined;
}

const TAKEN = z.strictObject({ taken: z.record(z.string(), z.int().min(0)) });

export class JournalFeed implements AsyncDisposable {
  readonly #parts: JournalFeedParts;
  readonly #ending = new AbortController();
  readonly #taken: Record<string, number>;
  #running: Promise<unknown> = Promise.resolve();

  constructor(parts: JournalFeedParts) {
    this.#parts = parts;
    this.#taken = parts.hooks.length === 0 ? {} : readTaken(parts);
  }

  /** Begins to send: a new hook what is written from now on, another one what it has not taken yet. */
  async start(): Promise<void> {
    const { hooks, source } = this.#parts;
    if (hooks.some(({ name }) => this.#taken[name] === undefined)) {
      const last = await source.last();
      for (const { name } of hooks) this.#taken[name] ??= last;
    }
    this.#running = Promise.all(hooks.map((hook) => this.#feed(hook)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  /** Never rejects. */
  async #feed({ name, url, kinds, places }: WebhookConfiguration): Promise<void> {
    const { source, secretOf, logger } = this.#parts;
    const { signal } = this.#ending;
    const onFailure = (reason: string) => logger.warn('a webhook was not taken', { webhook: name, reason });
    // What waits for news is not waited for at the end.
    const ended = new Promise<undefined>((resolve) =>
      signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    );
    while (!signal.aborted) {
      try {
        const after = this.#taken[name] ?? 0;
        const news = await Promise.race([source.since(kinds === undefined ? {} : { kinds }, after), ended]);
        if (news === undefined) return;
        for (const line of news.lines) {
          if (signal.aborted) return;
          // Lines of other services are sent by them.
          if (line.site !== undefined) continue;
          if (places !== undefined && !places.includes(line.place ?? '')) continue;
          const id = `journal-${line.number}`;
          const body = JSON.stringify({ type: 'journal.line', id, line });
          const taken = await sendWebhook({ id, url, body }, { secret: secretOf(), signal, onFailure });
          // A receiver that says that it is gone is asked again with the next line, not with this one.
          if (!taken && signal.aborted) return;
          this.#keep(name, line.number);
        }
        this.#keep(name, news.after);
      } catch (thrown) {
        logger.warn('the journal cannot be sent', { webhook: name, code: isBiometricError(thrown) ? thrown.code : '' });
        await pause(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  #keep(name: string, number: number): void {
    if (this.#taken[name] === number) return;
    this.#taken[name] = number;
    const { file } = this.#parts;
    if (file !== undefined) writeAuthenticated(file.path, JSON.stringify({ taken: this.#taken }), file.keyring);
  }
}

/** What was taken by then. A file that is not ours counts as none: lines would be sent from now on, which the log says. */
function readTaken({ file, logger }: JournalFeedParts): Record<string, number> {
  if (file === undefined || !existsSync(file.path)) return {};
  try {
    return { ...TAKEN.parse(JSON.parse(readAuthenticated(file.path, file.keyring))).taken };
  } catch {
    logger.error('the file of webhooks is damaged: the journal is sent from now on', { path: file.path });
    return {};
  }
}
