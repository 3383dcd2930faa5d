/** Every language has every text, with the placeholders of the English one; and every text is used. */

import { expect, test } from 'vitest';
import { ar } from './ar.ts';
import type { Catalogue, Forms, Key } from './catalogue.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';

const CATALOGUES = { en, de, es, fr, pt, ar } as const satisfies Record<string, Catalogue>;
const KEYS = Object.keys(en) as Key[];

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const formsOf = (entry: string | Forms): readonly string[] =>
  typeof entry === 'string' ? [entry] : Object.values(entry);

test.each(Object.entries(CATALOGUES))(
  '%s has the placeholders of English, and the plural forms of its language',
  (language, catalogue) => {
    const wrong: string[] = [];
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of KEYS) {
      const entry: string | Forms = catalogue[key];
      const wanted = placeholders(formsOf(en[key]).at(-1) ?? '');
      for (const form of formsOf(entry)) {
        // A form for exactly one or two things may say so in words.
        const missing = wanted.filter((name) => name !== 'count' && !placeholders(form).includes(name));
        const unknown = placeholders(form).filter((name) => !wanted.includes(name));
        if (missing.length > 0 || unknown.length > 0) wrong.push(`${key}: ${form}`);
      }
      if (
        typeof entry !== 'string' &&
        Object.keys(entry).some((category) => !(categories as string[]).includes(category))
      ) {
        wrong.push(`${key}: ${Object.keys(entry).join()}`);
      }
    }
    expect(wrong).toEqual([]);
  },
);

test('no language is English still', () => {
  for (const [language, catalogue] of Object.entries(CATALOGUES)) {
    if (language === 'en') continue;
    const same = KEYS.filter((key) => JSON.stringify(catalogue[key]) === JSON.stringify(en[key]));
    expect(same.length / KEYS.length, `${language}: ${same.slice(0, 20).join()}`).toBeLessThan(0.1);
  }
});

const SOURCES = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../languages/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('every text is used', () => {
  const source = Object.values(SOURCES).join('\n');
  const literal = new Set([...source.matchAll(/['"`]([a-zA-Z][\w.-]*)['"`]/g)].map(([, text]) => text));
  const templates = [...source.matchAll(/`([a-zA-Z]+(?:\.[a-zA-Z]+)*\.)\$\{[^`]*?\}(\.[a-z]+)?`/g)].map(
    ([, before = '', after = '']) =>
      new RegExp(`^${before.replaceAll('.', '\\.')}[\\w-]+${after.replaceAll('.', '\\.')}$`),
  );
  const unused = KEYS.filter((key) => !literal.has(key) && !templates.some((template) => template.test(key)));
  expect(unused).toEqual([]);
});

test('no text stands in the markup', () => {
  const found = Object.entries(SOURCES).flatMap(([name, source]) => {
    if (!name.endsWith('.tsx')) return [];
    const markup = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const texts = [...markup.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)*[.!?]?)\s*</g)].map(([, text = '']) => text);
    return texts.filter((text) => !['Whorl', 'Enter', 'Promise'].includes(text)).map((text) => `${name}: ${text}`);
  });
  expect(found).toEqual([]);
});
