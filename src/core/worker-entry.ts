/** The URL of a worker's code beside the file that starts it: TypeScript when run from sources, JavaScript when built. */
export function workerEntry(name: string, starter: string): URL {
  return new URL(`./${name}${starter.endsWith('.ts') ? '.ts' : '.js'}`, starter);
}
