/** An engine that runs in a process of its own. Its galleries are filled again in the next one when it ends. */

import type {
  Candidate,
  EngineAdapter,
  EngineInfo,
  EnrollmentBuilder,
  EnrollmentProgress,
  Gallery,
} from '../../adapters/engine-adapter.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import type { AdapterProcess } from './adapter-process.ts';
import { ADAPTER_OBJECT } from './host-messages.ts';
import { type IsolationParts, SupervisedAdapter } from './supervised-adapter.ts';

/** Starts the process of an engine. Rejects as the module does. */
export async function isolatedEngine(parts: IsolationParts): Promise<EngineAdapter> {
  const adapter = await SupervisedAdapter.start({ ...parts, endCode: 'WINBIO_E_DEVICE_FAILURE' });
  const has = (name: string & keyof EngineAdapter) => adapter.facts.members.includes(name);
  /** A method that takes a signal as its last argument. */
  const signaled =
    (method: string) =>
    (...given: readonly unknown[]) =>
      adapter.call<never>(method, given.slice(0, -1), given.at(-1) as AdapterOptions);
  const plain =
    (method: string) =>
    (...given: readonly unknown[]) =>
      adapter.call<never>(method, given);
  const search = async (method: string, probe: Uint8Array, gallery: Gallery, { signal }: AdapterOptions) => {
    if (!(gallery instanceof IsolatedGallery)) throw new TypeError('the gallery is not one of this engine');
    const process = await adapter.running(signal);
    const objects = [gallery.in(process)];
    return await process.call<readonly Candidate[]>(ADAPTER_OBJECT, method, [probe], { objects, signal });
  };
  return {
    info: adapter.facts.about as EngineInfo,
    extract: signaled('extract'),
    verify: signaled('verify'),
    identify: (features, gallery, options) => search('identify', features, gallery, options),
    findDuplicates: (template, gallery, options) => search('findDuplicates', template, gallery, options),
    ...(has('identifyAll') && {
      identifyAll: (sample: Uint8Array, gallery: Gallery, options: AdapterOptions) =>
        search('identifyAll', sample, gallery, options) as never,
    }),
    createGallery: () => new IsolatedGallery(adapter),
    createEnrollment: (subFactor) => new IsolatedEnrollment(adapter, subFactor),
    // The process has one for engines that do not.
    checkTemplate: plain('checkTemplate'),
    ...(has('hashTemplate') && { hashTemplate: plain('hashTemplate') }),
    ...(has('indexVector') && { indexVector: plain('indexVector') }),
    ...(has('calibration') && {
      calibration: { select: plain('calibration.select'), advise: signaled('calibration.advise') },
    }),
    ...(has('updateTemplate') && { updateTemplate: signaled('updateTemplate') }),
    ...(has('describe') && { describe: signaled('describe') }),
    ...(has('setAccountPolicy') && { setAccountPolicy: plain('setAccountPolicy') }),
    control: signaled('control'),
    close: () => adapter.close(),
    [Symbol.asyncDispose]: () => adapter.close(),
  };
}

/** References, kept here too: the process that searches them may be another one tomorrow. */
class IsolatedGallery implements Gallery {
  readonly #adapter: SupervisedAdapter;
  readonly #templates = new Map<RecordId, Uint8Array>();
  #filled: { readonly process: AdapterProcess; readonly object: number } | undefined;

  constructor(adapter: SupervisedAdapter) {
    this.#adapter = adapter;
  }

  get size(): number {
    return this.#templates.size;
  }

  add(recordId: RecordId, template: Uint8Array): void {
    this.#templates.set(recordId, template.slice());
    this.#filled?.process.tell(this.#filled.object, 'add', [recordId, template]);
  }

  remove(recordId: RecordId): void {
    this.#templates.get(recordId)?.fill(0);
    this.#templates.delete(recordId);
    this.#filled?.process.tell(this.#filled.object, 'remove', [recordId]);
  }

  /** Number of the gallery there; messages arrive in order, so that whoever searches finds it filled. */
  in(process: AdapterProcess): number {
    if (this.#filled?.process !== process) {
      const object = this.#adapter.nextObject();
      process.tell(ADAPTER_OBJECT, 'createGallery', [], object);
      for (const [recordId, template] of this.#templates) process.tell(object, 'add', [recordId, template]);
      this.#filled = { process, object };
    }
    return this.#filled.object;
  }

  [Symbol.dispose](): void {
    for (const template of this.#templates.values()) template.fill(0);
    this.#templates.clear();
    this.#filled?.process.release(this.#filled.object);
    this.#filled = undefined;
  }
}

/** A template that is built there; when the process ends it is lost, and its session begins again. */
class IsolatedEnrollment implements EnrollmentBuilder {
  readonly #process: AdapterProcess;
  readonly #object: number;
  #progress: EnrollmentProgress = { kind: 'more-data', detail: 0, percentComplete: 0 };
  #template: Uint8Array | undefined;
  /** Settles when what was asked before has been done; rejects with its fault. */
  #begun: Promise<unknown>;

  constructor(adapter: SupervisedAdapter, subFactor: SubFactor) {
    this.#process = adapter.current;
    this.#object = adapter.nextObject();
    this.#begun = this.#process.call(ADAPTER_OBJECT, 'createEnrollment', [subFactor], { keep: this.#object });
    this.#begun.catch(() => undefined);
  }

  get progress(): EnrollmentProgress {
    return this.#progress;
  }

  async add(features: Uint8Array, { signal }: AdapterOptions): Promise<EnrollmentProgress> {
    await this.#begun;
    const progress = await this.#process.call<EnrollmentProgress>(this.#object, 'add', [features], { signal });
    if (progress.kind === 'complete') this.#template = await this.#process.call(this.#object, 'template', []);
    this.#progress = progress;
    return progress;
  }

  template(): Uint8Array {
    if (this.#template !== undefined) return this.#template.slice();
    throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the enrollment is not complete');
  }

  /** A person that cannot be selected is told at the next {@link add}. */
  select(trackingId: bigint): void {
    const before = this.#begun;
    this.#begun = before.then(() => this.#process.call(this.#object, 'select', [trackingId]));
    this.#begun.catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.#template?.fill(0);
    this.#template = undefined;
    this.#process.release(this.#object);
  }
}
