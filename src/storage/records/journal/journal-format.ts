/** The file of the journal. Whom a line is about is in it only sealed, and as a keyed pseudonym to filter by. */

import type { JournalKind } from '../../../core/journal-line.ts';
import type { RecordsFormat } from '../records-file.ts';

/** Numbers of kinds in the file; new ones come last. */
export const KINDS = [
  'recognised',
  'not-valid',
  'verified',
  'not-verified',
  'unknown',
  'rejected',
  'locked',
  'enrolled',
  'deleted',
  'created',
  'changed',
  'removed',
  'acted',
  'failed',
  'corrected',
] as const satisfies readonly JournalKind[];

/** In the counts: all readers together, and lines without one. */
export const ALL_SPOTS = -1;

/** Milliseconds that lines are counted by: every time zone is whole quarters of an hour away from UTC. */
export const QUARTER_MS = 15 * 60 * 1000;

export const JOURNAL_FORMAT: RecordsFormat = {
  name: 'a journal',
  applicationId: 0x5748_4a4c,
  version: 1,
  // `start` is what the first line follows; `quarter` counts lines; `alias` says who took whose place; `resealing` how far a
  // change of keys is. Each index ends with the order of pages.
  schema: `
  CREATE TABLE start (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), number INTEGER NOT NULL, mac BLOB NOT NULL, code BLOB NOT NULL) STRICT;
  CREATE TABLE word (word_id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE spot (
    spot_id INTEGER PRIMARY KEY,
    reader TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    UNIQUE (reader, title, place)
  ) STRICT;
  CREATE TABLE pair (spot INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (spot, kind)) STRICT, WITHOUT ROWID;
  CREATE TABLE line (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    spot INTEGER NOT NULL,
    asker INTEGER,
    person BLOB,
    sub_factor INTEGER,
    score_class INTEGER,
    reason INTEGER,
    reject_detail INTEGER,
    corrected_ms INTEGER,
    corrects INTEGER,
    who BLOB,
    who_digest BLOB,
    mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX line_kind ON line (kind, at_ms, number, person, spot);
  CREATE INDEX line_spot ON line (spot, kind, at_ms, number);
  CREATE INDEX line_person ON line (person, kind, at_ms, number, spot) WHERE person IS NOT NULL;
  CREATE INDEX line_corrected ON line (corrected_ms) WHERE corrected_ms IS NOT NULL;
  CREATE INDEX line_corrects ON line (corrects) WHERE corrects IS NOT NULL;
  CREATE TABLE quarter (
    quarter INTEGER NOT NULL,
    spot INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    PRIMARY KEY (spot, kind, quarter)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE picture (number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
  CREATE INDEX picture_at ON picture (at_ms);
  CREATE TABLE alias (pseudonym BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE resealing (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), key_id INTEGER NOT NULL, number INTEGER NOT NULL) STRICT;
`,
};
