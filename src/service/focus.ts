/** Which client process receives samples of the system pool. WBF: state machines 8, D-31. */

import type { ClientProcess } from './principal.ts';

/** The one focus of a service. */
export class Focus {
  #foreground: ClientProcess | undefined;
  readonly #listeners = new Set<() => void>();

  /** The process that has focus now. */
  get holder(): ClientProcess | undefined {
    return this.#foreground;
  }

  /** Told by the host: the window of this process is in the foreground, or of none that is connected. */
  setForeground(process: ClientProcess | undefined): void {
    if (this.#foreground === process) return;
    this.#foreground = process;
    for (const listener of [...this.#listeners]) listener();
  }

  /** A process that ended has no focus. */
  drop(process: ClientProcess): void {
    if (this.#foreground === process) this.setForeground(undefined);
  }

  /** Calls back after every change of the holder. */
  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }
}
