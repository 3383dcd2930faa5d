/** The touch panel as a part of another page, folded away by those who have a real reader. */

import type { ConnectedService } from '../service/connected-service.ts';
import type { TouchPad } from './touch-pad.ts';
import { TouchPanel } from './touch-panel.tsx';

export function TouchDrawer({ service, pad }: { readonly service: ConnectedService; readonly pad: TouchPad }) {
  if (service.readers.value.length === 0) return null;
  return (
    <details class="card drawer" open>
      <summary>Touch the virtual reader</summary>
      <TouchPanel service={service} pad={pad} />
    </details>
  );
}
