/** Arabic. */

import { common } from './ar/common.ts';
import { people } from './ar/people.ts';
import { upkeep } from './ar/upkeep.ts';
import type { Catalogue } from './catalogue.ts';

export const ar: Catalogue = { ...common, ...people, ...upkeep };
