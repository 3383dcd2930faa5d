/** Holders for out-parameters: what a C program passes as `&variable`. */

/** A holder for one out-parameter. */
export interface Out<T> {
  /** Undefined until a call fills it. */
  value: T | undefined;
}

/** A holder that has a value from the beginning, as an initialised variable has. */
export interface FilledOut<T> {
  /** The value it was made with, until a call writes another. */
  value: T;
}

/**
 * A holder for an out-parameter: empty, or with the value it begins with.
 *
 * @example
 * ```ts
 * const unit = out(0);
 * await winbio.WinBioLocateSensor(session.value, unit);
 * console.log(unit.value);
 * ```
 */
export function out<T>(): Out<T>;
export function out<T>(initial: T): FilledOut<T>;
export function out<T>(initial?: T): Out<T> {
  return { value: initial };
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
