/**
 * Lets programs that name our packages run on the sources: `node --import ./tools/packages/source-entries.ts <program>`.
 */

import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { entrySource } from './package-table.ts';

registerHooks({
  resolve(specifier, context, next) {
    const source = entrySource(specifier);
    return next(source === undefined ? specifier : pathToFileURL(source).href, context);
  },
});
