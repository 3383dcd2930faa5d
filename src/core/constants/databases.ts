/** Attributes of a database: a type under the low mask, flags under the high one. WBF: constants 4. */

/** Bits of the attributes that hold the type. */
export const WINBIO_DATABASE_TYPE_MASK = 0x0000ffff;
/** The database is a file. */
export const WINBIO_DATABASE_TYPE_FILE = 1;
/** The database is kept by a database server. */
export const WINBIO_DATABASE_TYPE_DBMS = 2;
/** The database is on the sensor. */
export const WINBIO_DATABASE_TYPE_ONCHIP = 3;
/** The database is on a smart card. */
export const WINBIO_DATABASE_TYPE_SMARTCARD = 4;
/** Bits of the attributes that hold flags. */
export const WINBIO_DATABASE_FLAG_MASK = 0xffff0000;
/** The medium of the database can be removed. */
export const WINBIO_DATABASE_FLAG_REMOVABLE = 0x00010000;
/** The database is on another machine. */
export const WINBIO_DATABASE_FLAG_REMOTE = 0x00020000;
