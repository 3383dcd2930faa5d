/** Defines, in browsers without `using`, the symbols that its compiled form looks up. Loaded before everything else. */

for (const name of ['dispose', 'asyncDispose'] as const) {
  if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
}
