/** The honest client as a process of its own: how long its answers take while something else goes on. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export class HonestClient implements Disposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(address: string): Promise<HonestClient> {
    const child = fork('test/hostile/honest-client.ts', [address]);
    await once(child, 'message');
    return new HonestClient(child);
  }

  /** The 99th percentile of its answers until the work is done, microseconds. Rejects as the work does. */
  async while(work: Promise<unknown>): Promise<number> {
    this.#child.send('begin');
    await work;
    this.#child.send('end');
    const [p99] = (await once(this.#child, 'message')) as [number];
    return p99;
  }

  [Symbol.dispose](): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
