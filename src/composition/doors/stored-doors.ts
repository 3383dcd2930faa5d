/** Doors that were set while the service ran: a file of the state that only the service writes. */

import { existsSync } from 'node:fs';
import { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Door } from '../../core/door.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import { DOORS_SCHEMA } from '../configuration/schema/door-schema.ts';
import { readAuthenticated, writeAuthenticated } from '../state/authenticated-file.ts';

const CONTENT = z.strictObject({ doors: DOORS_SCHEMA });

/** A file, or nothing at all for state in memory. */
export interface DoorsFile {
  readonly path: string;
  readonly keyring: Keyring;
}

/** The doors of the file; none without one. Throws WHORL_E_CONFIGURATION when it is damaged. */
export function readDoors(file: DoorsFile | undefined): readonly Door[] {
  if (file === undefined || !existsSync(file.path)) return [];
  try {
    return CONTENT.parse(JSON.parse(readAuthenticated(file.path, file.keyring))).doors as readonly Door[];
  } catch (cause) {
    const text = `${file.path} is damaged, or was not written by this service; remove it and set the doors again`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  }
}

/** Replaces the file. */
export function writeDoors(file: DoorsFile | undefined, doors: readonly Door[]): void {
  if (file !== undefined) writeAuthenticated(file.path, JSON.stringify({ doors }, null, 2), file.keyring);
}
