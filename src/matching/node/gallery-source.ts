/** Where a node has its references from. */

import type { TemplateDatabase } from '../../adapters/storage-adapter.ts';

/** A shared database, as far as a node needs it. */
export type GallerySource = Required<Pick<TemplateDatabase, 'position' | 'changes' | 'watch' | 'load'>>;
