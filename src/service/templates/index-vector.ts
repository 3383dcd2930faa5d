/** Engines that search by index vectors: a database narrows their searches. WBF: QueryIndexVectorSize. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';

/** True when the engine has index vectors; the gallery of each of its searches comes from the database. */
export function isIndexed({ info }: EngineAdapter): boolean {
  return (info.indexLength ?? 0) > 0;
}

/** Index vector of features or a template; undefined when the engine has none. */
export async function indexVectorOf(engine: EngineAdapter, bytes: Uint8Array): Promise<readonly number[] | undefined> {
  return isIndexed(engine) ? await engine.indexVector?.(bytes) : undefined;
}
