/** The glass of an emulated module: synthetic fingers come one after another, and each leaves when it has served. */

import type { GreyImage } from '../../core/grey-image.ts';
import { type MasterFinger, synthesizeFinger } from '../../fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../fingerprint/synthesis/synthesize-impression.ts';

/** Size of the pictures of a glass. */
export interface GlassSize {
  /** Pixels in a row. */
  readonly widthPx: number;
  /** Pixels in a column. */
  readonly heightPx: number;
  /** Pixels per inch. */
  readonly resolutionPpi: number;
}

/** A touch: of a synthetic finger, or one that fails with a code of the module. */
type Touch =
  | { readonly finger: number; readonly impression: number; picture?: GreyImage }
  | { readonly failure: number };

/** Synthesis draws at this resolution. */
const DRAWN_PPI = 500;

const masters = new Map<number, MasterFinger>();

export class EmulatedGlass {
  readonly size: GlassSize;
  readonly #touches: Touch[] = [];
  #impressions = 0;
  #lifting = false;
  /** What became of the last picture: what it is of has not served yet. */
  #onGlass = false;

  constructor(size: GlassSize) {
    this.size = size;
  }

  /** Fingers that wait, the one on the glass among them. */
  get waiting(): number {
    return this.#touches.length;
  }

  /** A finger comes when the one before it has left: 0 to 65535, each time another impression of it. */
  touch(finger: number): void {
    this.#impressions += 1;
    this.#touches.push({ finger, impression: this.#impressions });
  }

  /** A touch comes that ends with a code of the module. */
  touchBadly(failure: number): void {
    this.#touches.push({ failure });
  }

  /** Nobody touches any more. */
  lift(): void {
    this.#touches.length = 0;
    this.#onGlass = false;
    this.#lifting = true;
  }

  /** Whether a finger is there; one that has served leaves for the time of one look. */
  look(): boolean {
    if (this.#lifting) {
      this.#lifting = false;
      return false;
    }
    return this.#touches.length > 0;
  }

  /** Takes the picture of what is there; a code when that fails. Call {@link look} before. */
  picture(): GreyImage | number {
    const touch = this.#touches[0];
    if (touch === undefined) throw new TypeError('no finger is on the glass');
    this.#onGlass = true;
    if ('failure' in touch) {
      this.served();
      return touch.failure;
    }
    touch.picture ??= this.impressionOf(touch.finger, touch.impression);
    return touch.picture;
  }

  /** The picture has served: its finger leaves. */
  served(): void {
    if (!this.#onGlass) return;
    this.#onGlass = false;
    this.#lifting = true;
    this.#touches.shift();
  }

  /** An impression of a synthetic finger, as this glass sees it. */
  impressionOf(finger: number, impression: number): GreyImage {
    const master = masters.get(finger) ?? synthesizeFinger(1000 + finger);
    masters.set(finger, master);
    const scale = DRAWN_PPI / this.size.resolutionPpi;
    const widthPx = Math.ceil(this.size.widthPx * scale);
    const heightPx = Math.ceil(this.size.heightPx * scale);
    const placed = {
      shiftXPx: (impression % 3) - 1,
      shiftYPx: (impression % 5) - 2,
      rotationRad: 0.02 * (impression % 4),
    };
    return scaled(synthesizeImpression(master, { seed: impression, widthPx, heightPx, ...placed }), this.size, scale);
  }
}

/** The nearest pixels, at another resolution. */
function scaled(image: GreyImage, { widthPx, heightPx, resolutionPpi }: GlassSize, scale: number): GreyImage {
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const fromX = Math.min(image.widthPx - 1, Math.floor(x * scale));
      const fromY = Math.min(image.heightPx - 1, Math.floor(y * scale));
      pixels[y * widthPx + x] = image.pixels[fromY * image.widthPx + fromX] ?? 255;
    }
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}
