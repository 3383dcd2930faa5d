/** Templates of synthetic fingers without images: what an impression of a minutia map would yield. */

import { DESCRIPTOR, MINUTIA_SYNTHESIS, SYNTHESIS } from '../parameters.ts';
import {
  DESCRIPTOR_BYTES,
  DESCRIPTOR_SAMPLES,
  type Impression,
  POSITION_STEPS_PER_PX,
} from '../template/impression.ts';
import { directionSteps } from '../template/pack-impression.ts';
import { encodeTemplate } from '../template/template-codec.ts';
import type { MinutiaMap } from './minutia-map.ts';
import { Random } from './random.ts';
import { smoothNoise } from './smooth-noise.ts';

/** Size of the sensor, pixels. */
const WIDTH = 320;
const HEIGHT = 400;
const SAMPLES = sampleTable();

/**
 * Features of an impression without an image: shifted, turned, stretched, with minutiae lost, added and displaced;
 * equal for equal seeds. Never fails.
 *
 * @example
 * const map = synthesizeMinutiae(7);
 * const score = compare(synthesizeTemplate(map, 1), synthesizeTemplate(map, 2));
 */
export function synthesizeTemplate(map: MinutiaMap, seed: number): Uint8Array {
  const random = new Random(map.seed, 4, seed);
  const placing = placingOf(random);
  const stretchX = smoothNoise(random, WIDTH, HEIGHT, 110);
  const stretchY = smoothNoise(random, WIDTH, HEIGHT, 110);
  const x: number[] = [];
  const y: number[] = [];
  const direction: number[] = [];
  const bifurcation: number[] = [];
  const add = (px: number, py: number, directionRad: number, fork: number): void => {
    if (px < 8 || py < 8 || px > WIDTH - 8 || py > HEIGHT - 8 || !inContact(placing, px, py) || x.length === 255)
      return;
    x.push(px);
    y.push(py);
    direction.push(directionRad);
    bifurcation.push(fork);
  };
  const { lost, added, jitterPx, jitterRad } = MINUTIA_SYNTHESIS;
  for (let i = 0; i < map.x.length; i++) {
    if (random.uniform() < lost) continue;
    const ax = placing.cos * map.x[i]! - placing.sin * map.y[i]!;
    const ay = placing.sin * map.x[i]! + placing.cos * map.y[i]!;
    const px = WIDTH / 2 + placing.shiftX + ax;
    const py = HEIGHT / 2 + placing.shiftY - ay;
    add(
      px + placing.stretchPx * stretchX(px, py) + jitterPx * random.normal(),
      py + placing.stretchPx * stretchY(px, py) + jitterPx * random.normal(),
      map.directionRad[i]! + placing.turn + jitterRad * random.normal(),
      random.uniform() < 0.9 ? map.bifurcation[i]! : 1 - map.bifurcation[i]!,
    );
  }
  for (let n = Math.floor(-added * Math.log(1 - random.uniform())); n > 0; n--) {
    add(WIDTH * random.uniform(), HEIGHT * random.uniform(), 2 * Math.PI * random.uniform(), n & 1);
  }
  const count = x.length;
  const impression: Impression = {
    widthPx: WIDTH,
    heightPx: HEIGHT,
    quality: 70,
    count,
    x: Uint16Array.from(x, (value) => Math.round(POSITION_STEPS_PER_PX * value)),
    y: Uint16Array.from(y, (value) => Math.round(POSITION_STEPS_PER_PX * value)),
    direction: Uint8Array.from(direction, directionSteps),
    bifurcation: Uint8Array.from(bifurcation),
    minutiaQuality: new Uint8Array(count).fill(100),
    descriptors: new Uint8Array(count * DESCRIPTOR_BYTES),
  };
  for (let i = 0; i < count; i++) describe(map, placing, impression, i);
  return encodeTemplate([impression]);
}

/** How the finger lies on the sensor. */
interface Placing {
  readonly shiftX: number;
  readonly shiftY: number;
  readonly turn: number;
  readonly cos: number;
  readonly sin: number;
  readonly stretchPx: number;
  readonly radiusX: number;
  readonly radiusY: number;
}

function placingOf(random: Random): Placing {
  const turn = 0.12 * random.normal();
  const contact = Math.sqrt(random.between(0.75, 1.1));
  return {
    shiftX: 14 * random.normal(),
    shiftY: 16 * random.normal(),
    turn,
    cos: Math.cos(turn),
    sin: Math.sin(turn),
    stretchPx: Math.abs(4 * random.normal()),
    radiusX: SYNTHESIS.contactRadiusXPx * contact,
    radiusY: SYNTHESIS.contactRadiusYPx * contact,
  };
}

function inContact({ shiftX, shiftY, radiusX, radiusY }: Placing, px: number, py: number): boolean {
  const u = (px - WIDTH / 2 - shiftX) / radiusX;
  const v = (py - HEIGHT / 2 - shiftY) / radiusY;
  return u * u + v * v < 1;
}

/**
 * Writes the orientation descriptor of a minutia from the finger's flow (describe-impression.ts does it from an image).
 */
function describe(map: MinutiaMap, placing: Placing, impression: Impression, i: number): void {
  const { flow } = map;
  const px = impression.x[i]! / POSITION_STEPS_PER_PX;
  const py = impression.y[i]! / POSITION_STEPS_PER_PX;
  const angle = (impression.direction[i]! * Math.PI) / 128;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // Twice the minutia's direction, as the finger lies unturned.
  const [cos2, sin2] = [Math.cos(2 * (angle - placing.turn)), Math.sin(2 * (angle - placing.turn))];
  const bytes = impression.descriptors;
  const first = i * DESCRIPTOR_BYTES * 8;
  for (let sample = 0; sample < DESCRIPTOR_SAMPLES; sample++) {
    const u = SAMPLES[2 * sample]!;
    const v = SAMPLES[2 * sample + 1]!;
    const sx = px + cos * u - sin * v;
    const sy = py - sin * u - cos * v;
    if (sx < 0 || sy < 0 || sx >= WIDTH || sy >= HEIGHT || !inContact(placing, sx, sy)) continue;
    const ax = sx - WIDTH / 2 - placing.shiftX;
    const ay = HEIGHT / 2 + placing.shiftY - sy;
    flow.at(placing.cos * ax + placing.sin * ay, placing.cos * ay - placing.sin * ax);
    const c = flow.cos2 * cos2 + flow.sin2 * sin2;
    const s = flow.sin2 * cos2 - flow.cos2 * sin2;
    const bit = first + sample;
    if (c + DESCRIPTOR.slope * s > 0) bytes[bit >> 3]! |= 1 << (bit & 7);
    const second = bit + DESCRIPTOR_SAMPLES;
    if (s - DESCRIPTOR.slope * c > 0) bytes[second >> 3]! |= 1 << (second & 7);
    const valid = second + DESCRIPTOR_SAMPLES;
    bytes[valid >> 3]! |= 1 << (valid & 7);
  }
}

/** Places of a descriptor's samples, seen from the minutia. */
function sampleTable(): Float64Array {
  const places = DESCRIPTOR.radiiPx.flatMap((radius, ring) =>
    Array.from({ length: DESCRIPTOR.samples[ring]! }, (_, n) => {
      const angle = (2 * Math.PI * n) / DESCRIPTOR.samples[ring]!;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }).flat(),
  );
  return Float64Array.from(places);
}
