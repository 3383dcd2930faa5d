/** An empty page or list: what belongs here, and how to begin. */

import type { ComponentChildren } from 'preact';

export interface EmptyProps {
  readonly title: ComponentChildren;
  readonly art?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

export function Empty({ title, art, children, actions }: EmptyProps) {
  return (
    <div class="empty">
      {art !== undefined && <div class="empty-art">{art}</div>}
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div class="actions">{actions}</div>}
    </div>
  );
}
