/** A report without reports in it: each of their figures with the name of both. */

/** `{ page: { p50Ms: 1 } }` as `{ 'page p50Ms': 1 }`. */
export function flattened(report: object): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(report).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value as object).map(([inner, figure]) => [`${name} ${inner}`, figure])
        : [[name, value]],
    ),
  );
}
