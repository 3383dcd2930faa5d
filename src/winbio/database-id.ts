/** The DatabaseId parameter: nothing, one of three selectors, or the GUID of an installed database. */

import type { DatabaseSelector } from '../core/operation-request.ts';

/** Each unit's default database. */
export const WINBIO_DB_DEFAULT = Symbol.for('WINBIO_DB_DEFAULT');
/** Pre-boot database. */
export const WINBIO_DB_BOOTSTRAP = Symbol.for('WINBIO_DB_BOOTSTRAP');
/** Database on the sensor. */
export const WINBIO_DB_ONCHIP = Symbol.for('WINBIO_DB_ONCHIP');

/** What a program passes: in C small numbers in a pointer, here symbols, so that no GUID can be mistaken for one. */
export type DatabaseIdArgument =
  | typeof WINBIO_DB_DEFAULT
  | typeof WINBIO_DB_BOOTSTRAP
  | typeof WINBIO_DB_ONCHIP
  | string
  | null
  | undefined;

/** The selector of a parameter; what is neither comes out as a GUID that no rule accepts. */
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
