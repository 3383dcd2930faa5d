/** Languages of the console: their own names, and how their catalogue is loaded. */

import type { Catalogue, FirstTexts } from './catalogue.ts';

interface Language {
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** What the page that is opened first says. */
  readonly first: () => Promise<FirstTexts>;
  /** All texts. */
  readonly load: () => Promise<Catalogue>;
}

export const LANGUAGES = {
  en: {
    name: 'English',
    direction: 'ltr',
    first: async () => (await import('./en/common.ts')).common,
    load: async () => (await import('./en.ts')).en,
  },
  de: {
    name: 'Deutsch',
    direction: 'ltr',
    first: async () => (await import('./de/common.ts')).common,
    load: async () => (await import('./de.ts')).de,
  },
  es: {
    name: 'Español',
    direction: 'ltr',
    first: async () => (await import('./es/common.ts')).common,
    load: async () => (await import('./es.ts')).es,
  },
  fr: {
    name: 'Français',
    direction: 'ltr',
    first: async () => (await import('./fr/common.ts')).common,
    load: async () => (await import('./fr.ts')).fr,
  },
  pt: {
    name: 'Português',
    direction: 'ltr',
    first: async () => (await import('./pt/common.ts')).common,
    load: async () => (await import('./pt.ts')).pt,
  },
  ar: {
    name: 'العربية',
    direction: 'rtl',
    first: async () => (await import('./ar/common.ts')).common,
    load: async () => (await import('./ar.ts')).ar,
  },
} as const satisfies Record<string, Language>;

export type LanguageName = keyof typeof LANGUAGES;

/** The first of the wanted languages that there is, else English. */
export function languageFor(wanted: readonly string[]): LanguageName {
  const known = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((name) => name in LANGUAGES);
  return (known ?? 'en') as LanguageName;
}
