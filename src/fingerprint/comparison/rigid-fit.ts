/** Least-squares rotation and translation between paired minutiae, directions included. */

import { ALIGNMENT } from '../parameters.ts';
import { STEP_COS, STEP_SIN } from './direction-steps.ts';
import type { SideArrays } from './workspace.ts';

/** Rotation and translation that carry A onto B (y up). */
export interface Rigid {
  cos: number;
  sin: number;
  dx: number;
  dy: number;
}

/** Sums of a weighted least-squares rigid fit. */
export class RigidFit {
  #weight = 0;
  #ax = 0;
  #ay = 0;
  #bx = 0;
  #by = 0;
  #dot = 0;
  #cross = 0;
  #turnCos = 0;
  #turnSin = 0;

  add(a: SideArrays, i: number, b: SideArrays, j: number, weight: number): void {
    const ax = a.x[i]!;
    const ay = a.y[i]!;
    const bx = b.x[j]!;
    const by = b.y[j]!;
    const turn = (b.direction[j]! - a.direction[i]!) & 255;
    this.#weight += weight;
    this.#ax += weight * ax;
    this.#ay += weight * ay;
    this.#bx += weight * bx;
    this.#by += weight * by;
    this.#dot += weight * (ax * bx + ay * by);
    this.#cross += weight * (ax * by - ay * bx);
    this.#turnCos += weight * STEP_COS[turn]!;
    this.#turnSin += weight * STEP_SIN[turn]!;
  }

  solve(rigid: Rigid): void {
    const w = this.#weight;
    const dot = this.#dot - (this.#ax * this.#bx + this.#ay * this.#by) / w + ALIGNMENT.directionWeight * this.#turnCos;
    const cross =
      this.#cross - (this.#ax * this.#by - this.#ay * this.#bx) / w + ALIGNMENT.directionWeight * this.#turnSin;
    const length = Math.sqrt(dot * dot + cross * cross);
    rigid.cos = length > 0 ? dot / length : 1;
    rigid.sin = length > 0 ? cross / length : 0;
    rigid.dx = (this.#bx - rigid.cos * this.#ax + rigid.sin * this.#ay) / w;
    rigid.dy = (this.#by - rigid.sin * this.#ax - rigid.cos * this.#ay) / w;
  }
}
