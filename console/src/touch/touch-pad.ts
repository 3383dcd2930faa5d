/** The finger over a virtual reader: whose, which, and how it is placed. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  FingerName,
  GreyImage,
  TouchResult,
  VirtualReaderClient,
} from '../../../src/exports/whorl/client/browser.ts';
import { LatestOnly } from '../service/latest-only.ts';
import { type FaultWords, faultWords } from '../words/fault-words.ts';
import { CENTRED, type FingerPlacement, naturalPlacement, placed } from './finger-placement.ts';

/** An image file that is presented instead of a synthetic finger. */
export interface DroppedImage {
  readonly name: string;
  readonly image: GreyImage;
  /** Assumed because the file states no resolution. */
  readonly assumedPpi?: number;
}

/** The picture of the finger on the pad. */
export interface PadPicture {
  readonly image: GreyImage;
  /** Where the finger was when the picture was made. */
  readonly placement: FingerPlacement;
}

/** What became of the last touch. */
export type TouchNote =
  | { readonly kind: TouchResult; readonly count: number }
  | { readonly kind: 'failed'; readonly words: FaultWords };

/** Resolution of synthetic fingers, and of files that state none. */
const USUAL_PPI = 500;
/** Number of impressions that a visit may start with. */
const FIRST_IMPRESSIONS = 1 << 20;

export class TouchPad {
  readonly person = signal(1);
  readonly finger = signal<FingerName>('right-index');
  /** Puts the finger down a little differently each time, as people do. */
  readonly varies = signal(true);
  readonly #placement = signal<FingerPlacement>(CENTRED);
  readonly #dropped = signal<DroppedImage | undefined>(undefined);
  readonly #picture = signal<PadPicture | undefined>(undefined);
  readonly #note = signal<TouchNote | undefined>(undefined);
  readonly #touching = signal(false);
  readonly #previews = new LatestOnly();
  // Random, so that no two visits touch alike.
  #impression = Math.floor(Math.random() * FIRST_IMPRESSIONS);
  #touches = 0;

  get placement(): ReadonlySignal<FingerPlacement> {
    return this.#placement;
  }

  get dropped(): ReadonlySignal<DroppedImage | undefined> {
    return this.#dropped;
  }

  get picture(): ReadonlySignal<PadPicture | undefined> {
    return this.#picture;
  }

  get note(): ReadonlySignal<TouchNote | undefined> {
    return this.#note;
  }

  get touching(): ReadonlySignal<boolean> {
    return this.#touching;
  }

  move(change: Partial<FingerPlacement>): void {
    this.#placement.value = placed(this.#placement.value, change);
  }

  centre(): void {
    this.#placement.value = CENTRED;
  }

  /** Shows what the sensor would see; of many calls in a row, only the first and the last are sent. */
  preview(reader: VirtualReaderClient): void {
    this.#previews.run(async () => {
      const placement = this.#placement.value;
      const finger = { person: this.person.value, finger: this.finger.value, impression: this.#impression, placement };
      try {
        this.#picture.value = { image: await reader.preview(finger), placement };
      } catch {
        // The pad works without a picture, and a touch reports what is wrong.
      }
    });
  }

  async touch(reader: VirtualReaderClient): Promise<void> {
    if (this.#touching.value) return;
    this.#touching.value = true;
    const dropped = this.#dropped.value;
    try {
      const kind = await (dropped === undefined
        ? reader.touch({
            person: this.person.value,
            finger: this.finger.value,
            impression: this.#impression,
            placement: this.#placement.value,
          })
        : reader.present(dropped.image));
      this.#touches += 1;
      this.#note.value = { kind, count: this.#touches };
    } catch (thrown) {
      this.#note.value = { kind: 'failed', words: faultWords(thrown) };
    } finally {
      this.#touching.value = false;
    }
    if (dropped !== undefined) return;
    this.#impression += 1;
    if (this.varies.value) this.#placement.value = naturalPlacement(this.#impression);
  }

  /** Takes an image file of any known format; the decoders are loaded with the first one. */
  async drop(file: File): Promise<void> {
    try {
      const { decodeImage } = await import('../../../src/exports/whorl/formats.ts');
      const bytes = new Uint8Array(await file.arrayBuffer());
      const decode = () => {
        try {
          return { image: decodeImage(bytes) };
        } catch (thrown) {
          if (faultWords(thrown).code !== 'WHORL_E_UNSUPPORTED_FORMAT') throw thrown;
          return { image: decodeImage(bytes, { resolutionPpi: USUAL_PPI }), assumedPpi: USUAL_PPI };
        }
      };
      this.#dropped.value = { name: file.name, ...decode() };
      this.#note.value = undefined;
    } catch (thrown) {
      this.#note.value = { kind: 'failed', words: faultWords(thrown) };
    }
  }

  /** Returns to the synthetic finger. */
  undrop(): void {
    this.#dropped.value = undefined;
  }
}
