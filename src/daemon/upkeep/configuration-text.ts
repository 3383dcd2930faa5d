/** The text of a configuration file, changed value by value: its order and its indentation stay. */

import { existsSync, readFileSync } from 'node:fs';
import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';

/** A path in it: names of fields, and places in lists. */
export type JsonPath = readonly (string | number)[];

/** The text of a file; an empty object where there is none. */
export function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '{}\n';
}

/** The text with a value changed; undefined takes the field away. */
export function withValue(text: string, path: JsonPath, value: unknown): string {
  const indented = /^(\t|[ ]+)\S/m.exec(text)?.[1];
  const formattingOptions = { insertSpaces: indented !== '\t', tabSize: indented?.length ?? 2, eol: '\n' };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/** Line on which a field begins, from 1; undefined when it is not there. */
export function lineOf(text: string, path: JsonPath): number | undefined {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  return node === undefined ? undefined : text.slice(0, node.offset).split('\n').length;
}
