/** Where the rows of an import come from. */

import type { TemplateRow } from '../../exports/whorl/index.ts';

/** A row, and where it stands: `line 17`, or the path of a file. */
export interface SourceRow {
  readonly place: string;
  readonly row: TemplateRow;
}

/** Rows in order, read as they are asked for. */
export interface ImportSource {
  readonly rows: AsyncIterable<SourceRow>;
  /** Share of the source that was read, 0 to 1; undefined where that is not known. */
  done(): number | undefined;
}
