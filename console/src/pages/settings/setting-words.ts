/** Names of settings and of their groups: by key where the catalogue knows it, else from the key itself. */

import type { Setting } from '../../../../src/exports/whorl/client/browser.ts';
import type { Key } from '../../languages/catalogue.ts';
import { t } from '../../words/catalogue.ts';
import { capitalized } from '../../words/finger-words.ts';

const GROUPS = {
  policy: 'settings.group.policy',
  access: 'settings.group.access',
  http: 'settings.group.http',
  limits: 'settings.group.limits',
  log: 'settings.group.log',
  journal: 'settings.group.journal',
  backups: 'settings.group.backups',
  backup: 'settings.group.backups',
  doors: 'settings.group.doors',
  readers: 'settings.group.readers',
  engine: 'settings.group.engine',
} as const satisfies Record<string, Key>;

export function settingGroup(key: string): string {
  const [first = ''] = key.split('.');
  return first in GROUPS && (key.includes('.') || first === 'readers' || first === 'doors')
    ? t(GROUPS[first as keyof typeof GROUPS])
    : t('settings.group.service');
}

/** "attempts per reader", from `policy.attempts.perReader`. */
export function settingTitle({ key }: Setting): string {
  const parts = key.split('.');
  const named = parts.length > 1 ? parts.slice(1) : parts;
  const words = named.map((part) => part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
  return capitalized(words.join(', '));
}
