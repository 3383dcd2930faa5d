/** One line of a chart. */

import type { HealthPoint } from '../service/health-history.ts';

export interface Series {
  readonly name: string;
  readonly colour: '--accent' | '--warn';
  readonly of: (point: HealthPoint) => number | undefined;
}
