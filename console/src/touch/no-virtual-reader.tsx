/** Says why there is no virtual reader to touch. */

import { Empty } from '../parts/notice.tsx';
import type { ConnectedService } from '../service/connected-service.ts';

export function NoVirtualReader({ service }: { readonly service: ConnectedService }) {
  if (!service.account.administrator) {
    return <Empty title="Only administrators can use virtual readers">Touch a real reader instead.</Empty>;
  }
  return (
    <Empty title="No virtual reader is plugged in">
      <p>
        Plug one in on the page <a href="#units">Units</a>, or touch a real reader.
      </p>
    </Empty>
  );
}
