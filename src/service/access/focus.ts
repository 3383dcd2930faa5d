/** Which client process receives samples of the system pool. WBF: state machines 8, D-31. */

import { BiometricError } from '../../core/biometric-error.ts';
import { type ClientProcess, isLocalSystem } from './principal.ts';

/** Chooses whose turn it is among processes that wait at one reader, where no window system says who is in front. */
export type ForegroundOrder = (waiting: readonly ClientProcess[]) => ClientProcess | undefined;

/** The one focus of a service. */
export class Focus {
  #foreground: ClientProcess | undefined;
  #order: ForegroundOrder | undefined;
  /** Services that acquired the focus, with their counts; the last one holds it. */
  readonly #acquired = new Map<ClientProcess, number>();
  readonly #listeners = new Set<() => void>();

  /**
   * The process with focus, for those that wait at a reader: a service that acquired it, else the one whose turn it is among
   * them, else the process in the foreground.
   */
  holderAmong(waiting: readonly ClientProcess[]): ClientProcess | undefined {
    const acquired = [...this.#acquired.keys()].at(-1);
    if (acquired !== undefined || this.#order === undefined) return acquired ?? this.#foreground;
    return this.#order(waiting);
  }

  /** The host knows no foreground, and lets those that wait take turns. */
  takeTurns(order: ForegroundOrder): void {
    this.#order = order;
  }

  /** Whose turn it is may be another one now. */
  turned(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** The host says which connected process is in the foreground, if any. */
  setForeground(process: ClientProcess | undefined): void {
    this.#change(() => {
      this.#foreground = process;
    });
  }

  /** Acquires the focus for a service; acquires are counted. Throws E_ACCESSDENIED unless it runs as Local System. */
  acquire(process: ClientProcess): void {
    if (!isLocalSystem(process.principal)) throw new BiometricError('E_ACCESSDENIED');
    this.#change(() => this.#acquired.set(process, (this.#acquired.get(process) ?? 0) + 1));
  }

  /** Releases one acquire, the last of which frees the focus; without an acquire it changes nothing. */
  release(process: ClientProcess): void {
    if (!isLocalSystem(process.principal)) throw new BiometricError('E_ACCESSDENIED');
    const count = this.#acquired.get(process) ?? 0;
    this.#change(() => {
      if (count > 1) this.#acquired.set(process, count - 1);
      else this.#acquired.delete(process);
    });
  }

  /** Takes the focus from a process that ended. */
  drop(process: ClientProcess): void {
    this.#change(() => {
      this.#acquired.delete(process);
      if (this.#foreground === process) this.#foreground = undefined;
    });
  }

  /** Calls back after every change of the holder. */
  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  #change(action: () => void): void {
    const before = this.holderAmong([]);
    action();
    if (this.holderAmong([]) !== before) this.turned();
  }
}
