/** What all pages are given. */

import type { EnrollmentRun } from '../enrollment/enrollment-run.ts';
import type { MatchRun } from '../matching/match-run.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import type { TouchPad } from '../touch/touch-pad.ts';

export interface PageProps {
  readonly service: ConnectedService;
  /** The finger over a virtual reader; the same on all pages. */
  readonly pad: TouchPad;
  /** Runs outlive a connection, to tell what became of them. */
  readonly enrollment: EnrollmentRun;
  readonly match: MatchRun;
}
