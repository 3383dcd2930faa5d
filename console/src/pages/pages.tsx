/** Renders the page with a name. */

import { EnrollPage } from './enroll-page.tsx';
import { EventsPage } from './events-page.tsx';
import { HealthPage } from './health-page.tsx';
import { IdentifyPage } from './identify-page.tsx';
import type { PageProps } from './page-props.ts';
import type { PageName } from './routes.ts';
import { TemplatesPage } from './templates-page.tsx';
import { TouchPage } from './touch-page.tsx';
import { UnitsPage } from './units-page.tsx';

const PAGE_VIEWS = {
  units: UnitsPage,
  touch: TouchPage,
  enroll: EnrollPage,
  identify: IdentifyPage,
  templates: TemplatesPage,
  events: EventsPage,
  health: HealthPage,
} as const satisfies Record<PageName, (props: PageProps) => unknown>;

export function Pages({ name, ...props }: PageProps & { readonly name: PageName }) {
  const View = PAGE_VIEWS[name];
  return <View {...props} />;
}
