/** When each pairing was used last: a file that helps people to tell pairings apart, and lets nobody in. */

import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeDurably } from '../../composition/state/write-durably.ts';
import type { Logger } from '../../core/logger.ts';

const CONTENT = z.record(z.string().max(64), z.int().min(0));

export class PairingUses {
  readonly #path: string;
  readonly #logger: Logger;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** By id, milliseconds since 1970; nothing of a file that cannot be read. */
  read(): Readonly<Record<string, number>> {
    if (!existsSync(this.#path)) return {};
    try {
      return CONTENT.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      this.#logger.warn('it is not known when pairings were used last', { path: this.#path });
      return {};
    }
  }

  /** Keeps them. */
  write(uses: Readonly<Record<string, number>>): void {
    try {
      writeDurably(this.#path, `${JSON.stringify(uses)}\n`);
    } catch {
      this.#logger.warn('it cannot be kept when pairings were used last', { path: this.#path });
    }
  }
}
