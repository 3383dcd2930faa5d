/** A table as another product would hand it over: minutiae records of synthetic fingers, and rows that are wrong. */

import { exportMinutiae, synthesizeMinutiae, synthesizeTemplate } from '../../src/fingerprint/index.ts';

/** A row of a table, as text. */
export interface ForeignRow {
  readonly person: string;
  readonly finger: string;
  readonly template: string;
}

/** The record of one impression of a synthetic finger. ISO/IEC 19794-2:2005. */
export function foreignRecord(finger: number, position = 0, impression = 1): Uint8Array {
  return exportMinutiae(synthesizeTemplate(synthesizeMinutiae(finger), impression), { position });
}

/** Rows that are right: ten fingers a person. */
export function soundRows(count: number): ForeignRow[] {
  return Array.from({ length: count }, (_, i) => {
    const position = 1 + (i % 10);
    const template = base64(foreignRecord(1000 + i, position));
    return { person: `member ${Math.floor(i / 10)}`, finger: String(position), template };
  });
}

/** What may be wrong with a row, each with what is said about it. */
export const BROKEN: readonly (readonly [what: string, spoil: (row: ForeignRow) => ForeignRow, said: RegExp])[] = [
  ['base64 with other letters', (row) => ({ ...row, template: `${row.template.slice(0, -3)}!!!` }), /neither base64/],
  ['no finger of a hand', (row) => ({ ...row, finger: 'left toe' }), /the finger is none of right-thumb/],
  ['a record that is cut off', (row) => ({ ...row, template: row.template.slice(0, 120) }), /more than there is/],
  ['a closed format', (row) => ({ ...row, template: 'SvlTUzIxAAADur0ECAUHCc7Q' }), /ZKTeco.*export ISO 19794-2/],
  ['bytes of no format', (row) => ({ ...row, template: '/////wABAgME' }), /in no format that is known/],
  ['text encoded twice', (row) => ({ ...row, template: base64(Buffer.from(row.template)) }), /encoded twice/],
  ['nobody', (row) => ({ ...row, person: ' ' }), /the person is missing/],
  ['another finger than the record says', (row) => ({ ...row, finger: 'right-thumb' }), /is of .*not of right-thumb/],
];

/** As a table of CSV. */
export function csvOf(rows: readonly ForeignRow[]): string {
  return ['person,finger,template', ...rows.map((row) => `${row.person},${row.finger},${row.template}`), ''].join(
    '\r\n',
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
