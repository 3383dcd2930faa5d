/**
 * The keys of all texts. English declares them, their placeholders and which of them count; the compiler holds every other
 * language to them, and every use of a key to its values.
 */

import type { common } from './en/common.ts';
import type { en } from './en.ts';

/** Forms of a text that counts, by the plural categories of its language. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

type English = typeof en;
export type Key = keyof English;

/** The same texts in another language: in plural forms where English has them. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Forms };

/** One language: a text for each key. */
export type Catalogue = Translated<English>;

/** The texts of every page, and of the one that is opened first. */
export type FirstTexts = Translated<typeof common>;

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
