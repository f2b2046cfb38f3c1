import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Plugin, transformWithOxc } from 'vite';

const SCRIPT = fileURLToPath(new URL('../src/offline/service-worker.ts', import.meta.url));

/** Writes the service worker, with the list of all that was built. */
export const offline: Plugin = {
  name: 'offline',
  apply: 'build',
  // The document is written among the last.
  enforce: 'post',
  generateBundle: {
    order: 'post',
    async handler(_, bundle) {
      const files: Record<string, string> = {};
      for (const name of Object.keys(bundle).sort()) {
        const file = bundle[name]!;
        const content = file.type === 'chunk' ? file.code : file.source;
        files[name] = `sha256-${createHash('sha256').update(content).digest('base64')}`;
      }
      const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
      const { code } = await transformWithOxc(await readFile(SCRIPT, 'utf8'), SCRIPT);
      this.emitFile({
        type: 'asset',
        fileName: 'service-worker.js',
        source: `const VERSION = ${JSON.stringify(version)};\nconst FILES = ${JSON.stringify(files)};\n${code}`,
      });
    },
  },
};
