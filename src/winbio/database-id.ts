/** The DatabaseId parameter: null, one of three selectors, or the GUID of an installed database. */

import type { DatabaseSelector } from '../core/operation-request.ts';

/** Selects the default database of each unit; the system pool takes it or null. */
export const WINBIO_DB_DEFAULT = Symbol.for('WINBIO_DB_DEFAULT');
/** Selects the pre-boot database; no pool takes it (D-07). */
export const WINBIO_DB_BOOTSTRAP = Symbol.for('WINBIO_DB_BOOTSTRAP');
/** Selects the database on the sensor; no pool takes it (D-07). */
export const WINBIO_DB_ONCHIP = Symbol.for('WINBIO_DB_ONCHIP');

/** The DatabaseId parameter. In C the selectors are small numbers in a pointer; here they are symbols. */
export type DatabaseIdArgument =
  | typeof WINBIO_DB_DEFAULT
  | typeof WINBIO_DB_BOOTSTRAP
  | typeof WINBIO_DB_ONCHIP
  | string
  | null
  | undefined;

/** The database a parameter selects; anything else becomes a GUID that the argument rules refuse. */
export function databaseSelector(argument: DatabaseIdArgument): DatabaseSelector | null {
  switch (argument) {
    case null:
    case undefined:
      return null;
    case WINBIO_DB_DEFAULT:
      return { selector: 'default' };
    case WINBIO_DB_BOOTSTRAP:
      return { selector: 'bootstrap' };
    case WINBIO_DB_ONCHIP:
      return { selector: 'onchip' };
    default:
      return { databaseId: typeof argument === 'string' ? argument : '' };
  }
}
