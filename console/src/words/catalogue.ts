/** The texts of the spoken language, by key. */

import { signal } from '@preact/signals';
import type { Arguments, Catalogue, FirstTexts, Forms, Key } from '../languages/catalogue.ts';
import type { LanguageName } from '../languages/languages.ts';

interface Speaking {
  readonly language: LanguageName;
  readonly catalogue: FirstTexts & Partial<Catalogue>;
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
}

const speaking = signal<Speaking | undefined>(undefined);

/** Speaks this language from now on, with the texts that are there; what is on the screen is drawn anew. */
export function speak(language: LanguageName, catalogue: FirstTexts & Partial<Catalogue>): void {
  speaking.value = {
    language,
    catalogue,
    plural: new Intl.PluralRules(language),
    number: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }),
  };
}

/** The language that is spoken. */
export function spoken(): LanguageName {
  return speaking.value?.language ?? 'en';
}

/** The text of a key, with these values in the places of its placeholders. */
export function t<K extends Key>(key: K, ...[given]: Arguments<K>): string {
  const now = speaking.value;
  if (now === undefined) return '';
  const values: Readonly<Record<string, string | number>> | undefined = given;
  // Pages wait for the texts they need; a part of the frame that does not is drawn anew when they are here.
  const entry: string | Forms = now.catalogue[key] ?? '';
  const text = typeof entry === 'string' ? entry : (entry[now.plural.select(Number(values?.count))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values?.[name] ?? '';
    return typeof value === 'number' ? now.number.format(value) : value;
  });
}
