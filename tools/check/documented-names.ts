/** Declarations that an exported name makes public: its own, and each public member of its type. */

import ts from 'typescript-5.9';

/** A declaration that needs a doc comment. */
export interface Demand {
  /** `Session.identify`. */
  readonly name: string;
  readonly symbol: ts.Symbol;
  /** Its declarations inside the sources; never empty. */
  readonly declarations: readonly ts.Declaration[];
}

/** The name and its members, each declaration once; inherited members where they are declared. */
export function* demandsOf(checker: ts.TypeChecker, exported: ts.Symbol, sources: string): Generator<Demand> {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const seen = new Set<ts.Declaration>();
  const found: Demand[] = [];
  const add = (name: string, member: ts.Symbol) => {
    const declarations = (member.declarations ?? []).filter(
      (declaration) => declaration.getSourceFile().fileName.startsWith(sources) && isPublic(declaration),
    );
    const [first] = declarations;
    if (first === undefined || seen.has(first)) return;
    for (const declaration of declarations) seen.add(declaration);
    found.push({ name, symbol: member, declarations });
    for (const declaration of declarations) addLiterals(name, declaration);
  };
  /** Properties of object types that are written out inside a declaration. */
  const addLiterals = (name: string, declaration: ts.Declaration) => {
    const type = (declaration as { type?: ts.TypeNode }).type;
    if (type === undefined || ts.isFunctionLike(declaration)) return;
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) return;
      if (ts.isTypeLiteralNode(node)) {
        for (const { symbol: member } of node.members as unknown as readonly { symbol: ts.Symbol }[]) {
          add(`${name}.${member.name}`, member);
        }
      } else ts.forEachChild(node, visit);
    };
    visit(type);
  };
  add(exported.name, symbol);
  for (const type of typesOf(checker, symbol)) {
    for (const member of checker.getPropertiesOfType(type)) add(`${exported.name}.${nameOf(member)}`, member);
  }
  yield* found;
}

/** Types whose members a name makes public: both sides of a class, each part of a union. */
function* typesOf(checker: ts.TypeChecker, symbol: ts.Symbol): Generator<ts.Type> {
  const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0;
  if (isClass) yield checker.getTypeOfSymbol(symbol);
  if (!isClass && (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) === 0) return;
  const declared = checker.getDeclaredTypeOfSymbol(symbol);
  for (const part of declared.isUnion() ? declared.types : [declared]) {
    if ((part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0) yield part;
  }
}

function nameOf(member: ts.Symbol): string {
  const name = member.declarations?.[0] && ts.getNameOfDeclaration(member.declarations[0]);
  return name?.getText() ?? member.name;
}

/** Not private, protected, named by a symbol of ours, or the mark of a branded type. */
function isPublic(declaration: ts.Declaration): boolean {
  if (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return false;
  const name = ts.getNameOfDeclaration(declaration);
  if (name === undefined) return !ts.isConstructorDeclaration(declaration);
  if (ts.isComputedPropertyName(name)) return /^\[(?:Symbol|c)\./.test(name.getText());
  return !ts.isPrivateIdentifier(name) && !name.getText().startsWith('__');
}
