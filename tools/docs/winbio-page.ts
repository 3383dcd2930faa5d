/** The reference page of the functions of winbio.h: the table of functions, and the comment of each. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-5.9';
import * as constants from '../../src/core/constants.ts';
import type { HandleKind } from '../../src/core/operation-request.ts';
import { FUNCTIONS, type FunctionEntry } from '../../src/winbio/function-table.ts';
import { ROOT } from '../packages/package-table.ts';

const FOLDER = join(ROOT, 'src/winbio/functions');

/** The comment of a function, taken apart. */
interface FunctionComment {
  /** What it does. */
  readonly text: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** Codes of calls that begin nothing. */
  readonly refused: string;
  /** Codes of outcomes. */
  readonly ends: string;
}

/** The whole page. */
export function winbioPage(): string {
  const operations = new Map<unknown, string>(
    Object.entries(constants).flatMap(([name, value]) =>
      name.startsWith('WINBIO_OPERATION_') ? [[value, name.slice('WINBIO_OPERATION_'.length)] as const] : [],
    ),
  );
  const mark = (entry: FunctionEntry, kind: HandleKind) => {
    if (entry.handles.length === 0) return '';
    return entry.handles.includes(kind) ? 'yes' : 'refused';
  };
  const rows = FUNCTIONS.map((entry) => {
    const kinds = (['synchronous', 'asynchronous', 'framework'] as const).map((kind) => mark(entry, kind));
    const operation = entry.operation === undefined ? '' : `\`${operations.get(entry.operation)}\``;
    return `| [\`${entry.name}\`](#${entry.name.toLowerCase()}) | ${entry.purpose} | ${kinds.join(' | ')} | ${operation} |`;
  });
  const comments = functionComments();
  return `# The functions of \`whorl/winbio\`

Generated from \`src/winbio/function-table.ts\` and \`src/core/operation-table.ts\`, which the code uses, and from the comments in
\`src/winbio/functions\`. Every other name of the headers: [winbio-header.md](winbio-header.md). How to port a program:
[guides/port-a-winbio-program.md](guides/port-a-winbio-program.md).

\`bindWinBio(service)\` gives these functions, bound to one connection: one "process". Parameters are positional, in the
documented order; an out-parameter is a holder (\`const unit = out(0)\`, then \`unit.value\`). Each returns a promise of an
HRESULT: on a synchronous session it settles with the outcome, on an asynchronous handle right after the checks, and the
outcome comes as a notice. \`WinBioFree\` returns its HRESULT directly. Nothing throws. \`whorl/winbio/blocking\` has the same
functions, which block and return the HRESULT itself; \`whorl/winbio/system\` has them of Windows' own winbio.dll
([guides/windows.md](guides/windows.md)).

\`refused\` is \`WINBIO_E_INCORRECT_SESSION_TYPE\`; a function without a mark takes no handle. The last column is the \`Operation\` of
the notice. Result codes: [codes.md](codes.md). What \`D-09\` and its like decide:
[spec/conformance.md](spec/conformance.md).

| Function | What it does | Synchronous session | Asynchronous session | Framework | Notice |
|---|---|---|---|---|---|
${rows.join('\n')}

${FUNCTIONS.map(({ name }) => section(name, comments.get(name))).join('\n')}`;
}

function section(name: string, comment: FunctionComment | undefined): string {
  if (comment === undefined) throw new TypeError(`${name} has no comment in ${FOLDER}`);
  const { text, parameters, refused, ends } = comment;
  const rows = parameters.map((each) => `| \`${each.name}\` | ${each.text} |`);
  const table = rows.length > 0 ? `| Parameter | |\n|---|---|\n${rows.join('\n')}\n\n` : '';
  const codes = [refused && `Refused with ${refused}`, `Ends with ${ends}`].filter((part) => part !== '').join('\n\n');
  return `## ${name}\n\n${text}\n\n${table}${codes}\n`;
}

/** The comments of all functions, by name. */
function functionComments(): ReadonlyMap<string, FunctionComment> {
  const found = new Map<string, FunctionComment>();
  for (const file of readdirSync(FOLDER)) {
    const path = join(FOLDER, file);
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const isFunction = ts.isMethodDeclaration(node) || ts.isPropertyAssignment(node);
      const name = isFunction ? node.name.getText() : '';
      const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
      if (name.startsWith('WinBio') && comment !== undefined) found.set(name, takenApart(comment));
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function takenApart(comment: ts.JSDoc): FunctionComment {
  const paragraphs = plain(ts.getTextOfJSDocComment(comment.comment)).split('\n\n').map(oneLine);
  const after = (start: string) => {
    const paragraph = paragraphs.find((each) => each.startsWith(start));
    return paragraph === undefined ? '' : codesOf(paragraph.slice(start.length));
  };
  const parameters = (comment.tags ?? []).flatMap((tag) => {
    if (!ts.isJSDocParameterTag(tag)) return [];
    const text = oneLine(plain(ts.getTextOfJSDocComment(tag.comment)).replace(/^- /, '')).replaceAll('|', '\\|');
    return [{ name: tag.name.getText(), text }];
  });
  return { text: paragraphs[0] ?? '', parameters, refused: after('Refused with '), ends: after('Ends with ') };
}

function plain(text: string | undefined): string {
  return (text ?? '').replaceAll(/\{@link (\w+)\}/g, '`$1`');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}

/** Code names as code. */
function codesOf(text: string): string {
  return text.replaceAll(/(?<!`)\b(?:WINBIO|WHORL|SEC|E|S)_[A-Z_]+\b(?!`)/g, '`$&`');
}
