/**
 * The minutiae of type-9 records: the standard fields 9.005 to 9.012, and those of the ANSI 378 block, 9.126 to 9.150.
 * ANSI/NIST-ITL 1-2011, 8.9.
 */

import { type FormatPlace, formatError } from '../format-error.ts';
import { MINUTIA_TYPES } from '../minutiae/minutiae-record.ts';
import type { AnsiNistField, AnsiNistRecord, TaggedRecord } from './ansi-nist-reader.ts';

/** A minutia; lengths in the unit of its block. */
export interface AnsiNistMinutia {
  /** The number the record gives it. */
  readonly index: number;
  /** Compound and undetermined minutiae are `other`. */
  readonly type: (typeof MINUTIA_TYPES)[number];
  /** From the left edge. */
  readonly x: number;
  /** From the lower edge in the standard block, from the upper edge in M1. */
  readonly y: number;
  /** 0 to 359, counter-clockwise from the right. */
  readonly angleDegrees: number;
  /** As the record states it; absent when it does not. */
  readonly quality?: number;
  /** Ridges to other minutiae; standard block only. */
  readonly ridgeCounts: readonly {
    /** Index of the other minutia. */
    readonly to: number;
    /** Ridges in between. */
    readonly count: number;
  }[];
}

/** Minutiae of one impression. */
export interface AnsiNistMinutiae {
  /** Image designation character of the impression. */
  readonly idc: number;
  /** Code of how the impression was taken. ANSI/NIST-ITL, table 7. */
  readonly impressionType: number;
  /** Finger positions, the most likely first. */
  readonly positions: readonly number[];
  /** `standard`: hundredths of a millimetre, y upwards, angles of the ridge's course; `m1`: pixels, y downwards. */
  readonly block: 'standard' | 'm1';
  /** In the order of the record. */
  readonly minutiae: readonly AnsiNistMinutia[];
  /** Cores, where the ridges curve most. */
  readonly cores: readonly {
    /** From the left edge. */
    readonly x: number;
    /** As for minutiae. */
    readonly y: number;
  }[];
  /** Deltas, where three ridge systems meet. */
  readonly deltas: readonly {
    /** From the left edge. */
    readonly x: number;
    /** As for minutiae. */
    readonly y: number;
  }[];
}

const FORMAT = 'ANSI/NIST-ITL';
/** Of the standard fields: ending, bifurcation; compound and undetermined ones are others. */
const LETTERS: Readonly<Record<string, AnsiNistMinutia['type']>> = {
  A: 'ending',
  B: 'bifurcation',
  C: 'other',
  D: 'other',
};
const FIELD = {
  impression: 3,
  position: 6,
  core: 8,
  delta: 9,
  minutiae: 12,
  m1Position: 134,
  m1Minutiae: 137,
  m1Core: 139,
  m1Delta: 140,
} as const;
const MAX_MINUTIAE = 10_000;

/**
 * The minutiae of every type-9 record that has the standard or the M1 block; other blocks are skipped. Throws
 * WHORL_E_MALFORMED when an item is not a number of its kind, WHORL_E_LIMIT_EXCEEDED above 10,000 minutiae.
 *
 * @example
 * const [impression] = ansiNistMinutiae(decodeAnsiNist(bytes));
 * console.log(impression?.minutiae.length);
 */
export function ansiNistMinutiae(records: readonly AnsiNistRecord[]): AnsiNistMinutiae[] {
  return records.flatMap((record): AnsiNistMinutiae[] => {
    if (record.kind !== 'tagged' || record.type !== 9) return [];
    const standard = present(record, FIELD.minutiae);
    const m1 = present(record, FIELD.m1Minutiae);
    return [...(standard ? [readStandard(record, standard)] : []), ...(m1 ? [readM1(record, m1)] : [])];
  });
}

