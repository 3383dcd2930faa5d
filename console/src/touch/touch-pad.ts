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
import { type ImageFile, readImage } from './image-file.ts';

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

/** Number of impressions that a visit may start with. */
const FIRST_IMPRESSIONS = 1 << 20;

export class TouchPad {
  readonly person = signal(1);
  readonly finger = signal<FingerName>('right-index');
  /** Puts the finger down a little differently each time, as people do. */
  readonly varies = signal(true);
  readonly #placement = signal<FingerPlacement>(CENTRED);
  readonly #dropped = signal<ImageFile | undefined>(undefined);
  readonly #picture = signal<PadPicture | undefined>(undefined);
  readonly #note = signal<TouchNote | undefined>(undefined);
  readonly #touching = signal(false);
  readonly #previews = new LatestOnly();
  // Random, so that no two visits touch alike.
  #impression = Math.floor(Math.random() * FIRST_IMPRESSIONS);
  readonly #touches = signal(0);

  get placement(): ReadonlySignal<FingerPlacement> {
    return this.#placement;
  }

  get dropped(): ReadonlySignal<ImageFile | undefined> {
    return this.#dropped;
  }

  get picture(): ReadonlySignal<PadPicture | undefined> {
    return this.#picture;
  }

  get note(): ReadonlySignal<TouchNote | undefined> {
    return this.#note;
  }

  /** How many touches there were. */
  get touches(): ReadonlySignal<number> {
    return this.#touches;
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
      this.#touches.value += 1;
      this.#note.value = { kind, count: this.#touches.value };
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
      const decoded = await readImage(file);
      this.#dropped.value = decoded;
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

/** One a page: the finger stays where it was put. */
export const touchPad = new TouchPad();
