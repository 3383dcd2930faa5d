/** French. The page that is opened first needs `common`; the rest is loaded after it. */

import type { Catalogue } from './catalogue.ts';
import { common } from './fr/common.ts';
import { people } from './fr/people.ts';
import { upkeep } from './fr/upkeep.ts';

export const fr: Catalogue = { ...common, ...people, ...upkeep };
