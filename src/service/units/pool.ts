/** A sensor pool: the units under one management policy, and the candidates for their samples. */

import { WINBIO_POOL_PRIVATE, WINBIO_POOL_SYSTEM } from '../../core/constants.ts';
import type { UnitId } from '../../core/identifiers.ts';
import { WINBIO_E_SENSOR_UNAVAILABLE } from '../../core/result-constants.ts';
import type { Focus } from '../access/focus.ts';
import type { ClientProcess } from '../access/principal.ts';
import type { Candidate } from './candidate.ts';
import { Onlookers } from './onlookers.ts';
import type { Unit, UnitPool } from './unit.ts';

export class Pool implements UnitPool {
  readonly type: number;
  readonly #focus: Focus | undefined;
  readonly #units = new Map<UnitId, Unit>();
  readonly #candidates = new Set<Candidate>();
  readonly onlookers = new Onlookers();

  private constructor(type: number, focus: Focus | undefined) {
    this.type = type;
    this.#focus = focus;
  }

  /** The pool that all sessions of a provider share; samples go to the process with focus. */
  static system(focus: Focus): Pool {
    return new Pool(WINBIO_POOL_SYSTEM, focus);
  }

  /** The pool of one session; focus is irrelevant. */
  static private(): Pool {
    return new Pool(WINBIO_POOL_PRIVATE, undefined);
  }

  get isPrivate(): boolean {
    return this.#focus === undefined;
  }

  focusAmong(waiting: readonly ClientProcess[]): ClientProcess | undefined {
    return this.#focus?.holderAmong(waiting);
  }

  get units(): readonly Unit[] {
    return [...this.#units.values()];
  }

  unit(unitId: UnitId): Unit | undefined {
    return this.#units.get(unitId);
  }

  /** True when the process may receive samples. */
  hasFocus(process: ClientProcess): boolean {
    return this.isPrivate || this.focusAmong([process]) === process;
  }

  /** Calls back when focus may have changed; never in a private pool. */
  onFocusChange(listener: () => void): Disposable {
    return this.#focus?.onChange(listener) ?? { [Symbol.dispose]() {} };
  }

  join(unit: Unit): void {
    this.#units.set(unit.unitId, unit);
    unit.pool = this;
    unit.pump.refresh();
  }

  /** Takes a unit out; candidates for any unit keep waiting for the others. */
  leave(unit: Unit): void {
    this.#units.delete(unit.unitId);
    unit.pool = undefined;
    unit.refresh();
  }

  /** The unit's device is gone: what is bound to it ends, and so does what no other unit can serve (D-47). */
  lose(unit: Unit): void {
    this.leave(unit);
    for (const candidate of [...this.#candidates]) {
      const bound = candidate.unitId === unit.unitId;
      const stranded = candidate.unitId === undefined && candidate.role !== 'monitor' && !this.#serves(candidate);
      if (bound || stranded) candidate.fail(WINBIO_E_SENSOR_UNAVAILABLE, bound ? unit.unitId : 0);
    }
  }

  servedElsewhere(candidate: Candidate, unit: Unit): boolean {
    return this.units.some((other) => other !== unit && !other.resting && mayUse(candidate, other));
  }

  enlist(candidate: Candidate): void {
    this.#candidates.add(candidate);
    this.refresh();
  }

  withdraw(candidate: Candidate): void {
    if (this.#candidates.delete(candidate)) this.refresh();
  }

  candidatesFor(unit: Unit): readonly Candidate[] {
    return [...this.#candidates].filter((candidate) => mayUse(candidate, unit));
  }

  /** Candidates of a session. */
  candidatesOf(session: object): readonly Candidate[] {
    return [...this.#candidates].filter((candidate) => candidate.session === session);
  }

  /** Lets every unit start or stop capturing, as its candidates require. */
  refresh(): void {
    for (const unit of this.#units.values()) unit.refresh();
  }

  #serves(candidate: Candidate): boolean {
    return this.units.some((unit) => mayUse(candidate, unit));
  }
}

function mayUse({ unitId, session }: Candidate, unit: Unit): boolean {
  return (unitId === undefined || unitId === unit.unitId) && session.reaches(unit);
}
