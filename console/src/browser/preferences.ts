/** What this browser remembers of its user: looks and habits, never data of people. */

import { type Signal, signal } from '@preact/signals';

/** A value kept in this browser; the default where nothing, or nothing readable, is kept. */
function kept<T>(name: string, usual: T, isValid: (value: unknown) => boolean): Signal<T> {
  const key = `whorl-${name}`;
  const read = (): T => {
    try {
      const text = localStorage.getItem(key);
      const value: unknown = text === null ? usual : JSON.parse(text);
      return isValid(value) ? (value as T) : usual;
    } catch {
      // Storage is off, or holds something else.
      return usual;
    }
  };
  const value = signal(read());
  value.subscribe((now) => {
    try {
      localStorage.setItem(key, JSON.stringify(now));
    } catch {
      // Then it is remembered as long as the page is open.
    }
  });
  return value;
}

const isText = (value: unknown) => typeof value === 'string';
const isFlag = (value: unknown) => typeof value === 'boolean';

export type Theme = 'auto' | 'light' | 'dark';

export const preferences = {
  /** Empty: the language that the browser asks for. */
  language: kept('language', '', isText),
  theme: kept<Theme>('theme', 'auto', (value) => ['auto', 'light', 'dark'].includes(String(value))),
  rows: kept('rows', 25, (value) => [10, 25, 50, 100].includes(Number(value))),
  /** The reader that enrolled last, by name. */
  reader: kept('reader', '', isText),
  finger: kept('finger', 'right-index', isText),
  /** Single keys, such as G L, do something. */
  keys: kept('keys', true, isFlag),
  sounds: kept('sounds', true, isFlag),
  speech: kept('speech', false, isFlag),
};
