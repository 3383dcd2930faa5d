/** Spanish. The page that is opened first needs `common`; the rest is loaded after it. */

import type { Catalogue } from './catalogue.ts';
import { common } from './es/common.ts';
import { people } from './es/people.ts';
import { upkeep } from './es/upkeep.ts';

export const es: Catalogue = { ...common, ...people, ...upkeep };
