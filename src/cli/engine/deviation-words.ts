/** Departures of a file from its standard, a sentence each. */

import { decodeAnsiNistLeniently, detectFormat } from '../../formats/index.ts';

/** Where, and what. */
export interface Departure {
  readonly record?: number;
  readonly field: string;
  readonly offset: number;
  readonly text: string;
}

/** The sentences. */
export function deviationWords(departures: readonly Departure[]): string[] {
  return departures.map(({ record, field, offset, text }) => {
    const place = `${field} at byte ${offset} ${text}`;
    return record === undefined ? place : `record ${record}: ${place}`;
  });
}

/** What is wrong with an ANSI/NIST-ITL file; nothing for any other, whose decoders are strict. */
export function transactionFaults(bytes: Uint8Array): string[] {
  return detectFormat(bytes) === 'ansi-nist' ? deviationWords(decodeAnsiNistLeniently(bytes).faults) : [];
}
