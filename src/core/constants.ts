/** The constants of winbio.h and winbio_types.h under their header names. WBF: constants 1 to 13. */

export * from './constants/biometric-records.ts';
export * from './constants/biometric-types.ts';
export * from './constants/credentials.ts';
export * from './constants/databases.ts';
export * from './constants/general.ts';
export * from './constants/identities-and-events.ts';
export * from './constants/operations.ts';
export * from './constants/properties.ts';
export * from './constants/reject-details.ts';
export * from './constants/sensors.ts';
export * from './constants/sessions.ts';
export * from './constants/sub-factors.ts';
