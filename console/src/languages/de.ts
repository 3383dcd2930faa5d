/** German. The page that is opened first needs `common`; the rest is loaded after it. */

import type { Catalogue } from './catalogue.ts';
import { common } from './de/common.ts';
import { people } from './de/people.ts';
import { upkeep } from './de/upkeep.ts';

export const de: Catalogue = { ...common, ...people, ...upkeep };
