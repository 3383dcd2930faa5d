/** Which client process receives samples of the system pool. WBF: state machines 8, D-31. */

import { BiometricError } from '../../core/biometric-error.ts';
import { type ClientProcess, isLocalSystem } from './principal.ts';

/** The one focus of a service. */
export class Focus {
  #foreground: ClientProcess | undefined;
  /** Services that took the focus by hand, with how often; the last one has it. */
  readonly #acquired = new Map<ClientProcess, number>();
  readonly #listeners = new Set<() => void>();

  /** The process that has focus now: a service that took it, else whose window is in the foreground. */
  get holder(): ClientProcess | undefined {
    return [...this.#acquired.keys()].at(-1) ?? this.#foreground;
  }

  /** Told by the host: the window of this process is in the foreground, or of none that is connected. */
  setForeground(process: ClientProcess | undefined): void {
    this.#change(() => {
      this.#foreground = process;
    });
  }

  /** A service takes the focus; acquires count. Throws E_ACCESSDENIED unless it runs under Local System. */
  acquire(process: ClientProcess): void {
    if (!isLocalSystem(process.principal)) throw new BiometricError('E_ACCESSDENIED');
    this.#change(() => this.#acquired.set(process, (this.#acquired.get(process) ?? 0) + 1));
  }

  /** Gives it back; the last release frees it, and one without holding does nothing. */
  release(process: ClientProcess): void {
    if (!isLocalSystem(process.principal)) throw new BiometricError('E_ACCESSDENIED');
    const count = this.#acquired.get(process) ?? 0;
    this.#change(() => {
      if (count > 1) this.#acquired.set(process, count - 1);
      else this.#acquired.delete(process);
    });
  }

  /** A process that ended has no focus. */
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
    const before = this.holder;
    action();
    if (this.holder !== before) for (const listener of [...this.#listeners]) listener();
  }
}
