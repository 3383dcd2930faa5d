/** Arabic. The page that is opened first needs `common`; the rest is loaded after it. */

import { common } from './ar/common.ts';
import { people } from './ar/people.ts';
import { upkeep } from './ar/upkeep.ts';
import type { Catalogue } from './catalogue.ts';

export const ar: Catalogue = { ...common, ...people, ...upkeep };
