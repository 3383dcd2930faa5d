/** Those who look on while the samples of a pool are used. What they see is a copy, and is wiped when all have seen it. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { SensorAdapter } from '../../adapters/sensor-adapter.ts';
import type { UnitId } from '../../core/identifiers.ts';
import type { TemplateStore } from '../templates/template-store.ts';
import type { SampleUse } from './candidate.ts';

/** What onlookers need of the unit. */
interface SeenUnit {
  readonly unitId: UnitId;
  readonly sensor: SensorAdapter;
  readonly engine: EngineAdapter;
  readonly store: TemplateStore | undefined;
}

/** A use as it is shown; `sample` is absent when the sensor rejected the capture. */
export interface ShownUse extends SampleUse {
  readonly unit: SeenUnit;
  readonly sample?: Uint8Array;
}

/** Gets what is shown; the sample is wiped when the promise settles. Never rejects. */
export type Onlooker = (shown: ShownUse) => Promise<void>;

export class Onlookers {
  readonly #all = new Set<Onlooker>();

  /** Somebody looks on: whoever uses a sample makes a copy of it before. */
  get present(): boolean {
    return this.#all.size > 0;
  }

  add(onlooker: Onlooker): Disposable {
    this.#all.add(onlooker);
    return { [Symbol.dispose]: () => this.#all.delete(onlooker) };
  }

  /** Shows a use to all; nobody waits for them. */
  async show(shown: ShownUse): Promise<void> {
    await Promise.all([...this.#all].map((onlooker) => onlooker(shown)));
    shown.sample?.fill(0);
  }
}
