/**
 * English: the language that declares the keys. Values in braces are placeholders; a text that counts has the forms of
 * `Intl.PluralRules` and a `count`.
 */

import { common } from './en/common.ts';
import { people } from './en/people.ts';
import { upkeep } from './en/upkeep.ts';

export const en = { ...common, ...people, ...upkeep } as const;
