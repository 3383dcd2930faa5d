/** Subscribers that see each sample of a pool as it is used: a copy, wiped once all have seen it. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { SensorAdapter } from '../../adapters/sensor-adapter.ts';
import type { UnitId } from '../../core/identifiers.ts';
import type { TemplateStore } from '../templates/template-store.ts';
import type { SampleUse } from './candidate.ts';

/** What an onlooker sees of the unit. */
interface SeenUnit {
  readonly unitId: UnitId;
  readonly name: string;
  readonly sensor: SensorAdapter;
  readonly engine: EngineAdapter;
  readonly store: TemplateStore | undefined;
}

/** A use of a sample; `sample` is absent when the sensor rejected the capture. */
export interface ShownUse extends SampleUse {
  readonly unit: SeenUnit;
  readonly sample?: Uint8Array;
}

/** Sees a use; the sample is wiped once the promises of all onlookers settle. Never rejects. */
export type Onlooker = (shown: ShownUse) => Promise<void>;

export class Onlookers {
  readonly #all = new Set<Onlooker>();

  /** True when samples have to be copied for onlookers before they are used. */
  get present(): boolean {
    return this.#all.size > 0;
  }

  add(onlooker: Onlooker): Disposable {
    this.#all.add(onlooker);
    return { [Symbol.dispose]: () => this.#all.delete(onlooker) };
  }

  /** Shows a use to all onlookers, then wipes the sample. */
  async show(shown: ShownUse): Promise<void> {
    await Promise.all([...this.#all].map((onlooker) => onlooker(shown)));
    shown.sample?.fill(0);
  }
}
