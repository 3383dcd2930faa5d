/** Clauses of an adapter's contract become tests. */

import type { AdapterTest } from './adapter-test.ts';

/** What every clause has, whatever the adapter. */
export interface AdapterClause<Capability extends string> {
  /** Clause of a conformance list, or the suite's name and a number where none applies. */
  readonly id: string;
  /** What the adapter must do. */
  readonly what: string;
  /** Capability without which the clause does not apply. */
  readonly needs?: Capability;
}

/**
 * A test for each clause: first those of the conformance list, by number, then the suite's own in the given order.
 *
 * @param adapter Names the adapter in the reason of a skipped test, or has a reason for each capability.
 */
export function adapterTests<Capability extends string, Clause extends AdapterClause<Capability>>(
  adapter: string | Readonly<Record<Capability, string>>,
  clauses: readonly Clause[],
  lacks: readonly Capability[],
  run: (clause: Clause) => Promise<void>,
): readonly AdapterTest[] {
  return clauses.toSorted(byNumber).map((clause) => ({
    id: clause.id,
    title: `${clause.id}: ${clause.what}`,
    ...(clause.needs !== undefined &&
      lacks.includes(clause.needs) && {
        skipped: typeof adapter === 'string' ? `the ${adapter} has no ${clause.needs}` : adapter[clause.needs],
      }),
    run: () => run(clause),
  }));
}

function byNumber(one: { readonly id: string }, other: { readonly id: string }): number {
  return numberOf(one.id) - numberOf(other.id);
}

/** Number of a listed clause (`A-045`, `C-061`). The suite's own come after all of them. */
function numberOf(id: string): number {
  return /^[AC]-/.test(id) ? Number(id.slice(2)) : Number.MAX_SAFE_INTEGER;
}
