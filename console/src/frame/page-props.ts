/** What every page is given. */

import type { ConnectedService } from '../service/connected-service.ts';

export interface PageProps {
  readonly service: ConnectedService;
}
