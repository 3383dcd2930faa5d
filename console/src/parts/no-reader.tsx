/** What a page shows while no reader is attached. */

import { Empty } from './notice.tsx';

export function NoReader({ title }: { readonly title: string }) {
  return (
    <Empty title={title}>
      <p>
        Plug one in: it appears on the page <a href="#units">Units</a> at once.
      </p>
    </Empty>
  );
}
