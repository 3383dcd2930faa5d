/** The service as an ABIS: answers what a registry asks. MOSIP: ABIS API 1.1. */

import { hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import type { Logger } from '../../core/logger.ts';
import { fingerName } from '../../core/sub-factor.ts';
import { ABIS_FAILURES, AbisRefusal, failureOf } from './abis-failure.ts';
import { type AbisFinger, AbisGallery, type AbisGalleryParts, type AbisMatch } from './abis-gallery.ts';
import { AbisQueue } from './abis-queue.ts';
import {
  type AbisDelete,
  type AbisIdentify,
  type AbisInsert,
  type AbisRequest,
  envelopeOf,
  readAbisRequest,
} from './abis-request.ts';
import type { ReadCbeff } from './cbeff-content.ts';
import { fetchBiometrics } from './fetch-biometrics.ts';

/** What it is made of. */
export interface AbisParts extends AbisGalleryParts {
  /** Beginnings of addresses that biometrics are fetched from. */
  readonly sources: readonly string[];
  readonly readCbeff: ReadCbeff;
  readonly logger: Logger;
}

export class Abis implements AsyncDisposable {
  readonly #gallery: AbisGallery;
  readonly #queue = new AbisQueue();
  readonly #sources: readonly string[];
  readonly #logger: Logger;
  readonly #readCbeff: ReadCbeff;

  constructor(parts: AbisParts) {
    this.#gallery = new AbisGallery(parts);
    this.#sources = parts.sources;
    this.#logger = parts.logger;
    this.#readCbeff = parts.readCbeff;
  }

  /** The answer to a request, both JSON. Never rejects: what failed is an answer. */
  async answer(bytes: Uint8Array): Promise<Uint8Array> {
    const body = parsed(bytes);
    const answer = {
      ...envelopeOf(body),
      responsetime: '',
      ...(await this.#outcome(body)),
    };
    return Buffer.from(JSON.stringify({ ...answer, responsetime: new Date().toISOString() }));
  }

  /** Cancels what waits; idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue[Symbol.asyncDispose]();
  }

  async #outcome(body: unknown): Promise<Readonly<Record<string, unknown>>> {
    try {
      return { returnValue: '1', ...(await this.#run(readAbisRequest(body))) };
    } catch (thrown) {
      const failure = failureOf(thrown);
      // Words may name a person; the code does not.
      const code = thrown instanceof AbisRefusal ? undefined : codeName(hresultOf(thrown));
      this.#logger[failure === 'internal' ? 'error' : 'info']('a request of the registry failed', {
        failure,
        ...(code !== undefined && { code }),
      });
      return { returnValue: '2', failureReason: ABIS_FAILURES[failure].code };
    }
  }

  async #run(request: AbisRequest): Promise<Readonly<Record<string, unknown>>> {
    switch (request.kind) {
      case 'insert':
        return await this.#queue.run('insert', (signal) => this.#insert(request, signal));
      case 'identify':
        return await this.#queue.run('identify', (signal) => this.#identify(request, signal));
      case 'delete':
        return await this.#queue.run('delete', () => this.#delete(request));
      case 'ping':
        return {};
      case 'pendingJobs':
        return { jobscount: String(this.#queue.pending) };
      case 'referenceCount':
        return { count: String(await this.#gallery.count()) };
    }
  }

  async #insert({ referenceId, referenceUrl }: AbisInsert, signal: AbortSignal) {
    // Nothing is fetched for one that is there; the store looks again.
    if ((await this.#gallery.fingersOf(referenceId)).length > 0) throw new AbisRefusal('exists');
    await this.#gallery.insert(referenceId, await this.#fetched(referenceUrl, signal));
    return {};
  }

  async #identify({ referenceId, referenceUrl, among, maxResults: most }: AbisIdentify, signal: AbortSignal) {
    let fingers = referenceId === undefined ? [] : await this.#gallery.fingersOf(referenceId);
    if (fingers.length === 0) {
      if (referenceUrl === undefined) throw new AbisRefusal('unknown');
      fingers = await this.#fetched(referenceUrl, signal);
    }
    const found = await this.#gallery.search(fingers, { except: referenceId, among, most, signal });
    const analytics = { fingers: String(fingers.length) };
    return { candidateList: { count: String(found.length), candidates: found.map(candidateOf), analytics } };
  }

  async #delete({ referenceId }: AbisDelete) {
    await this.#gallery.delete(referenceId);
    return {};
  }

  async #fetched(address: string, signal: AbortSignal): Promise<readonly AbisFinger[]> {
    const { fingers, others } = this.#readCbeff(await fetchBiometrics(address, this.#sources, signal));
    const read = await this.#gallery.read(fingers, signal);
    const [left, taken] = [fingers.length - read.length, read.length];
    if (left + others > 0) this.#logger.info('records of a registry are left out', { taken, fingers: left, others });
    return read;
  }
}

function candidateOf({ referenceId, score, fingers }: AbisMatch) {
  const internalScore = String(Math.round(score));
  const matched = fingers.map(({ probe, subFactor }) => {
    return probe === subFactor ? fingerName(probe) : `${fingerName(probe)} as ${fingerName(subFactor)}`;
  });
  return {
    referenceId,
    analytics: { internalScore },
    modalities: [{ biometricType: 'FIR', analytics: { internalScore, fingers: matched.join(', ') } }],
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
