/** Holders for out-parameters: what a C program passes as `&variable`. */

/** A place for a result; `value` is undefined until a call fills it. */
export interface Out<T> {
  value: T | undefined;
}

/** An empty holder. */
export function out<T>(): Out<T> {
  return { value: undefined };
}

/** True when a value can take a result. */
export function isHolder(value: unknown): value is Out<unknown> {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** What a caller may pass for a holder: a missing one is E_POINTER where a page demands it. */
export type OutParameter<T> = Out<T> | null | undefined;

/** Fills a holder if there is one. */
export function fill<T>(holder: OutParameter<T>, value: T): void {
  if (isHolder(holder)) holder.value = value;
}
