import { defineConfig } from 'vite';

/** The custom element for others' pages: one script, with all that it needs. */
export default defineConfig({
  root: import.meta.dirname,
  // Where there are no modules nothing is loaded from beside them.
  define: { 'import.meta.url': '""' },
  build: {
    outDir: '../dist/page',
    // Beside the page.
    emptyOutDir: false,
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    lib: {
      entry: 'src/element/gradus-derivation.ts',
      formats: ['iife'],
      name: 'gradusDerivation',
      fileName: () => 'gradus-derivation.js',
    },
  },
});
