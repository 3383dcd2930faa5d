/** What can be cited from `docs/spec/`: sections by page, and clauses, decisions and rows by id. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../packages/package-table.ts';

/** The specification, as far as citations need it. */
export interface SpecIndex {
  /** Section numbers by page, such as `6.2` and `B2a`; pages are named as cited: `state machines`. */
  readonly sections: ReadonlyMap<string, ReadonlySet<string>>;
  /** `C-041`, `D-15`, `A-012`, `V11`. */
  readonly ids: ReadonlySet<string>;
  /** Every word of the specification, to find names of functions, codes and constants. */
  readonly words: ReadonlySet<string>;
}

const SECTION = /^#{2,4} ([A-Z]?\d+[a-z]?(?:\.\d+)*)\.? /gm;
/** Where an id is defined: at the beginning of an item, or in the first cell of a row. */
const DEFINITION = /^(?:- |\| )(?:\*\*)?([ACD]-\d{2,3}|V\d{1,2})\b/gm;

/** Reads the specification. */
export function specIndex(): SpecIndex {
  const folder = join(ROOT, 'docs/spec');
  const pages = readdirSync(folder).map((file) => ({
    name: file.replace(/\.md$/, '').replaceAll('-', ' '),
    text: readFileSync(join(folder, file), 'utf8'),
  }));
  return {
    sections: new Map(pages.map(({ name, text }) => [name, new Set(firstGroups(text, SECTION))])),
    ids: new Set(pages.flatMap(({ text }) => firstGroups(text, DEFINITION))),
    words: new Set(pages.flatMap(({ text }) => text.match(/\w+/g) ?? [])),
  };
}

function firstGroups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}
