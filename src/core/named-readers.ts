/** Readers as sessions name them: by their name in the configuration, or by the number of a unit. */

import { BiometricError } from './biometric-error.ts';
import type { UnitId } from './identifiers.ts';

/** A reader by its name, whichever unit it has now, or one unit by its number. */
export type ReaderReference = string | UnitId;

/** A unit, as a reference can mean it. */
export interface NamedUnit {
  readonly unitId: UnitId;
  /** Name of its reader. */
  readonly name: string;
}

/** True when one of the references means the unit. */
export function isNamed({ unitId, name }: NamedUnit, readers: readonly ReaderReference[]): boolean {
  return readers.includes(unitId) || readers.includes(name);
}

/**
 * Throws WINBIO_E_INVALID_UNIT, which lists what there is, unless each reference means a unit of `units` or a reader of
 * `names`; the latter includes readers that are unplugged.
 */
export function requireReaders(
  readers: readonly ReaderReference[],
  units: readonly NamedUnit[],
  names: readonly string[] = units.map(({ name }) => name),
): void {
  const known = (reader: ReaderReference) =>
    typeof reader === 'string' ? names.includes(reader) : units.some(({ unitId }) => unitId === reader);
  const unknown = readers.find((reader) => !known(reader));
  if (unknown === undefined) return;
  const unplugged = names.filter((name) => !units.some((unit) => unit.name === name));
  const there = [
    ...units.map(({ unitId, name }) => `${name} (unit ${unitId})`),
    ...unplugged.map((name) => `${name} (unplugged)`),
  ];
  const what = typeof unknown === 'string' ? `reader named ${unknown}` : `unit ${unknown}`;
  throw new BiometricError('WINBIO_E_INVALID_UNIT', `there is no ${what}; there are ${there.join(', ') || 'none'}`);
}
