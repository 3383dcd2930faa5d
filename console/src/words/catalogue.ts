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

/** The text of a key. */
export function t<K extends Key>(key: K, ...[values]: Arguments<K>): string {
  return textParts(key, values)
    .map((part) => part.text)
    .join('');
}

/** A part of a text: plain, or the value of a placeholder, named so that a view can put an element there. */
export interface TextPart {
  readonly text: string;
  readonly name?: string;
}

/** The text of a key, cut at its placeholders. */
export function textParts(key: Key, values: Readonly<Record<string, unknown>> | undefined): readonly TextPart[] {
  const now = speaking.value;
  if (now === undefined) return [];
  // Pages wait for the texts they need; a part of the frame that does not is drawn anew when they are here.
  const entry: string | Forms = now.catalogue[key] ?? '';
  const text = typeof entry === 'string' ? entry : (entry[now.plural.select(Number(values?.count))] ?? entry.other);
  return text.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return { text: part };
    const value = values?.[part];
    return { name: part, text: typeof value === 'number' ? now.number.format(value) : String(value ?? '') };
  });
}
