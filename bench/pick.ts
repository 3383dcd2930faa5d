/** Elements of lists that must not be empty. */

/** The element at an index, counted round and round. Throws a `TypeError` for an empty list. */
export function pick<T>(list: readonly T[], index = 0): T {
  const element = list[index % list.length];
  if (element === undefined) throw new TypeError('there is nothing to pick from');
  return element;
}
