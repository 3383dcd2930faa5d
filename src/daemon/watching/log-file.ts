/** A log in a file, for a service that has no standard error. */

import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A file that has grown to this size makes room, bytes; one earlier file is kept. */
const MOST_BYTES = 10 << 20;

/** Appends lines to a file, which becomes `<name>.1` when it is large. */
export class LogFile implements Disposable {
  readonly #path: string;
  readonly #mostBytes: number;
  #file: number | undefined;
  #bytes = 0;

  /** Opens the file; its folder is there. Throws the error of the file system. */
  constructor(path: string, mostBytes = MOST_BYTES) {
    this.#path = path;
    this.#mostBytes = mostBytes;
    this.#open();
  }

  /** Appends a line with its end. What the disk does not take is dropped: a log keeps no service from its work. */
  write(line: string): void {
    try {
      if (this.#bytes >= this.#mostBytes) this.#makeRoom();
      if (this.#file !== undefined) this.#bytes += writeSync(this.#file, line);
    } catch {
      // The event log has what matters most.
    }
  }

  /** Closes it; idempotent. */
  [Symbol.dispose](): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(): void {
    this.#file = openSync(this.#path, 'a', 0o600);
    this.#bytes = fstatSync(this.#file).size;
  }

  #makeRoom(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    try {
      renameSync(this.#path, `${this.#path}.1`);
    } finally {
      // Where somebody keeps the earlier file open, this one grows on.
      this.#open();
    }
  }
}
