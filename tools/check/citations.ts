/**
 * Citations of the specification must resolve: `WBF: <page> <section>`, names after `WBF:`, and the ids of clauses (C),
 * decisions (D), adapter clauses (A) and rows of arguments (V).
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../packages/package-table.ts';
import { type SpecIndex, specIndex } from './spec-index.ts';

const ID = /\b([ACD]-\d{2,3})\b/g;
/** Rows of sessions 4: `row V5`, `rows V14 to V20, V23`. A bare `V3` is an adapter interface, not a citation. */
const ROWS = /\brows? (V\d+(?:(?:,| to| and|, and) V\d+)*)/g;
const CITATION = /\bWBF: (.*?)(?:[;:)]|\.\s|\.$|\*\/|$)/g;
const SECTIONS =
  /\b([a-z][a-z -]*[a-z]) ((?:[A-Z]?\d+[a-z]?(?:\.\d+)*)(?:(?:, | and | to )[A-Z]?\d+[a-z]?(?:\.\d+)*)*)/g;
/** Names of functions, codes and constants. */
const NAME = /\b(?:[A-Z][a-z]+[A-Z]\w*|WINBIO_\w+)\b/g;

/** A line break inside a comment. */
const CONTINUATION = /\n[ \t]*(?:\*|\/\/)(?!\/)[ \t]?/g;

/** Citations in these files that do not resolve, one line each. */
export function citationProblems(files: readonly string[]): string[] {
  const spec = specIndex();
  return files.flatMap((file) =>
    commentLines(readFileSync(join(ROOT, file), 'utf8')).flatMap(({ line, text }) =>
      wrongCitations(text, spec).map((what) => `${file}:${line}: ${what} is not in docs/spec`),
    ),
  );
}

/** Lines of a file with their numbers; a comment counts as one line, under the number of its first. */
function commentLines(text: string): { readonly line: number; readonly text: string }[] {
  let line = 1;
  // NUL occurs in no source, so it can mark the joints and keep the line count.
  return text
    .replaceAll(CONTINUATION, '\u0000 ')
    .split('\n')
    .map((joined) => {
      const first = line;
      line += joined.split('\u0000').length;
      return { line: first, text: joined.replaceAll('\u0000', '') };
    });
}

function wrongCitations(text: string, spec: SpecIndex): string[] {
  const ids = [...text.matchAll(ID)].map(([id]) => id);
  const rows = [...text.matchAll(ROWS)].flatMap(([, list = '']) => list.match(/V\d+/g) ?? []);
  const wrong = [...ids, ...rows].filter((id) => !spec.ids.has(id));
  const cited = [...text.matchAll(CITATION)].map(([, places = '']) => places);
  return [...wrong, ...cited.flatMap((places) => wrongPlaces(places, spec))];
}

function wrongPlaces(text: string, spec: SpecIndex): string[] {
  const names = (text.match(NAME) ?? []).filter((name) => !spec.words.has(name));
  const places = [...text.matchAll(SECTIONS)].flatMap(([, page = '', numbers = '']) => {
    if (/\b(?:rows?|section)$/.test(page)) return [];
    const sections = spec.sections.get(page);
    if (sections === undefined) return [`page ${page}`];
    return numbers
      .split(/, | and | to /)
      .filter((number) => !sections.has(number))
      .map((number) => `${page} ${number}`);
  });
  return [...names, ...places];
}
