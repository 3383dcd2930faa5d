/** Holders for out-parameters: what a C program passes as `&variable`. */

/** A holder for one out-parameter. */
export interface Out<T> {
  /** Undefined until a call fills it. */
  value: T | undefined;
}

/**
 * An empty holder for an out-parameter.
 *
 * @example
 * ```ts
 * const unit = out<number>();
 * await winbio.WinBioLocateSensor(session, unit);
 * console.log(unit.value);
 * ```
 */
export function out<T>(): Out<T> {
  return { value: undefined };
}

/** True for a holder. */
export function isHolder(value: unknown): value is Out<unknown> {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** An out-parameter: a holder, or nothing, which is E_POINTER where the function requires one. */
export type OutParameter<T> = Out<T> | null | undefined;

/** Fills a holder if there is one. */
export function fill<T>(holder: OutParameter<T>, value: T): void {
  if (isHolder(holder)) holder.value = value;
}
