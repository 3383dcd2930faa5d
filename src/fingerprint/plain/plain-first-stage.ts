/** Plain form of filterRecords, on coded minutiae; single precision where the kernel has it. */

import { popcount } from '../comparison/popcount.ts';
import { CODE, EVIDENCE, FIRST_STAGE } from '../parameters.ts';
import { ROW_BYTES } from '../search/code-record.ts';

/** One minutia of a record. */
export interface CodedMinutia {
  /** 128 bits. */
  readonly code: Int32Array;
  /** Pixels, y up, halves. */
  readonly x: number;
  readonly y: number;
  /** 1/256 of a turn. */
  readonly direction: number;
}

/** The minutiae of a record (code-record.ts). */
export function codedMinutiae(record: Uint8Array): CodedMinutia[] {
  const from = new DataView(record.buffer, record.byteOffset, record.length);
  const count = from.getInt32(8, true);
  return Array.from({ length: count }, (_, i) => {
    const place = from.getUint32(ROW_BYTES + 16 * count + 4 * i, true);
    const half = (at: number): number[] => [from.getInt32(at, true), from.getInt32(at + 4, true)];
    return {
      code: Int32Array.from([...half(ROW_BYTES + 8 * i), ...half(ROW_BYTES + 8 * (count + i))]),
      x: (place >>> 20) / 2,
      y: ((place >>> 8) & 0xfff) / -2,
      direction: place & 255,
    };
  });
}

interface Candidate {
  readonly a: CodedMinutia;
  readonly b: CodedMinutia;
  readonly distance: number;
}

/** Weight of coded minutiae of these qualities, 0 to 127. */
export function plainWeight(qualities: readonly number[]): number {
  let sum = 0;
  for (const steps of qualities) {
    const quality = Math.max(127 * EVIDENCE.leastQuality, steps) / (127 * EVIDENCE.usualQuality);
    sum += quality * quality * (quality * quality);
  }
  return Math.fround(sum);
}

/** Score of a record against a probe; both in order of direction. */
export function plainFirstStage(
  probe: readonly CodedMinutia[],
  record: readonly CodedMinutia[],
  weight: number,
  turned = false,
): number {
  const near = record.flatMap((b) => inOrderOfTurn(probe, b, turned).flatMap((a) => nearPair(a, b)));
  const candidates = nearest(near, turned);
  let sum = 0;
  candidates.forEach((p, i) => {
    for (const q of candidates.slice(i + 1)) if (agree(p, q)) sum += nearness(p) * nearness(q);
  });
  return Math.fround(sum / Math.fround(weight + FIRST_STAGE.weightOffset));
}

/** Minutiae of the probe within the gate of a direction, or the others; the least turn first. */
function inOrderOfTurn(probe: readonly CodedMinutia[], b: CodedMinutia, turned: boolean): CodedMinutia[] {
  return probe
    .map((a) => ({ a, turn: turned ? (a.direction - b.direction) & 255 : wrapped(a.direction - b.direction) }))
    .filter(({ turn }) => Math.abs(wrapped(turn)) > CODE.gateSteps === turned)
    .sort((p, q) => p.turn - q.turn)
    .map(({ a }) => a);
}

function nearPair(a: CodedMinutia, b: CodedMinutia): Candidate[] {
  const words = Array.from(a.code, (word, i) => popcount(word ^ b.code[i]!));
  const half = words[0]! + words[1]!;
  const distance = half + words[2]! + words[3]!;
  return half <= FIRST_STAGE.maxHalfDistance && distance <= FIRST_STAGE.maxDistance ? [{ a, b, distance }] : [];
}

/** The nearest; of equally near ones at the limit the first; by their turn in steps of 4, then in their order. */
function nearest(pairs: readonly Candidate[], turned: boolean): Candidate[] {
  const kept = new Set([...pairs].sort((p, q) => p.distance - q.distance).slice(0, FIRST_STAGE.pairs));
  const zero = turned ? 0 : 128;
  const step = ({ a, b }: Candidate): number => ((b.direction - a.direction + zero) & 255) >> 2;
  return pairs.filter((pair) => kept.has(pair)).sort((p, q) => step(p) - step(q));
}

function nearness({ distance }: Candidate): number {
  return FIRST_STAGE.weightless - distance;
}

function agree(p: Candidate, q: Candidate): boolean {
  const f = Math.fround;
  const turn = wrapped(p.b.direction - p.a.direction);
  if (Math.abs(wrapped(q.b.direction - q.a.direction - turn)) > FIRST_STAGE.turnSteps) return false;
  const angle = ((turn & 255) * Math.PI) / 128;
  const [cos, sin] = [f(Math.cos(angle)), f(Math.sin(angle))];
  const [ax, ay] = [q.a.x - p.a.x, q.a.y - p.a.y];
  const [bx, by] = [q.b.x - p.b.x, q.b.y - p.b.y];
  const a2 = f(f(ax * ax) + f(ay * ay));
  const b2 = f(f(bx * bx) + f(by * by));
  const longer = f(a2 - b2);
  if (f(longer * longer) > f(FIRST_STAGE.lengthPx2 * Math.max(a2, b2))) return false;
  const rx = f(f(cos * ax) - f(sin * ay));
  const ry = f(f(sin * ax) + f(cos * ay));
  const ahead = f(f(rx * bx) + f(ry * by));
  const across = f(f(rx * by) - f(ry * bx));
  return ahead > 0 && f(across * across) <= f(f(FIRST_STAGE.tangent2) * f(ahead * ahead));
}

function wrapped(steps: number): number {
  return (steps << 24) >> 24;
}
