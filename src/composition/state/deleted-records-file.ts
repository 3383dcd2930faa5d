/** Remembers deleted records in a file beside the keys: one line each, `+` remembered, `-` forgotten again. */

import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { DeletedRecords } from '../../storage/sealed/deleted-records.ts';
import { appendDurably, syncFolder } from './write-durably.ts';

export class DeletedRecordsFile implements DeletedRecords, Disposable {
  readonly #file: number;
  readonly #remembered = new Set<string>();
  #open = true;

  /** Reads what is there; a last line that was cut off never counted. */
  constructor(path: string) {
    const isNew = !existsSync(path);
    this.#file = openSync(path, 'a', 0o600);
    if (isNew) syncFolder(path);
    const text = readFileSync(path, 'utf8');
    for (const line of text.split('\n')) {
      const [, sign, entry] = /^([+-])(\S{36}:[0-9a-f]{32})$/.exec(line) ?? [];
      if (sign === '+' && entry !== undefined) this.#remembered.add(entry);
      else if (entry !== undefined) this.#remembered.delete(entry);
    }
    if (text !== '' && !text.endsWith('\n')) appendDurably(this.#file, '\n');
  }

  has(databaseId: DatabaseId, ownNumber: string): boolean {
    return this.#remembered.has(`${databaseId}:${ownNumber}`);
  }

  async remember<T>(databaseId: DatabaseId, ownNumbers: readonly string[], deletion: () => Promise<T>): Promise<T> {
    const entries = ownNumbers.map((number) => `${databaseId}:${number}`);
    this.#write('+', entries);
    for (const entry of entries) this.#remembered.add(entry);
    try {
      return await deletion();
    } catch (thrown) {
      for (const entry of entries) this.#remembered.delete(entry);
      this.#write('-', entries);
      throw thrown;
    }
  }

  [Symbol.dispose](): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }

  #write(sign: '+' | '-', entries: readonly string[]): void {
    if (entries.length > 0) appendDurably(this.#file, entries.map((entry) => `${sign}${entry}\n`).join(''));
  }
}
