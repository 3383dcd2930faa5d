/** Gives browsers without `using` the symbols under which its compiled form looks for disposers. Comes before all else. */

for (const name of ['dispose', 'asyncDispose'] as const) {
  if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
}
