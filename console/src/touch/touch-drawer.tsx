/** The touch panel within another page; it can be folded away when there is a real reader. */

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
