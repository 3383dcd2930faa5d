/** Modules of Node.js for code that runs in browsers too. */

/** A module by its name; undefined where there is no Node.js. Asked for in the way that Node.js has for such code. */
export function builtinModule(name: string): unknown {
  const { process } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
  };
  return process?.getBuiltinModule?.(name);
}
