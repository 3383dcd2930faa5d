/** A text with elements in it, such as a name that keeps its own direction. */

import type { ComponentChildren } from 'preact';
import type { Arguments, Key } from '../languages/catalogue.ts';
import { textParts } from './catalogue.ts';

export type SayProps<K extends Key> = { readonly k: K } & ([Arguments<K>] extends [[]]
  ? { readonly v?: undefined }
  : { readonly v: Exclude<Arguments<K, ComponentChildren>[0], undefined> });

export function Say<K extends Key>({ k, v }: SayProps<K>) {
  const values = v as Readonly<Record<string, ComponentChildren>> | undefined;
  return (
    <>
      {textParts(k, values).map(({ text, name }) => {
        const value = name === undefined ? undefined : values?.[name];
        return value === undefined || typeof value === 'number' ? text : value;
      })}
    </>
  );
}

/** A name of a person or a place: it keeps its own direction in any text. */
export function Name({ children }: { readonly children: ComponentChildren }) {
  return <bdi>{children}</bdi>;
}
