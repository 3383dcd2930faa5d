/** Drives libfprint's virtual reader with storage, as a person and a chip would: `virtual_device_storage` of Debian's build. */

import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../../src/core/logger.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { LibfprintDevice } from '../../../src/devices/libfprint/libfprint-device.ts';
import { foundReaders, isDriven } from '../../../src/drivers/libfprint/found-readers.ts';
import { ReaderLink } from '../../../src/drivers/libfprint/reader-link.ts';

/** A command of the virtual reader, such as `SCAN right`; resolves with its answer, or empty when the signal aborts first. */
export function tellVirtual(socket: string, command: string | Uint8Array, signal?: AbortSignal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const attempt = () => {
    if (signal?.aborted === true) return resolve('');
    let answer = '';
    const stream = connect({ path: socket, ...(signal && { signal }) });
    stream.on('error', () => setTimeout(attempt, 5));
    stream.on('connect', () => stream.end(command));
    stream.on('data', (bytes) => {
      answer += bytes;
    });
    stream.on('close', (failed) => {
      if (!failed) resolve(answer);
    });
  };
  attempt();
  return promise;
}

/** Starts the reader of a virtual driver, with a socket of its own. */
export async function virtualLink(
  variable: 'FP_VIRTUAL_IMAGE' | 'FP_VIRTUAL_DEVICE_STORAGE',
  logger: Logger = SILENT_LOGGER,
): Promise<AsyncDisposable & { readonly link: ReaderLink; readonly socket: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-reader-'));
  const socket = join(folder, 'reader.sock');
  process.env[variable] = socket;
  const found = (await foundReaders()).filter(isDriven).find(({ driver }) => driver.startsWith('virtual'));
  if (found === undefined) throw new TypeError('no virtual reader');
  try {
    const link = await ReaderLink.start(found, { logger });
    return {
      link,
      socket,
      async [Symbol.asyncDispose]() {
        await link.close();
        delete process.env[variable];
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
}

/** One command after the other, each when the driver waits for a finger. */
export class VirtualFinger {
  readonly #link: ReaderLink;
  readonly #socket: string;
  readonly #waiting: string[] = [];
  readonly #watching: Disposable;
  #telling = false;

  constructor(link: ReaderLink, socket: string) {
    this.#link = link;
    this.#socket = socket;
    this.#watching = link.watch({ needed: () => void this.#next() });
  }

  present(command: string): void {
    this.#waiting.push(command);
    void this.#next();
  }

  stop(): void {
    this.#watching[Symbol.dispose]();
    this.#waiting.length = 0;
  }

  async #next(): Promise<void> {
    while (!this.#telling && this.#link.fingerNeeded) {
      const command = this.#waiting.shift();
      if (command === undefined) return;
      this.#telling = true;
      await tellVirtual(this.#socket, command);
      this.#telling = false;
    }
  }
}

/** A virtual chip as a device, and its finger. */
export async function virtualDevice(logger?: Logger) {
  const made = await virtualLink('FP_VIRTUAL_DEVICE_STORAGE', logger);
  const { link, socket } = made;
  const finger = new VirtualFinger(link, socket);
  const device = new LibfprintDevice(link);
  return {
    device,
    link,
    socket,
    finger,
    async close() {
      finger.stop();
      await device.close();
      await made[Symbol.asyncDispose]();
    },
  };
}
