/** Impressions of a master finger: placed, stretched, pressed and captured with noise. */

import type { GreyImage } from '../../core/grey-image.ts';
import { SYNTHESIS, WORKING_RESOLUTION_PPI } from '../parameters.ts';
import type { MasterFinger } from './master-finger.ts';
import { Random } from './random.ts';
import { type NoiseField, smoothNoise } from './smooth-noise.ts';

/** How a finger is placed on the sensor. What is absent is drawn from the seed, within the range of ordinary use. */
export interface ImpressionOptions {
  /** Any integer; each gives another impression. */
  readonly seed: number;
  /** Displacement on the sensor to the right, pixels. */
  readonly shiftXPx?: number;
  /** Displacement on the sensor downwards, pixels. */
  readonly shiftYPx?: number;
  /** Counter-clockwise rotation, radians. */
  readonly rotationRad?: number;
  /** 0 light (thin, broken ridges) to 1 heavy (thick, merged ridges); 0.5 is right. */
  readonly pressure?: number;
  /** Greatest stretch of the skin, pixels. */
  readonly distortionPx?: number;
  /** Share of the ordinary contact area, 0.2 to 1.3. */
  readonly contact?: number;
  /** 0 none to 1 strong: specks, scratches, uneven contact. */
  readonly noise?: number;
  /** Width of the sensor, 32 to 1600 pixels at 500 ppi; 320 when absent. */
  readonly widthPx?: number;
  /** Height of the sensor, 32 to 1600 pixels at 500 ppi; 400 when absent. */
  readonly heightPx?: number;
}

/**
 * The image a sensor would take: 8-bit grey at 500 ppi, ridges dark; always the same for the same finger and options.
 * Throws TypeError for a sensor size out of range.
 *
 * @example
 * const dry = synthesizeImpression(synthesizeFinger(7), { seed: 2, pressure: 0.1 });
 */
export function synthesizeImpression(master: MasterFinger, options: ImpressionOptions): GreyImage {
  const random = new Random(master.seed, 2, options.seed);
  const { widthPx: width = 320, heightPx: height = 400 } = options;
  if (!(width >= 32 && width <= 1600 && height >= 32 && height <= 1600)) {
    throw new TypeError('a sensor is 32 to 1600 pixels wide and high');
  }
  const ordinary = {
    shiftXPx: 14 * random.normal(),
    shiftYPx: 16 * random.normal(),
    rotationRad: 0.12 * random.normal(),
    pressure: Math.min(1, Math.max(0, 0.5 + 0.14 * random.normal())),
    distortionPx: Math.abs(4 * random.normal()),
    contact: random.between(0.85, 1.1),
    noise: random.between(0.2, 0.5),
  };
  const { shiftXPx, shiftYPx, rotationRad, pressure, distortionPx, contact, noise } = { ...ordinary, ...options };
  const field = (scale: number): NoiseField => smoothNoise(random, width, height, scale);
  const stretchX = field(110);
  const stretchY = field(110);
  const border = field(45);
  const blotches = field(24);
  const grain = field(2.5);
  const cos = Math.cos(rotationRad);
  const sin = Math.sin(rotationRad);
  const offset = SYNTHESIS.pressureOffset * (pressure - 0.5);
  const radiusX = SYNTHESIS.contactRadiusXPx * Math.sqrt(contact);
  const radiusY = SYNTHESIS.contactRadiusYPx * Math.sqrt(contact);
  const strength = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // From the sensor back to the finger: unshift, unstretch, unrotate.
      const sx = x - width / 2 - shiftXPx;
      const sy = y - height / 2 - shiftYPx;
      const distance = Math.hypot(sx / radiusX, sy / radiusY) + 0.05 * border(x, y);
      if (distance > 1.15) continue;
      const ux = sx + distortionPx * stretchX(x, y);
      const uy = sy + distortionPx * stretchY(x, y);
      const fx = cos * ux - sin * uy + master.widthPx / 2;
      const fy = sin * ux + cos * uy + master.heightPx / 2;
      const contactLoss = 1.6 * Math.max(0, distance - 0.82) * 6;
      const uneven = noise * (0.55 * blotches(x, y) + 0.6 * grain(x, y));
      const value = sample(master, fx, fy) + offset + uneven - contactLoss;
      strength[y * width + x] = 1 / (1 + Math.exp(-SYNTHESIS.contrast * value));
    }
  }
  addScratches(random, strength, width, height, noise);
  return {
    widthPx: width,
    heightPx: height,
    resolutionPpi: WORKING_RESOLUTION_PPI,
    pixels: develop(random, strength, width, height, noise),
  };
}

/** Bilinear sample of the master; deep valley outside it. */
function sample(master: MasterFinger, x: number, y: number): number {
  const { widthPx, heightPx, ridges } = master;
  if (!(x >= 0 && y >= 0 && x < widthPx - 1 && y < heightPx - 1)) return -4;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const at = y0 * widthPx + x0;
  const top = ridges[at]! + (ridges[at + 1]! - ridges[at]!) * (x - x0);
  const bottom = ridges[at + widthPx]! + (ridges[at + widthPx + 1]! - ridges[at + widthPx]!) * (x - x0);
  return top + (bottom - top) * (y - y0);
}

/** A few thin straight lines where nothing is printed. */
function addScratches(random: Random, strength: Float32Array, width: number, height: number, noise: number): void {
  const count = Math.floor(noise * 6 * random.uniform());
  for (let n = 0; n < count; n++) {
    const angle = Math.PI * random.uniform();
    const x0 = width * random.uniform();
    const y0 = height * random.uniform();
    const length = random.between(20, 90);
    for (let t = 0; t < length; t += 0.5) {
      const x = Math.round(x0 + t * Math.cos(angle));
      const y = Math.round(y0 + t * Math.sin(angle));
      if (x >= 0 && y >= 0 && x < width && y < height) strength[y * width + x]! *= 0.3;
    }
  }
}

/** Slight optical blur, then grey levels with sensor noise. */
function develop(random: Random, strength: Float32Array, width: number, height: number, noise: number): Uint8Array {
  const paper = random.between(232, 248);
  const ink = random.between(170, 205);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const left = x > 0 ? 1 : 0;
      const right = x < width - 1 ? 1 : 0;
      const around = strength[p - up]! + strength[p + down]! + strength[p - left]! + strength[p + right]!;
      const value = paper - ink * (0.5 * strength[p]! + 0.125 * around) + (2 + 8 * noise) * random.normal();
      pixels[p] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
  return pixels;
}
