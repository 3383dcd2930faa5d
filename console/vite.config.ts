/** Builds the console into the package `@whorl/daemon`: files that any folder of a server can serve, under a strict policy of content. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Modules of the first page. */
const FIRST =
  /node_modules\/(?:preact|@preact)|console\/src\/(?:main|browser|connection|frame|journal|service\/(?!use-work)|shell\/(?!finder|keyboard)|words|pages\/live\/(?!first)|parts\/(?:alert|avatar|chip|data-table|dialog|empty|icon|later|sounds|toasts)|people\/(?:identity-key|place-words))/;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: {
    outDir: fileURLToPath(new URL('../packages/daemon/dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // Nothing inline: the service allows scripts, styles and pictures from files alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        // What the first page needs is one file: many small ones are larger together.
        strictExecutionOrder: true,
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'first', test: FIRST }] },
      },
    },
  },
  logLevel: 'warn',
});
