/** What the doc comment of a declaration lacks. */

import ts from 'typescript-5.9';
import type { Demand } from './documented-names.ts';

/** What is missing, in the order to fix it; empty when nothing is. */
export function missingDocs(checker: ts.TypeChecker, demand: Demand, withExample: boolean): readonly string[] {
  const { symbol, declarations } = demand;
  const isMember = declarations.some(({ parent }) => !ts.isSourceFile(parent) && !ts.isVariableDeclarationList(parent));
  // A member takes the comment of the member it overrides or implements, as editors do.
  const inherited = isMember && symbol.getDocumentationComment(checker).length > 0;
  if (!inherited && !declarations.some(hasOwnComment)) return ['doc comment'];
  const called = declarations.filter(isCalled);
  if (called.length === 0) return [];
  const tags = symbol.getJsDocTags(checker);
  const missing: string[] = [];
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const says = tags.some(({ name }) => name === 'throws') || /\b(?:rejects|throws|never fails)\b/i.test(words);
  if (!says && called.some((declaration) => canFail(checker, declaration))) missing.push('list of codes it fails with');
  if (/, \.\.\./.test(words)) missing.push('end of its list');
  const needsExample = withExample && called.some(({ parent }) => ts.isSourceFile(parent) || ts.isClassLike(parent));
  if (needsExample && !tags.some(({ name }) => name === 'example')) missing.push('@example');
  return missing;
}

/** Whether it has its own comment; a blank line separates a file's header from what follows. */
function hasOwnComment(declaration: ts.Declaration): boolean {
  const last = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1);
  if (last === undefined) return false;
  const between = declaration.getSourceFile().text.slice(last.end, declaration.getStart());
  return !/\n[ \t]*\n/.test(between);
}

/** Whether it is a function or method; those named by a well-known symbol need no more than a comment. */
function isCalled(declaration: ts.Declaration): declaration is ts.SignatureDeclaration & ts.NamedDeclaration {
  const name = ts.getNameOfDeclaration(declaration);
  if (name !== undefined && ts.isComputedPropertyName(name)) return false;
  return (
    ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration)
  );
}

/** Whether its body throws or its result can reject; a promised HRESULT does not reject. */
function canFail(checker: ts.TypeChecker, declaration: ts.SignatureDeclaration): boolean {
  const signature = checker.getSignatureFromDeclaration(declaration);
  const returned = signature === undefined ? '' : checker.typeToString(signature.getReturnType());
  if (/^Promise<HRESULT>/.test(returned)) return false;
  if (/^(?:Promise|AsyncGenerator|AsyncIterable|AsyncIterableIterator)</.test(returned)) return true;
  const body = (declaration as { body?: ts.Node }).body;
  return body !== undefined && throwsItself(body);
}

function throwsItself(node: ts.Node): boolean {
  if (ts.isThrowStatement(node)) return true;
  return ts.forEachChild(node, (child) => !ts.isFunctionLike(child) && throwsItself(child)) ?? false;
}
