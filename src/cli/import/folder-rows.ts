/** Rows of a folder of pictures and records, whose names say whose they are. */

import { stat } from 'node:fs/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import { FINGER_PATTERN } from '../../core/finger-words.ts';
import { readFileBelow } from './file-below.ts';
import { filesOf } from './files-of.ts';
import type { ImportSource, SourceRow } from './import-source.ts';

/** Names that are tried without a pattern: `4711_right-index.png`, `4711/right-index.png`. */
const USUAL_PATTERNS = ['{person}_{finger}.*', '{person}/{finger}.*'] as const;

/**
 * The files of a folder whose paths fit a pattern with `{person}`, `{finger}` and `*`; others are rejected rows. Rejects
 * with E_INVALIDARG for what is no folder, and for a pattern without a person.
 */
export async function folderRows(folder: string, pattern: string | undefined): Promise<ImportSource> {
  const found = await stat(folder);
  if (!found.isDirectory()) {
    throw new BiometricError(
      'E_INVALIDARG',
      `${folder} is a file; --from folder takes a folder of pictures and records`,
    );
  }
  const patterns = pattern === undefined ? USUAL_PATTERNS : [pattern];
  return { rows: rowsOf(folder, patterns, patterns.map(expressionOf)), done: () => undefined };
}

async function* rowsOf(
  folder: string,
  patterns: readonly string[],
  expressions: readonly RegExp[],
): AsyncGenerator<SourceRow> {
  for await (const path of filesOf(folder)) {
    const fit = expressions.map((expression) => expression.exec(path)?.groups).find((groups) => groups !== undefined);
    const { person = '', finger } = fit ?? {};
    const print = () => {
      if (fit !== undefined) return readFileBelow(folder, path);
      throw new BiometricError(
        'E_INVALIDARG',
        `the name does not fit ${patterns.join(' or ')}; --pattern says how it is built`,
      );
    };
    yield { place: path, row: { person, ...(finger !== undefined && { finger }), print } };
  }
}

/** Throws E_INVALIDARG. */
function expressionOf(pattern: string): RegExp {
  if (pattern.split('{person}').length !== 2 || pattern.split('{finger}').length > 2) {
    throw new BiometricError(
      'E_INVALIDARG',
      `--pattern: '${pattern}'; give one {person} and one {finger}, such as {person}_{finger}.*`,
    );
  }
  const parts: Readonly<Record<string, string>> = {
    '{person}': '(?<person>[^/]+)',
    '{finger}': `(?<finger>${FINGER_PATTERN})`,
    '*': '[^/]*',
  };
  const source = pattern
    .split(/(\{person\}|\{finger\}|\*)/)
    .map((part) => parts[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('')}$`, 'i');
}
