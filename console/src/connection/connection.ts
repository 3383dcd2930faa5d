/** Keeps the page connected, and reports the state of the connection. */

import { type ReadonlySignal, signal } from '@preact/signals';
import { BiometricError, stayConnected } from '../../../src/exports/whorl/client/browser.ts';
import { ConnectedService } from '../service/connected-service.ts';
import { t } from '../words/catalogue.ts';
import { connectionWords, type FaultWords } from '../words/fault-words.ts';
import { connectPaired, pair } from './pairing-link.ts';

/** The state of the connection. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly service: ConnectedService }
  /** Reconnects on its own; `last` is the service that was connected. */
  | { readonly kind: 'lost'; readonly words: FaultWords; readonly last: ConnectedService | undefined }
  /** Someone has to act first. */
  | { readonly kind: 'refused'; readonly words: FaultWords };

export class Connection {
  readonly #state = signal<ConnectionState>({ kind: 'connecting' });
  #last: ConnectedService | undefined;
  #attempt = new AbortController();

  get state(): ReadonlySignal<ConnectionState> {
    return this.#state;
  }

  /** Connects; `token` is that of the console link that opened the page, if any. */
  async start(token: string | undefined): Promise<void> {
    if (token !== undefined && (await pair(token)) === 'refused') {
      // If the browser is paired already, a used link does not matter.
      const cause = new BiometricError('E_ACCESSDENIED', undefined, { stage: 'authorize' });
      this.#state.value = {
        kind: 'refused',
        words: { ...connectionWords(cause), title: t('connection.linkUsed') },
      };
      if (!(await this.#isPaired())) return;
    }
    await this.#stay();
  }

  /** Tries at once, without waiting for the pause to end. */
  retry(): void {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    void this.#stay();
  }

  async #isPaired(): Promise<boolean> {
    try {
      await (await connectPaired()).close();
      return true;
    } catch {
      return false;
    }
  }

  async #stay(): Promise<void> {
    const { signal: given } = this.#attempt;
    try {
      await stayConnected(connectPaired, (service, lost) => this.#work(service, lost), {
        signal: given,
        onUnreachable: (cause) => this.#lost(cause),
      });
    } catch (thrown) {
      if (!given.aborted) this.#state.value = { kind: 'refused', words: connectionWords(thrown) };
    }
  }

  async #work(service: Parameters<typeof ConnectedService.open>[0], lost: AbortSignal): Promise<never> {
    const connected = await ConnectedService.open(service, lost);
    this.#last = connected;
    this.#state.value = { kind: 'connected', service: connected };
    await new Promise<void>((resolve) => {
      if (lost.aborted) resolve();
      else lost.addEventListener('abort', () => resolve(), { once: true });
    });
    throw new BiometricError('WHORL_E_CONNECTION_LOST');
  }

  #lost(cause: unknown): void {
    this.#state.value = { kind: 'lost', words: connectionWords(cause), last: this.#last };
  }
}
