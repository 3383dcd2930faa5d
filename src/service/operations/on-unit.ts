/** Work on a unit: a fault that names no unit is reported as one of this unit. */

import type { UnitId } from '../../core/identifiers.ts';
import { faultOutcome, type Outcome } from '../outcome.ts';

/** Never rejects. */
export async function onUnit(unitId: UnitId, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (thrown) {
    return faultOutcome(thrown, unitId);
  }
}
