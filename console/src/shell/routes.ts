/** The pages: what each is called, where it stands in the navigation, who may see it, and how it is loaded. */

import type { ComponentType } from 'preact';
import type { PageProps } from '../frame/page-props.ts';
import type { Key } from '../languages/catalogue.ts';
import type { IconName } from '../parts/icon.tsx';

export interface Route {
  readonly title: Key;
  /** The entry of the navigation that it belongs to. */
  readonly under: SectionName;
  /** Only administrators may see it. */
  readonly administrator?: boolean;
  /** Only those who look after people may see it. */
  readonly operator?: boolean;
  /** The page fills the screen: no navigation, no header. */
  readonly whole?: boolean;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

export const SECTIONS = {
  live: { title: 'nav.live', icon: 'live', key: 'l' },
  people: { title: 'nav.people', icon: 'people', key: 'p' },
  journal: { title: 'nav.journal', icon: 'journal', key: 'j' },
  readers: { title: 'nav.readers', icon: 'reader', key: 'r' },
  settings: { title: 'nav.settings', icon: 'settings', key: 's' },
  developers: { title: 'nav.developers', icon: 'developers', key: 'd' },
} as const satisfies Record<string, { readonly title: Key; readonly icon: IconName; readonly key: string }>;

export type SectionName = keyof typeof SECTIONS | 'enroll';

export const ROUTES = {
  live: {
    title: 'nav.live',
    under: 'live',
    load: async () => (await import('../pages/live/live-page.tsx')).LivePage,
  },
  enroll: {
    title: 'enroll.title',
    under: 'enroll',
    load: async () => (await import('../pages/enroll/enroll-page.tsx')).EnrollPage,
  },
  kiosk: {
    title: 'enroll.title',
    under: 'enroll',
    whole: true,
    load: async () => (await import('../pages/kiosk/kiosk-page.tsx')).KioskPage,
  },
  people: {
    title: 'nav.people',
    under: 'people',
    operator: true,
    load: async () => (await import('../pages/people/people-page.tsx')).PeoplePage,
  },
  person: {
    title: 'person',
    under: 'people',
    operator: true,
    load: async () => (await import('../pages/person/person-page.tsx')).PersonPage,
  },
  journal: {
    title: 'nav.journal',
    under: 'journal',
    operator: true,
    load: async () => (await import('../pages/journal/journal-page.tsx')).JournalPage,
  },
  attendance: {
    title: 'attendance.title',
    under: 'journal',
    operator: true,
    load: async () => (await import('../pages/attendance/attendance-page.tsx')).AttendancePage,
  },
  readers: {
    title: 'nav.readers',
    under: 'readers',
    administrator: true,
    load: async () => (await import('../pages/readers/readers-page.tsx')).ReadersPage,
  },
  identify: {
    title: 'identify.title',
    under: 'live',
    load: async () => (await import('../pages/identify/identify-page.tsx')).IdentifyPage,
  },
  door: {
    title: 'door.title',
    under: 'live',
    whole: true,
    load: async () => (await import('../pages/door/door-page.tsx')).DoorPage,
  },
  settings: {
    title: 'nav.settings',
    under: 'settings',
    administrator: true,
    load: async () => (await import('../pages/settings/settings-page.tsx')).SettingsPage,
  },
  access: {
    title: 'access.title',
    under: 'settings',
    administrator: true,
    load: async () => (await import('../pages/access/access-page.tsx')).AccessPage,
  },
  backup: {
    title: 'backup.title',
    under: 'settings',
    administrator: true,
    load: async () => (await import('../pages/backup/backup-page.tsx')).BackupPage,
  },
  audit: {
    title: 'audit.title',
    under: 'settings',
    administrator: true,
    load: async () => (await import('../pages/audit/audit-page.tsx')).AuditPage,
  },
  health: {
    title: 'health.title',
    under: 'settings',
    administrator: true,
    load: async () => (await import('../pages/health/health-page.tsx')).HealthPage,
  },
  developers: {
    title: 'nav.developers',
    under: 'developers',
    load: async () => (await import('../pages/developers/developers-page.tsx')).DevelopersPage,
  },
  compare: {
    title: 'compare.title',
    under: 'developers',
    load: async () => (await import('../pages/compare/compare-page.tsx')).ComparePage,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

/** The page that is shown when the address names none. */
export const FIRST_PAGE: RouteName = 'live';

/** The route of a page; undefined for an address that leads nowhere. */
export function routeOf(page: string): Route | undefined {
  return page === '' ? ROUTES[FIRST_PAGE] : Object.hasOwn(ROUTES, page) ? ROUTES[page as RouteName] : undefined;
}
