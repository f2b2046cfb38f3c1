import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { visibleLine } from '../language/visible.ts';

/** Files and folders that begin so; hidden ones where a dot is typed. */
export function fileNames(piece: string): string[] {
  const cut = piece.lastIndexOf('/') + 1;
  const folder = piece.slice(0, cut);
  const start = piece.slice(cut);
  try {
    const entries = readdirSync(folder.replace(/^~(?=\/)/, homedir()) || '.', { withFileTypes: true });
    // What is completed is printed: a name that would move the cursor is not offered.
    const offered = entries.filter(({ name }) => visibleLine(name) === name);
    const shown = offered.filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')));
    return shown.map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`).sort();
  } catch {
    return [];
  }
}
