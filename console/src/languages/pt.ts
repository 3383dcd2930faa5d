/** Portuguese. The page that is opened first needs `common`; the rest is loaded after it. */

import type { Catalogue } from './catalogue.ts';
import { common } from './pt/common.ts';
import { people } from './pt/people.ts';
import { upkeep } from './pt/upkeep.ts';

export const pt: Catalogue = { ...common, ...people, ...upkeep };
