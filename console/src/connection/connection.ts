/** Keeps the page connected, and says how that goes. */

import { type ReadonlySignal, signal } from '@preact/signals';
import { BiometricError, isBiometricError, stayConnected } from '../../../src/exports/whorl/client/browser.ts';
import { ConnectedService } from '../service/connected-service.ts';
import { connectionWords, type FaultWords, type Reachability } from '../words/fault-words.ts';
import { connectPaired, pair } from './pairing-link.ts';

/** How the connection is. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly service: ConnectedService }
  /** It is tried again without anybody's help; `last` is what was connected before. */
  | { readonly kind: 'lost'; readonly words: FaultWords; readonly last: ConnectedService | undefined }
  /** Somebody has to do something first. */
  | { readonly kind: 'refused'; readonly words: FaultWords };

export class Connection {
  readonly #state = signal<ConnectionState>({ kind: 'connecting' });
  #last: ConnectedService | undefined;
  #attempt = new AbortController();

  get state(): ReadonlySignal<ConnectionState> {
    return this.#state;
  }

  /** Begins, with the token of a console link when the page was opened by one. */
  async start(token: string | undefined): Promise<void> {
    if (token !== undefined && (await pair(token)) === 'refused') {
      // The browser may be paired already; then the used link does not matter.
      const cause = new BiometricError('E_ACCESSDENIED', undefined, { stage: 'authorize' });
      this.#state.value = {
        kind: 'refused',
        words: { ...connectionWords(cause), title: 'This link was used already' },
      };
      if (!(await this.#isPaired())) return;
    }
    await this.#stay();
  }

  /** Tries at once, without the pause that is due. */
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
        onUnreachable: (cause) => void this.#lost(cause, given),
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

  async #lost(cause: unknown, given: AbortSignal): Promise<void> {
    this.#state.value = { kind: 'lost', words: connectionWords(cause), last: this.#last };
    if (!isBiometricError(cause) || cause.stage !== 'reach' || (await reachability()) === 'silent') return;
    // Meanwhile it may have been tried again.
    if (this.#state.value.kind !== 'lost' || given.aborted) return;
    this.#state.value = { kind: 'lost', words: connectionWords(cause, 'answers'), last: this.#last };
  }
}

/** A browser does not say why a WebSocket failed; whether the service answers at all tells the two reasons apart. */
async function reachability(): Promise<Reachability> {
  const response = await fetch('health', { cache: 'no-store' }).catch(() => undefined);
  return response?.ok === true ? 'answers' : 'silent';
}
