/** What every page is given. */

import type { ConnectedService } from '../service/connected-service.ts';
import type { TouchPad } from '../touch/touch-pad.ts';

export interface PageProps {
  readonly service: ConnectedService;
  /** The finger over a virtual reader; the same on all pages. */
  readonly pad: TouchPad;
}
