/** Where each slot's template and codes lie, in shared memory that grows. */

/** A slot: its record number, first row of its codes and of its template. */
export interface SlotPlaces {
  readonly recordId: number;
  readonly codes: number;
  readonly template: number;
}

/** The table as threads see it. */
export interface SlotTableSnapshot {
  /** Three doubles a slot: record number, first row of the codes, first row of the template. */
  readonly places: SharedArrayBuffer;
  /** A word a slot: bytes of the template, 0 for a free slot, negative while it is not coded. */
  readonly states: SharedArrayBuffer;
  /** Number of slots ever used. */
  readonly slots: number;
}

const FIRST_SLOTS = 1024;

/** Slots of one gallery; free ones are reused. */
export class SlotTable {
  #places = new Float64Array(new SharedArrayBuffer(24 * FIRST_SLOTS));
  #states = new Int32Array(new SharedArrayBuffer(4 * FIRST_SLOTS));
  #slots = 0;
  readonly #free: number[] = [];

  /** Fills a free slot with a reference that is not coded yet; returns its number. */
  take({ recordId, codes, template }: SlotPlaces, bytes: number): number {
    if (this.#free.length === 0 && this.#slots === this.#states.length) {
      const places = new Float64Array(new SharedArrayBuffer(2 * this.#places.byteLength));
      const states = new Int32Array(new SharedArrayBuffer(2 * this.#states.byteLength));
      places.set(this.#places);
      states.set(this.#states);
      this.#places = places;
      this.#states = states;
    }
    const slot = this.#free.pop() ?? this.#slots++;
    this.#places.set([recordId, codes, template], 3 * slot);
    this.setState(slot, -bytes);
    return slot;
  }

  release(slot: number): void {
    this.#free.push(slot);
  }

  state(slot: number): number {
    return this.#states[slot]!;
  }

  setState(slot: number, state: number): void {
    Atomics.store(this.#states, slot, state);
  }

  places(slot: number): SlotPlaces {
    return placesOf(this.#places, slot);
  }

  snapshot(): SlotTableSnapshot {
    return { places: sharedBy(this.#places), states: sharedBy(this.#states), slots: this.#slots };
  }

  get bytes(): number {
    return this.#places.byteLength + this.#states.byteLength;
  }
}

/** Reads a slot of a table's places. */
export function placesOf(places: Float64Array, slot: number): SlotPlaces {
  return { recordId: places[3 * slot]!, codes: places[3 * slot + 1]!, template: places[3 * slot + 2]! };
}

function sharedBy({ buffer }: Float64Array | Int32Array): SharedArrayBuffer {
  return buffer as SharedArrayBuffer;
}
