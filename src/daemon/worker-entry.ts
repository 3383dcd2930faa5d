/** The URL of a worker's code beside this file: TypeScript when run from sources, JavaScript when built. */
export function workerEntry(name: string): URL {
  return new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
}
