/** The pages of settings, with the way from one to the other. */

import type { ComponentChildren } from 'preact';
import { linkTo } from '../browser/address.ts';
import type { Key } from '../languages/catalogue.ts';
import { t } from '../words/catalogue.ts';
import { PageFrame } from './page.tsx';

const PAGES = {
  settings: 'settings.general',
  access: 'access.title',
  backup: 'backup.title',
  audit: 'audit.title',
  health: 'health.title',
} as const satisfies Record<string, Key>;

export interface SettingsFrameProps {
  readonly page: keyof typeof PAGES;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function SettingsFrame({ page, actions, children }: SettingsFrameProps) {
  return (
    <PageFrame title={t('nav.settings')} windowTitle={t(PAGES[page])} actions={actions}>
      <nav class="subnav" aria-label={t('nav.settings')}>
        {(Object.keys(PAGES) as (keyof typeof PAGES)[]).map((each) => (
          <a key={each} href={linkTo(each)} aria-current={each === page ? 'page' : undefined}>
            {t(PAGES[each])}
          </a>
        ))}
      </nav>
      {children}
    </PageFrame>
  );
}
