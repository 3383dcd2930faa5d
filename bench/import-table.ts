/** Tables for the benchmark of imports: records and pictures of synthetic fingers, and some rows that are wrong. */

import type { GreyImage } from '../src/core/grey-image.ts';
import {
  exportMinutiae,
  extract,
  fingerSeed,
  synthesizeFinger,
  synthesizeImpression,
  synthesizeMinutiae,
  synthesizeTemplate,
} from '../src/fingerprint/index.ts';
import { encodePng } from '../src/formats/index.ts';

/** People whose fingers have pictures, so that a reader can be touched with them. */
export const PEOPLE_WITH_PICTURES = 5;
const FINGERS = 10;
/** One row in so many is broken, each time in the next way. */
const BROKEN_EVERY = 50;

/** A finger with a picture. */
export interface PicturedFinger {
  readonly person: number;
  readonly finger: number;
  readonly picture: GreyImage;
}

/** First impressions of the fingers of the people with pictures. */
export function picturedFingers(): PicturedFinger[] {
  return Array.from({ length: PEOPLE_WITH_PICTURES * FINGERS }, (_, i) => {
    const [person, finger] = [1 + Math.floor(i / FINGERS), 1 + (i % FINGERS)];
    const master = synthesizeFinger(fingerSeed(person, finger));
    return { person, finger, picture: synthesizeImpression(master, { seed: 1 }) };
  });
}

/** A table of so many rows: the records of the pictured fingers first; some 2 % of the others are broken. */
export function recordTable(rows: number, pictured: readonly PicturedFinger[]): string {
  const lines = pictured.flatMap(({ person, finger, picture }) => {
    const result = extract(picture);
    if (result.kind === 'rejected') return [];
    return [lineOf(`pictured ${person}`, finger, exportMinutiae(result.features, { position: finger }))];
  });
  for (let i = 0; lines.length < rows; i++) {
    const finger = 1 + (i % FINGERS);
    const record = exportMinutiae(synthesizeTemplate(synthesizeMinutiae(1_000_000 + i), 1), { position: finger });
    const line = lineOf(`member ${Math.floor(i / FINGERS)}`, finger, record);
    lines.push(
      i % BROKEN_EVERY === BROKEN_EVERY - 1 ? broken(line, lines.at(-1) ?? line, Math.floor(i / BROKEN_EVERY)) : line,
    );
  }
  return ['person,finger,template', ...lines, ''].join('\r\n');
}

/** A table of the pictures. */
export function pictureTable(pictured: readonly PicturedFinger[]): string {
  const lines = pictured.map(({ person, finger, picture }) => lineOf(`pictured ${person}`, finger, encodePng(picture)));
  return ['person,finger,image', ...lines, ''].join('\r\n');
}

function lineOf(person: string, finger: number, print: Uint8Array): string {
  return `${person},${finger},${Buffer.from(print).toString('base64')}`;
}

function broken(line: string, lineBefore: string, way: number): string {
  const [person = '', finger = '', print = ''] = line.split(',');
  const ways = [
    [person, finger, `${print.slice(0, -3)}!!!`],
    [person, 'left toe', print],
    [person, finger, print.slice(0, 120)],
    [person, finger, 'SvlTUzIxAAADur0ECAUHCc7Q'],
    ['', finger, print],
    // The row before once more.
    [lineBefore],
  ];
  return (ways[way % ways.length] ?? []).join(',');
}
