/** The file of people. Names, numbers, notes and pictures are in it only sealed. */

import type { RecordsFormat } from '../records-file.ts';

export const PEOPLE_FORMAT: RecordsFormat = {
  name: 'a directory of people',
  applicationId: 0x5748_5050,
  version: 1,
  // AUTOINCREMENT: a row number is never used again. `position` holds how many changes there were and a code over all rows.
  schema: `
  CREATE TABLE position (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), sealed BLOB NOT NULL) STRICT;
  CREATE TABLE person (
    person_id INTEGER PRIMARY KEY AUTOINCREMENT,
    pseudonym BLOB NOT NULL UNIQUE,
    number_mark BLOB UNIQUE,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE TABLE picture (
    person_id INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE TABLE work (work_id INTEGER PRIMARY KEY AUTOINCREMENT, pseudonym BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL) STRICT;
`,
};
