/** `whorl segment`: the fingers of a slap, each as a box and as a picture. */

import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { GreyImage } from '../../core/grey-image.ts';
import { FINGERS } from '../../core/sub-factor.ts';
import { type Slap, type SlapFinger, type SlapHand, segmentSlap } from '../../fingerprint/index.ts';
import { encodePng, type FingerSegment, fileImages } from '../../formats/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { type ReadPrintOptions, readImage, readInput } from './read-print.ts';

/** Options of the command. */
export interface SegmentOptions extends ReadPrintOptions {
  /** Folder for a PNG of each finger. */
  readonly out?: string;
  readonly hand?: SlapHand;
  readonly json?: boolean;
}

/** What a position of several fingers says of the hand. ANSI/NIST-ITL 1-2011, table 12. */
const HANDS: Readonly<Record<number, SlapHand>> = { 13: 'right', 14: 'left', 15: 'thumbs' };

/** Prints the boxes and writes the pictures. The exit code is 3 when there is no finger. */
export async function segment(input: string, options: SegmentOptions = {}): Promise<void> {
  const notes: string[] = [];
  const image = await readImage(input, options, notes);
  const stated = fileImages(await readInput(input))[(options.image ?? 1) - 1];
  const hand = options.hand ?? HANDS[stated?.positions?.[0] ?? 0];
  const slap: Slap =
    stated?.segments !== undefined && stated.segments.length > 0
      ? { ...asStated(image, stated.segments), ...(hand && { hand }) }
      : segmentSlap(image, hand === undefined ? {} : { hand });
  if (slap.fingers.length === 0) process.exitCode = EXIT_NO;
  const files = await Promise.all(slap.fingers.map((finger, i) => write(finger, i, input, options.out)));
  const fingers = slap.fingers.map(({ image: _, angleRad, ...box }, i) => ({
    ...rounded(box),
    angleDegrees: Math.round((1800 * angleRad) / Math.PI) / 10,
    ...(files[i] !== undefined && { file: files[i] }),
  }));
  const report = { hand: slap.hand, isHandGuessed: slap.isHandGuessed, fingers, notes };
  process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : text(report));
}

/** The fingers as field 14.021 of a transaction has them. */
function asStated(image: GreyImage, segments: readonly FingerSegment[]): Slap {
  const fingers = segments.flatMap(({ position, leftPx, rightPx, topPx, bottomPx }): SlapFinger[] => {
    const [right, bottom] = [Math.min(rightPx + 1, image.widthPx), Math.min(bottomPx + 1, image.heightPx)];
    const [widthPx, heightPx] = [right - leftPx, bottom - topPx];
    if (!(widthPx > 0 && heightPx > 0)) return [];
    const pixels = new Uint8Array(widthPx * heightPx);
    for (let y = 0; y < heightPx; y++) {
      const from = (topPx + y) * image.widthPx + leftPx;
      pixels.set(image.pixels.subarray(from, from + widthPx), y * widthPx);
    }
    const [centreXPx, centreYPx] = [leftPx + widthPx / 2, topPx + heightPx / 2];
    const cut = { ...image, widthPx, heightPx, pixels };
    return [{ position, centreXPx, centreYPx, widthPx, heightPx, angleRad: 0, image: cut }];
  });
  return { fingers, isHandGuessed: false };
}

async function write(finger: SlapFinger, i: number, input: string, folder?: string): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const name = nameOf(finger) ?? `finger-${i + 1}`;
  const path = join(folder, `${basename(input, extname(input))}-${name}.png`);
  await writeFile(path, encodePng(finger.image));
  return path;
}

function nameOf({ position }: { readonly position?: number }): string | undefined {
  return Object.entries(FINGERS).find(([, number]) => number === position)?.[0];
}

function rounded<Box extends object>(box: Box): Box {
  return Object.fromEntries(Object.entries(box).map(([name, value]) => [name, Math.round(Number(value))])) as Box;
}

function text(report: {
  readonly hand: SlapHand | undefined;
  readonly isHandGuessed: boolean;
  readonly fingers: readonly (Omit<SlapFinger, 'image' | 'angleRad'> & {
    readonly angleDegrees: number;
    readonly file?: string;
  })[];
  readonly notes: readonly string[];
}): string {
  const { hand = 'unknown', isHandGuessed, fingers, notes } = report;
  const lines = [`hand: ${hand}${isHandGuessed && hand !== 'unknown' ? ' (guessed; --hand states it)' : ''}`];
  for (const [i, finger] of fingers.entries()) {
    const { centreXPx, centreYPx, widthPx, heightPx, angleDegrees, file } = finger;
    const place = `${widthPx} x ${heightPx} pixels around ${centreXPx}, ${centreYPx}, leaning ${angleDegrees} degrees`;
    lines.push(`${(nameOf(finger) ?? `finger ${i + 1}`).padEnd(12)}  ${place}${file === undefined ? '' : `  ${file}`}`);
  }
  if (fingers.length === 0) lines.push('no finger');
  return `${[...lines, ...notes.map((note) => `note: ${note}`)].join('\n')}\n`;
}