function readStandard(record: TaggedRecord, field: AnsiNistField): AnsiNistMinutiae {
  const minutiae = limited(record, field).map(
    ([index = '', place = '', quality = '', letter = '', ...counts]): AnsiNistMinutia => {
      const [, x = '', y = '', angle = ''] = /^(\d{4})(\d{4})(\d{3})$/.exec(place) ?? [];
      const type = LETTERS[letter.toUpperCase()];
      if (x === '' || type === undefined || Number(angle) > 359)
        throw malformed(record, FIELD.minutiae, 'is no minutia');
      return {
        index: whole(record, index, FIELD.minutiae),
        type,
        x: Number(x),
        y: Number(y),
        angleDegrees: Number(angle),
        ...(quality !== '' && { quality: whole(record, quality, FIELD.minutiae) }),
        ridgeCounts: counts.filter((text) => text !== '').map((text) => readRidgeCount(record, text)),
      };
    },
  );
  const points = (number: number) =>
    (present(record, number) ?? []).map(([place = '']) => {
      const [, x, y] = /^(\d{4})(\d{4})/.exec(place) ?? [];
      if (x === undefined || y === undefined) throw malformed(record, number, 'is no position');
      return { x: Number(x), y: Number(y) };
    });
  return {
    ...headOf(record, FIELD.position),
    block: 'standard',
    minutiae,
    cores: points(FIELD.core),
    deltas: points(FIELD.delta),
  };
}

function readM1(record: TaggedRecord, field: AnsiNistField): AnsiNistMinutiae {
  const minutiae = limited(record, field).map(
    ([index = '', x = '', y = '', angle = '', type = '', quality = '']): AnsiNistMinutia => {
      const known = MINUTIA_TYPES[whole(record, type, FIELD.m1Minutiae)];
      const steps = whole(record, angle, FIELD.m1Minutiae);
      if (known === undefined || steps > 179) throw malformed(record, FIELD.m1Minutiae, 'is no minutia');
      return {
        index: whole(record, index, FIELD.m1Minutiae),
        type: known,
        x: whole(record, x, FIELD.m1Minutiae),
        y: whole(record, y, FIELD.m1Minutiae),
        // Steps of two degrees, as in ANSI 378.
        angleDegrees: 2 * steps,
        ...(quality !== '' && { quality: whole(record, quality, FIELD.m1Minutiae) }),
        ridgeCounts: [],
      };
    },
  );
  const points = (number: number) =>
    (present(record, number) ?? []).map(([x = '', y = '']) => ({
      x: whole(record, x, number),
      y: whole(record, y, number),
    }));
  return {
    ...headOf(record, FIELD.m1Position),
    block: 'm1',
    minutiae,
    cores: points(FIELD.m1Core),
    deltas: points(FIELD.m1Delta),
  };
}

function readRidgeCount(record: TaggedRecord, text: string): { to: number; count: number } {
  const [, to, count] = /^(\d{1,3}),(\d{1,3})$/.exec(text) ?? [];
  if (to === undefined || count === undefined) throw malformed(record, FIELD.minutiae, 'holds no ridge count');
  return { to: Number(to), count: Number(count) };
}

function headOf({ idc, fields }: TaggedRecord, position: number) {
  const positions = (fields.get(position) ?? []).map(([text = '']) => Number(text)).filter(Number.isInteger);
  return { idc, impressionType: Number(fields.get(FIELD.impression)?.[0]?.[0] ?? 0) || 0, positions };
}

/** A field that is there and not empty. */
function present({ fields }: TaggedRecord, number: number): AnsiNistField | undefined {
  const field = fields.get(number);
  return field === undefined || (field.length === 1 && field[0]?.length === 1 && field[0][0] === '')
    ? undefined
    : field;
}

function limited(record: TaggedRecord, field: AnsiNistField): AnsiNistField {
  if (field.length <= MAX_MINUTIAE) return field;
  throw formatError(
    'WHORL_E_LIMIT_EXCEEDED',
    placeOf(record, FIELD.minutiae),
    `holds more than ${MAX_MINUTIAE} minutiae`,
  );
}

function whole(record: TaggedRecord, text: string, number: number): number {
  if (!/^\d{1,5}$/.test(text)) throw malformed(record, number, 'holds an item that is no number');
  return Number(text);
}

function malformed(record: TaggedRecord, number: number, text: string) {
  return formatError('WHORL_E_MALFORMED', placeOf(record, number), text);
}

function placeOf({ offset }: TaggedRecord, number: number): FormatPlace {
  return { format: FORMAT, field: `9.${String(number).padStart(3, '0')}`, offset };
}
