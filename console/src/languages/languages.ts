/** Languages of the console: their own names, and how their catalogue is loaded. */

import type { Catalogue } from './catalogue.ts';

interface Language {
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly load: () => Promise<Catalogue>;
}

export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', load: async () => (await import('./en.ts')).en },
  de: { name: 'Deutsch', direction: 'ltr', load: async () => (await import('./de.ts')).de },
  fr: { name: 'Français', direction: 'ltr', load: async () => (await import('./fr.ts')).fr },
  ar: { name: 'العربية', direction: 'rtl', load: async () => (await import('./ar.ts')).ar },
} as const satisfies Record<string, Language>;

export type LanguageName = keyof typeof LANGUAGES;

/** The first of the wanted languages that there is, else English. */
export function languageFor(wanted: readonly string[]): LanguageName {
  const known = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((name) => name in LANGUAGES);
  return (known ?? 'en') as LanguageName;
}
