/** What the doc comment of a declaration lacks. */

import ts from 'typescript-5.9';
import type { Demand } from './documented-names.ts';

/** Names of what is missing, in the order to mend it; empty when nothing is. */
export function missingDocs(checker: ts.TypeChecker, demand: Demand): readonly string[] {
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
  const needsExample = called.some(isPublicFunction);
  if (needsExample && !tags.some(({ name }) => name === 'example')) missing.push('@example');
  return missing;
}

/** What a program calls: functions, methods of classes, bound functions; not what an adapter or a caller provides. */
function isPublicFunction({ parent }: ts.Declaration): boolean {
  return ts.isSourceFile(parent) || ts.isClassLike(parent) || ts.isObjectLiteralExpression(parent);
}

/** A comment of its own, not the header of the file: a blank line parts that from what follows. */
function hasOwnComment(declaration: ts.Declaration): boolean {
  const last = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1);
  if (last === undefined) return false;
  const between = declaration.getSourceFile().text.slice(last.end, declaration.getStart());
  return !/\n[ \t]*\n/.test(between);
}

/** A function or method; those named by a well-known symbol say what they mirror and no more. */
function isCalled(declaration: ts.Declaration): declaration is ts.SignatureDeclaration & ts.NamedDeclaration {
  const name = ts.getNameOfDeclaration(declaration);
  if (name !== undefined && ts.isComputedPropertyName(name)) return false;
  return (
    ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration)
  );
}

/** Whether it throws in its own body or returns something that can reject; a promised HRESULT does not. */
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
