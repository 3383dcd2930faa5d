/** Builds the console into the package `@whorl/daemon`: files that any folder of a server can serve, under a strict policy of content. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

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
  },
  logLevel: 'warn',
});
