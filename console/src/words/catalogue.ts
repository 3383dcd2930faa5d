/**
 * All texts of the console by key. English declares the keys, their placeholders and which of them count; the compiler
 * holds every other language to them, and every use of a key to its values.
 */

import { signal } from '@preact/signals';
import type { en } from './en.ts';
import type { LanguageName } from './languages.ts';

/** Forms of a text that counts, by the plural categories of its language. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

type English = typeof en;
export type Key = keyof English;

/** One language: a text for each key, in plural forms where English has them. */
export type Catalogue = { readonly [K in Key]: English[K] extends string ? string : Forms };

type PlaceholdersIn<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersIn<Rest> : never;
type PlaceholdersOf<K extends Key> = English[K] extends string
  ? PlaceholdersIn<English[K]>
  : English[K] extends { readonly other: infer Other }
    ? PlaceholdersIn<Other> | 'count'
    : never;

/** Values for the placeholders of a text; a `count` chooses the plural form. */
export type Values<K extends Key, V = string | number> = {
  readonly [N in PlaceholdersOf<K>]: N extends 'count' ? number : V;
};

/** Nothing more for a text without placeholders. */
export type Arguments<K extends Key, V = string | number> = [PlaceholdersOf<K>] extends [never] ? [] : [Values<K, V>];

interface Speaking {
  readonly language: LanguageName;
  readonly catalogue: Catalogue;
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
}

const speaking = signal<Speaking | undefined>(undefined);

/** Speaks this language from now on; what is on the screen is drawn anew. */
export function speak(language: LanguageName, catalogue: Catalogue): void {
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
  const entry: string | Forms = now.catalogue[key];
  const text = typeof entry === 'string' ? entry : (entry[now.plural.select(Number(values?.count))] ?? entry.other);
  return text.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return { text: part };
    const value = values?.[part];
    return { name: part, text: typeof value === 'number' ? now.number.format(value) : String(value ?? '') };
  });
}
